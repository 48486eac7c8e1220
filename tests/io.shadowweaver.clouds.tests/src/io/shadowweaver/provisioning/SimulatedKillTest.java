// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that provisions at the simulated cloud is killed by a signal, sometimes while the cloud loses calls and answers. Afterwards the
 * cloud's own list holds each machine that was meant exactly once and nothing else of ours, and none was asked for twice. 24 kills, at the
 * failpoints around what is called and at any time; with {@code -Dshadowweaver.full=true} 100, at each failpoint there is.
 */
class SimulatedKillTest {
	private static final List<String> CALLS = List.of("decided", "intended", "called", "create", "acknowledged", "moved", "setSize", "drain", "delete", "gone");

	@TempDir
	Path directory;

	private KilledEstate estate(String name, long seed, boolean reliable) throws Exception {
		return new KilledEstate(Files.createDirectory(directory.resolve(name)), seed, reliable);
	}

	private static KilledEstate.Outcome run(KilledEstate estate) throws Exception {
		KilledEstate.Outcome outcome = estate.run();
		assertTrue(outcome.isExactlyOnce(), outcome.toString());
		System.out.println(outcome.killedAt().size() + " kills at the simulated cloud, " + outcome.creations() + " machines asked for: none twice, none lost, none unknown");
		return outcome;
	}

	@Test
	void killedAtFailpointsEachMachineIsThereOnce() throws Exception {
		Collection<String> points = Boolean.getBoolean("shadowweaver.full") ? FailPoint.all() : CALLS.stream().flatMap(name -> List.of(FailPoint.before(name), FailPoint.after(name)).stream()).toList();
		KilledEstate.Outcome outcome = run(estate("failpoints", 1, true).at(points, 1));
		assertEquals(new TreeSet<>(points), new TreeSet<>(outcome.killedAt()));
		assertEquals(FailPoint.all(), new TreeSet<>(outcome.reached()), "each failpoint that there is was reached");
	}

	@Test
	void killedAtAnyTimeEachMachineIsThereOnce() throws Exception {
		int times = Boolean.getBoolean("shadowweaver.full") ? 30 : 2;
		for (boolean reliable : new boolean[] { true, false }) {
			int left = times;
			// an estate may come to its end before it was killed so often
			for (int seed = 2; left > 0; seed++) {
				left -= run(estate(reliable + "-" + seed, seed, reliable).atAnyTime(left)).killedAt().size();
			}
		}
	}
}
