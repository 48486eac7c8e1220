// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.provision.Verdict;
import io.shadowweaver.api.store.Lease;
import io.shadowweaver.api.topology.ScalingGroup;

/** What an ended process left: decided under an older number, interrupted in a call, drained and not removed. */
class RestartTest {
	/** Stands for the end of the process. */
	private static final class Killed extends Error {
		private static final long serialVersionUID = 1L;
	}

	/** Held, under a number that the test raises. */
	private static final class Numbered implements Lease {
		long number = 1;

		@Override
		public OptionalLong hold() {
			return OptionalLong.of(number);
		}

		@Override
		public String holder() {
			return "the test";
		}

		@Override
		public void close() {
			// nothing is held
		}
	}

	@TempDir
	Path directory;
	private Bed bed;
	private final Numbered lease = new Numbered();
	private String death = "";

	@BeforeEach
	void open() {
		bed = new Bed(directory);
		bed.demand = minute -> 4 * Bed.SAFE * 1.05;
		bed.spread = 1.01;
		bed.failPoint = point -> {
			if (point.equals(death)) {
				throw new Killed();
			}
		};
	}

	@AfterEach
	void close() {
		bed.close();
	}

	/** Runs until the process dies at a point. */
	private void die(String point) {
		death = point;
		for (int minute = 0; minute < 300; minute++) {
			try {
				bed.run(1);
			} catch (Killed e) {
				bed.crash();
				death = "";
				return;
			}
		}
		throw new AssertionError("never came to " + point + ": " + bed.view.queue());
	}

	private List<QueueEntry> of(QueueEntry.State state) {
		return bed.view.queue().stream().filter(entry -> entry.state() == state).toList();
	}

	@Test
	void whatWasDecidedUnderAnOlderNumberIsDecidedAgainAndTheOldIntentIsNeverCalled() {
		bed.lease = Optional.of(lease);
		die("intended.after");
		lease.number = 5;
		bed.run(1);
		QueueEntry stale = of(QueueEntry.State.CANCELLED).getFirst();
		assertTrue(stale.sentence().contains("decided under the fencing number 1") && stale.sentence().contains("now it is 5"), stale.sentence());
		bed.run(30);
		assertFalse(bed.cloud.log.contains("create " + stale.token()), "the stale intent was called: " + bed.cloud.log);
		assertEquals(1, of(QueueEntry.State.READY).size(), "the need decided again: " + bed.view.queue());
		assertEquals(1, bed.cloud.machines.size());
	}

	@Test
	void underTheSameNumberTheIntentIsCalled() {
		bed.lease = Optional.of(lease);
		die("intended.after");
		bed.run(30);
		assertEquals(List.of(), of(QueueEntry.State.CANCELLED));
		assertEquals(1, of(QueueEntry.State.READY).size());
	}

	@Test
	void aLeaseThatIsGainedWhileWeRunDropsWhatWaits() {
		bed.lease = Optional.of(lease);
		bed.run(1);
		bed.provisioner.killSwitch(true, "ada");
		bed.demand = minute -> 4 * Bed.SAFE * 1.3;
		bed.run(1);
		bed.provisioner.killSwitch(false, "ada");
		bed.run(1);
		lease.number = 2;
		bed.run(40);
		assertEquals(bed.cloud.machines.size(), of(QueueEntry.State.READY).size(), "each machine is known, whatever number it was decided under");
	}

	@Test
	void aCallThatWasHandedOverBeforeTheLeaseWasSomebodyElsesIsNotMade() {
		Deque<Runnable> waiting = new ArrayDeque<>();
		bed.executor = waiting::add;
		bed.lease = Optional.of(lease);
		bed.run(1);
		for (int minute = 0; minute < 20 && of(QueueEntry.State.CALLED).isEmpty(); minute++) {
			run(waiting);
			bed.run(1);
		}
		String token = of(QueueEntry.State.CALLED).getFirst().token();
		lease.number = 2;
		run(waiting);
		assertEquals(0, bed.creations(), "no step lies between the other holder and the call");
		for (int minute = 0; minute < 20; minute++) {
			bed.run(1);
			run(waiting);
		}
		assertEquals(1, bed.creations(), "decided again under the new number");
		assertFalse(bed.cloud.log.contains("create " + token), bed.cloud.log.toString());
	}

	private static void run(Deque<Runnable> waiting) {
		while (!waiting.isEmpty()) {
			waiting.poll().run();
		}
	}

	@Test
	void anIntentThatTheProcessDiedOnThreeTimesIsStillCarriedOutOnce() {
		for (int times = 0; times < 5; times++) {
			die("create.before");
		}
		bed.run(30);
		assertEquals(1, of(QueueEntry.State.READY).size(), bed.view.queue().toString());
		assertEquals(List.of(), of(QueueEntry.State.FAILED), "a death of ours is no failure of the provider's");
		assertEquals(1, bed.cloud.machines.size());
		assertEquals(1, bed.creations());
	}

	@Test
	void whatWasMadeBeforeTheDeathIsFoundAndNotCalledAgain() {
		die("create.after");
		bed.run(30);
		assertEquals(1, bed.creations());
		assertEquals(1, of(QueueEntry.State.READY).size());
	}

	@Test
	void anIntentWhosePlanWasVoidBeforeAnybodyAnsweredIsCancelledAndNothingIsMade() {
		die("create.before");
		bed.demand = minute -> 4 * Bed.SAFE * .5;
		bed.now = bed.now.plus(Duration.ofDays(2));
		bed.run(30);
		assertEquals(List.of(), of(QueueEntry.State.FAILED));
		assertTrue(of(QueueEntry.State.CANCELLED).getFirst().sentence().contains("its plan is void"), bed.view.queue().toString());
		assertEquals(0, bed.creations());
	}

	@Test
	void aMachineThatWasDrainedIsRemovedThoughItsPlanIsVoidByThen() {
		drained();
		bed.now = bed.now.plus(Duration.ofDays(2));
		bed.run(40);
		assertTrue(bed.cloud.log.contains("delete " + bed.cloud.drained.getFirst()), "it stands idle: " + bed.view.queue());
		assertEquals(List.of(), bed.view.report().drifts());
	}

	@Test
	void aMachineThatWasDrainedUnderAnOlderNumberIsRemovedUnderTheNewOne() {
		bed.lease = Optional.of(lease);
		drained();
		lease.number = 9;
		bed.run(40);
		assertTrue(bed.cloud.log.contains("delete " + bed.cloud.drained.getFirst()), "it stands idle: " + bed.view.queue());
	}

	@Test
	void aDrainedMachineIsNoLongerAPersonsToKeep() {
		drained();
		bed.run(1);
		QueueEntry removal = bed.view.queue().stream().filter(entry -> entry.state() == QueueEntry.State.JOURNALLED).findFirst().orElseThrow();
		assertTrue(removal.sentence().contains("Taken out of service"), removal.sentence());
		bed.provisioner.cancel(removal.token(), "ann");
		bed.run(40);
		assertTrue(bed.cloud.log.contains("delete " + bed.cloud.drained.getFirst()), bed.view.queue().toString());
	}

	/** A machine is drained, its drain time is long, and the process ends in it. */
	private void drained() {
		bed.settings = ProvisioningSettings.defaults().withScaleIn(Set.of("web"));
		bed.demand = minute -> 4 * Bed.SAFE * (minute < 60 ? 1.2 : .3);
		ScalingGroup web = bed.group;
		bed.group = new ScalingGroup(web.id(), web.name(), web.members(), web.scaling(), web.owner(), web.min(), web.max(), web.step(), web.template(), web.placement(), web.demand(), web.readinessCheck(), Duration.ofMinutes(20));
		for (int minute = 0; minute < 300 && bed.cloud.drained.isEmpty(); minute++) {
			bed.run(1);
		}
		assertEquals(1, bed.cloud.drained.size());
		bed.crash();
	}

	@Test
	void thePeakThatWasSeenBeforeTheDeathCountsInTheVerdict() {
		double[] factor = { 1.05 };
		bed.demand = minute -> 4 * Bed.SAFE * factor[0];
		bed.run(10);
		assertEquals(1, of(QueueEntry.State.READY).size());
		factor[0] = 1.2;
		bed.run(1);
		factor[0] = .8;
		bed.crash();
		bed.run(400);
		Verdict verdict = bed.view.verdicts().stream().filter(one -> one.plan().endsWith("-1")).findFirst().orElseThrow();
		assertTrue(verdict.breachAvoided(), verdict.sentence());
		assertEquals((4 * 1.2 - 4) * Bed.SAFE / Bed.SAFE, verdict.peakUse(), 1e-9, verdict.sentence());
		bed.crash();
		bed.run(5);
		assertEquals(1, bed.view.verdicts().stream().filter(one -> one.plan().equals(verdict.plan())).count(), "judged once");
	}

	/** Verdicts of a group that observes a need of half an hour, where processes die at these minutes. */
	private List<Verdict> observed(String name, int... deaths) {
		try (Bed one = new Bed(directory.resolve(name))) {
			one.mode = Mode.OBSERVE;
			one.spread = 1.01;
			one.demand = minute -> 4 * Bed.SAFE * .5;
			for (int minute = 0; minute < 240; minute++) {
				double now = minute < 5 || minute > 35 ? .5 : minute < 15 ? 1.05 : minute < 20 ? 1.4 : 1.2;
				one.demand = any -> 4 * Bed.SAFE * now;
				int at = minute;
				if (Arrays.stream(deaths).anyMatch(death -> death == at)) {
					one.crash();
				}
				one.run(1);
			}
			return one.view.verdicts();
		}
	}

	@Test
	void whatWasOnlyObservedIsJudgedTheSameAfterDeaths() {
		List<Verdict> undisturbed = observed("undisturbed");
		assertTrue(undisturbed.stream().anyMatch(verdict -> verdict.peakUse() > .7), undisturbed.toString());
		assertEquals(undisturbed, observed("once", 25));
		assertEquals(undisturbed, observed("often", 7, 17, 18, 30, 50, 90));
	}
}
