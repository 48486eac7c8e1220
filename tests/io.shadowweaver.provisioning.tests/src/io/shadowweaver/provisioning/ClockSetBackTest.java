// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.provision.GuardOutcome;
import io.shadowweaver.api.provision.QueueEntry;

/** The estate's clock is set back by an hour. */
class ClockSetBackTest {
	@TempDir
	Path directory;

	@Test
	void whatWasReadBeforeSaysNothingOfACallWhoseAnswerIsLost() {
		Bed bed = new Bed(directory);
		bed.demand = minute -> 4 * Bed.SAFE * 1.05;
		bed.spread = 1.01;
		bed.cloud.loseCalls = 1;
		bed.run(1);
		assertEquals(QueueEntry.State.UNKNOWN, bed.entry(0).state());
		bed.jump(Duration.ofHours(-1));
		bed.run(2);
		assertEquals(1, bed.creations(), "not called again on the word of a list of another time");
		bed.run(3);
		assertEquals(2, bed.creations(), "called again when the settling time has passed since");
		assertEquals(1, bed.cloud.machines.size());
		bed.close();
	}

	@Test
	void whatWasMadeInWhatIsTheFutureNowCountsForTheRate() {
		Bed bed = new Bed(directory);
		bed.demand = minute -> 4 * Bed.SAFE * 1.2;
		bed.run(10);
		long made = bed.creations();
		assertTrue(made > 0);
		bed.jump(Duration.ofHours(-2));
		bed.demand = minute -> 4 * Bed.SAFE * 2;
		bed.run(1);
		GuardOutcome rate = bed.view.plans().stream().filter(plan -> !plan.createdAt().isAfter(bed.now)).flatMap(plan -> plan.guards().stream()).filter(guard -> guard.guard().equals("rate")).findFirst().orElseThrow();
		assertTrue(rate.sentence().startsWith(made + " "), rate.sentence());
		bed.close();
	}

	@Test
	void aPersonResumesAGroupThatWasHaltedInWhatIsTheFutureNow() {
		Bed bed = new Bed(directory);
		bed.demand = minute -> 4 * Bed.SAFE * 1.2;
		bed.cloud.duds.addAll(List.of(1, 2, 3));
		for (int minute = 0; minute < 300 && !isHalted(bed); minute++) {
			bed.run(1);
		}
		assertTrue(isHalted(bed));
		long before = bed.creations();
		bed.jump(Duration.ofHours(-1));
		bed.provisioner.resume("web", "ann");
		bed.run(10);
		assertFalse(isHalted(bed), bed.view.statuses().toString());
		assertTrue(bed.creations() > before, "it goes on");
		bed.close();
	}

	private static boolean isHalted(Bed bed) {
		return bed.view != null && Optional.ofNullable(bed.view.statuses().get(Provisioner.GROUP + "web")).filter(status -> status.detail().equals("HALTED")).isPresent();
	}
}
