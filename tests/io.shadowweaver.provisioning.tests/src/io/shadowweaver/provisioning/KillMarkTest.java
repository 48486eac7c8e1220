// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.plugin.Status;

class KillMarkTest {
	@TempDir
	Path directory;

	private Bed needy() {
		Bed bed = new Bed(directory);
		bed.demand = minute -> 4 * Bed.SAFE * 1.2;
		return bed;
	}

	@Test
	void aMarkOfAnotherProcessHoldsForCallsThatWereHandedOverAlready() throws IOException {
		Bed bed = needy();
		Deque<Runnable> waiting = new ArrayDeque<>();
		bed.executor = waiting::add;
		bed.step();
		run(waiting);
		bed.run(1);
		KillMark.in(directory).move(true, "ada", bed.now);
		run(waiting);
		assertEquals(0, bed.creations(), "no step lies between the mark and the call");
		assertTrue(bed.provisioner.killSwitch());
		bed.run(1);
		assertTrue(bed.view.killSwitch());
		assertEquals("KILLED", bed.view.statuses().get(Provisioner.JOURNAL).detail());
		KillMark.in(directory).move(false, "ada", bed.now);
		bed.run(1);
		run(waiting);
		assertFalse(bed.view.killSwitch());
		assertEquals(2, bed.creations());
		bed.close();
	}

	private static void run(Deque<Runnable> waiting) {
		while (!waiting.isEmpty()) {
			waiting.poll().run();
		}
	}

	@Test
	void itIsOnTheDiskBeforeTheNextStep() {
		Bed bed = needy();
		bed.open();
		bed.provisioner.killSwitch(true, "ada");
		bed.crash();
		bed.run(3);
		assertEquals(0, bed.creations());
		assertTrue(bed.view.killSwitch());
		bed.close();
	}

	@Test
	void aMarkThatCannotBeReadStops() throws IOException {
		Files.writeString(directory.resolve(KillMark.NAME), "of");
		Bed bed = needy();
		bed.run(3);
		assertEquals(0, bed.creations());
		assertEquals(Status.State.DEGRADED, bed.view.statuses().get(Provisioner.JOURNAL).state());
		bed.close();
	}

	@Test
	void aMarkThatCannotBeWrittenUndoesNoDecision() throws IOException {
		Bed bed = needy();
		bed.open();
		// a folder in the place of the mark: it cannot be replaced
		Files.createDirectories(directory.resolve(KillMark.NAME).resolve("x"));
		bed.provisioner.killSwitch(true, "ada");
		bed.run(2);
		assertTrue(bed.view.killSwitch());
		assertEquals(0, bed.creations());
		Files.delete(directory.resolve(KillMark.NAME).resolve("x"));
		Files.delete(directory.resolve(KillMark.NAME));
		bed.run(1);
		assertTrue(KillMark.in(directory).isOn(), "written as soon as that is possible");
		bed.close();
	}

	@Test
	void aDecisionNeedsAPerson() {
		assertThrows(IllegalArgumentException.class, () -> KillMark.in(directory).move(true, " ", Bed.START));
	}
}
