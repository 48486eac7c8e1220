// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.QueueEntry;

/** The clock jumps, the machine sleeps, or nobody runs for a while, in the midst of things. */
class ClockJumpTest {
	@TempDir
	Path directory;
	private Bed bed;

	@BeforeEach
	void open() {
		bed = new Bed(directory);
		bed.demand = minute -> 4 * Bed.SAFE * 1.05;
		bed.spread = 1.01;
	}

	@AfterEach
	void close() {
		bed.close();
	}

	private void runUntil(QueueEntry.State state) {
		for (int minute = 0; minute < 20; minute++) {
			bed.run(1);
			if (!bed.view.queue().isEmpty() && bed.entry(0).state() == state) {
				return;
			}
		}
		throw new AssertionError(state + " was not reached: " + bed.view.queue());
	}

	private int learned() {
		return bed.provisioner.leadTimes().of("cloud", "small").observations();
	}

	@Test
	void aClockIsWatchedFromOneLookToTheNext() {
		AtomicReference<Instant> clock = new AtomicReference<>(Bed.START);
		AtomicLong ticker = new AtomicLong(-7_000_000_000L);
		ClockWatch watch = new ClockWatch(clock::get, ticker::get);
		for (int i = 0; i < 1000; i++) {
			// slewed by a tenth, far more than any time service does, and never set
			clock.set(clock.get().plusMillis(1100));
			ticker.addAndGet(1_000_000_000L);
			assertEquals(Optional.empty(), watch.look());
		}
		clock.set(clock.get().plusSeconds(3600 + 15));
		ticker.addAndGet(15_000_000_000L);
		assertEquals(Duration.ofHours(1), watch.look().orElseThrow().by());
		assertEquals(Optional.empty(), watch.look(), "said once");
		clock.set(clock.get().minusSeconds(60));
		ClockWatch.Jump back = watch.look().orElseThrow();
		assertEquals(Duration.ofMinutes(-1), back.by());
		assertEquals(clock.get(), back.at());
	}

	@ParameterizedTest
	@ValueSource(longs = { 60, -60 })
	void noLeadIsLearnedAcrossAJumpAndTheMachineKeepsItsTime(long minutes) {
		runUntil(QueueEntry.State.ACKNOWLEDGED);
		bed.jump(Duration.ofMinutes(minutes));
		bed.cloud.machines.replaceAll((id, machine) -> new Instance(machine.id(), machine.name(), machine.token(), machine.resource(), machine.offer(), machine.zone(), machine.state(),
				machine.createdAt().plus(Duration.ofMinutes(minutes)), machine.tags(), machine.detail()));
		bed.run(1);
		Status clock = bed.view.statuses().get(Provisioner.CLOCK);
		assertEquals(Status.State.DEGRADED, clock.state());
		assertTrue(clock.sentence().startsWith(minutes > 0 ? "The clock went ahead by 60 min" : "The clock was set back by 60 min"), clock.sentence());
		assertFalse(bed.entry(0).isFinal(), "its deadline begins anew: " + bed.entry(0));
		assertTrue(bed.entry(0).eta().isAfter(bed.now) && bed.entry(0).eta().isBefore(bed.now.plus(Duration.ofMinutes(30))), "expected at " + bed.entry(0).eta());
		runUntil(QueueEntry.State.READY);
		assertEquals(0, learned(), bed.entry(0).sentence());
		assertEquals(1, bed.creations());
		bed.run(60);
		assertNull(bed.view.statuses().get(Provisioner.CLOCK), "said for a while");
		bed.demand = minute -> 5 * Bed.SAFE * 1.05;
		bed.run(30);
		assertEquals(1, learned(), "what comes after it is learned from");
	}

	@Test
	void settlingTimesBeginAnewWhereTheClockGoesAhead() {
		bed.cloud.settling = Duration.ofMinutes(10);
		bed.cloud.loseCalls = 1;
		bed.run(1);
		assertEquals(QueueEntry.State.UNKNOWN, bed.entry(0).state());
		bed.jump(Duration.ofHours(1).minusSeconds(60));
		bed.run(5);
		assertEquals(QueueEntry.State.UNKNOWN, bed.entry(0).state(), "ten minutes have not passed: " + bed.entry(0));
		bed.run(8);
		assertNotEquals(QueueEntry.State.UNKNOWN, bed.entry(0).state());
	}

	@Test
	void aJumpIsKeptOverARestart() {
		bed.cloud.settling = Duration.ofMinutes(10);
		runUntil(QueueEntry.State.ACKNOWLEDGED);
		bed.jump(Duration.ofHours(1));
		bed.run(1);
		bed.crash();
		bed.run(1);
		runUntil(QueueEntry.State.READY);
		assertEquals(0, learned());
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, -1 })
	void whatIsBeingReadWhenTheClockJumpsIsNotBelieved(long hours) {
		Runnable[] held = { null };
		boolean[] hold = { false };
		bed.executor = task -> {
			if (hold[0]) {
				held[0] = task;
			} else {
				task.run();
			}
		};
		bed.demand = minute -> 4 * Bed.SAFE * .5;
		bed.run(2);
		assertTrue(bed.provisioner.offers().containsKey("cloud"));
		hold[0] = true;
		for (int minute = 0; minute < 5 && held[0] == null; minute++) {
			bed.run(1);
		}
		bed.jump(Duration.ofHours(hours));
		bed.run(1);
		assertFalse(bed.provisioner.offers().containsKey("cloud"), "what was read before the jump is dropped");
		held[0].run();
		held[0] = null;
		bed.run(1);
		assertFalse(bed.provisioner.offers().containsKey("cloud"), "it was asked for before the jump");
		hold[0] = false;
		held[0].run();
		bed.run(1);
		assertTrue(bed.provisioner.offers().containsKey("cloud"), "asked again");
	}

	@Test
	void theTimeOverWhichTheClockJumpedIsNoTimeInWhichLessWasEnough() {
		bed.settings = ProvisioningSettings.defaults().withScaleIn(Set.of("web"));
		runUntil(QueueEntry.State.READY);
		bed.run(40);
		bed.demand = minute -> 4 * Bed.SAFE * .3;
		bed.run(4);
		bed.jump(Duration.ofMinutes(6));
		bed.run(6);
		assertEquals(List.of(), removals(), "it was enough for ten minutes at the least, and nobody knows that of the time of the jump");
		bed.run(8);
		assertEquals(1, removals().size());
	}

	private List<String> removals() {
		return bed.cloud.log.stream().filter(line -> line.startsWith("delete")).toList();
	}

	@Test
	void theTimeOverWhichTheClockJumpedEarnsNoMode() {
		bed.mode = Mode.PROPOSE;
		bed.demand = minute -> 4 * Bed.SAFE * .5;
		bed.settings = bed.settings.with(new ProvisioningSettings.Earning(Duration.ofHours(2), 0, .6, .99, 0, 0));
		bed.run(70);
		bed.jump(Duration.ofMinutes(55));
		bed.run(10);
		assertFalse(bed.view.report().promotions().getFirst().offered(), bed.view.report().promotions().toString());
		bed.run(45);
		assertTrue(bed.view.report().promotions().getFirst().offered(), bed.view.report().promotions().toString());
	}

	@Test
	void timeInWhichNobodyRanTeachesNoLeadAndFailsNoMachine() {
		runUntil(QueueEntry.State.ACKNOWLEDGED);
		bed.crash();
		bed.now = bed.now.plus(Duration.ofHours(5));
		// its traffic is seen again only some minutes after the start
		bed.cloud.duds.add(1);
		bed.run(3);
		assertFalse(bed.entry(0).isFinal(), "it has not had its time: " + bed.entry(0));
		bed.cloud.duds.clear();
		runUntil(QueueEntry.State.READY);
		assertEquals(0, learned(), bed.entry(0).sentence());
		assertEquals(1, bed.cloud.machines.size());
		assertEquals(1, bed.creations());
	}

	@Test
	void pausesAfterFailuresLastAsLongWhereTheClockIsSetBack() {
		bed.run(1);
		bed.cloud.broken = new IllegalStateException("An answer that is not JSON.");
		bed.run(2);
		assertEquals(Status.State.FAILED, bed.view.statuses().get("cloud").state());
		bed.cloud.broken = null;
		bed.jump(Duration.ofHours(-6));
		bed.run(15);
		assertEquals(Status.State.OK, bed.view.statuses().get("cloud").state(), bed.view.statuses().get("cloud").sentence());
	}
}
