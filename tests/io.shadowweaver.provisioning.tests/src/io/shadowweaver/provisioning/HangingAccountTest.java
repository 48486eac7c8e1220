// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.topology.TopologyChange;

/** A provider that hangs, answers late, or answers nonsense holds up neither the weave thread nor other accounts. */
class HangingAccountTest {
	@TempDir
	Path directory;

	/** Runs nothing until it is told to. */
	private static final class ByHand implements Executor {
		final Deque<Runnable> waiting = new ArrayDeque<>();

		@Override
		public void execute(Runnable task) {
			waiting.add(task);
		}

		void runAll() {
			while (!waiting.isEmpty()) {
				waiting.poll().run();
			}
		}
	}

	@Test
	void resultsOfOtherThreadsAreAppliedInTheNextStep() {
		Bed bed = new Bed(directory);
		ByHand hand = new ByHand();
		bed.executor = hand;
		bed.demand = minute -> 4 * Bed.SAFE * 1.2;
		bed.step();
		assertTrue(bed.view.plans().isEmpty(), "nobody knows yet what can be made");
		hand.runAll();
		bed.run(1);
		assertEquals(List.of(QueueEntry.State.CALLED, QueueEntry.State.CALLED), bed.view.queue().stream().map(QueueEntry::state).toList());
		assertEquals(0, bed.creations());
		hand.runAll();
		assertEquals(2, bed.creations());
		bed.run(1);
		assertEquals(List.of(QueueEntry.State.ACKNOWLEDGED, QueueEntry.State.ACKNOWLEDGED), bed.view.queue().stream().map(QueueEntry::state).toList());
		bed.close();
	}

	@Test
	void theKillSwitchHoldsEvenForCallsThatWereHandedOver() {
		Bed bed = new Bed(directory);
		ByHand hand = new ByHand();
		bed.executor = hand;
		bed.demand = minute -> 4 * Bed.SAFE * 1.2;
		bed.step();
		hand.runAll();
		bed.run(1);
		bed.provisioner.killSwitch(true, "ada");
		hand.runAll();
		assertEquals(0, bed.creations(), "killed between the hand-over and the call");
		bed.run(1);
		assertEquals(List.of(QueueEntry.State.JOURNALLED, QueueEntry.State.JOURNALLED), bed.view.queue().stream().map(QueueEntry::state).toList());
		assertTrue(bed.entry(0).sentence().contains("kill switch"), bed.entry(0).sentence());
		bed.provisioner.killSwitch(false, "ada");
		bed.run(1);
		hand.runAll();
		assertEquals(2, bed.creations());
		bed.close();
	}

	@Test
	void aCallThatHangsIsGivenUpInterruptedAndLookedUp() throws Exception {
		Bed bed = new Bed(directory);
		CountDownLatch entered = new CountDownLatch(1);
		CountDownLatch interrupted = new CountDownLatch(1);
		boolean[] hang = { true };
		CloudProvider slow = new Delegate(bed.cloud) {
			@Override
			public Instance create(CreateRequest request) throws PluginException {
				Instance machine = super.create(request);
				if (hang[0]) {
					hang[0] = false;
					entered.countDown();
					try {
						Thread.sleep(60_000);
					} catch (InterruptedException e) {
						interrupted.countDown();
						throw new PluginException("interrupted", e);
					}
				}
				return machine;
			}
		};
		ExecutorService workers = Executors.newCachedThreadPool();
		try {
			bed.provisioner = new Provisioner("test", directory, List.of(new Account("cloud", "listed", slow)), bed.settings, () -> bed.now, ClockWatch.follows(() -> bed.now), workers, Optional.empty(), bed.nanos::get, FailPoint.NONE);
			bed.demand = minute -> 4 * Bed.SAFE * 1.2;
			settle(bed, () -> entered.getCount() == 0);
			long before = System.nanoTime();
			bed.run(1);
			assertTrue(System.nanoTime() - before < TimeUnit.SECONDS.toNanos(5), "the weave thread waits for nobody");
			bed.nanos.addAndGet(TimeUnit.SECONDS.toNanos(61));
			bed.run(1);
			assertTrue(interrupted.await(10, TimeUnit.SECONDS), "what hangs is interrupted");
			Status status = bed.view.statuses().get("cloud");
			assertEquals("TIMEOUT", status.detail());
			assertTrue(status.sentence().contains("did not answer 'create' within 60 s"), status.sentence());
			settle(bed, () -> bed.view.queue().stream().filter(entry -> entry.state() == QueueEntry.State.READY).count() == 2);
			assertEquals(2, bed.cloud.machines.size(), "looked up, not made again");
		} finally {
			workers.shutdownNow();
			bed.close();
		}
	}

	@Test
	void nonsenseIsAStatusAndNoMachineIsBelievedIn() {
		Bed bed = new Bed(directory);
		bed.demand = minute -> 4 * Bed.SAFE * 1.05;
		bed.spread = 1.01;
		CloudProvider liar = new Delegate(bed.cloud) {
			@Override
			public Instance create(CreateRequest request) {
				return new Instance("x", "x", "another token", "vm-x", "small", "a", Instance.State.RUNNING, bed.now, Map.of(), "");
			}
		};
		bed.provisioner = new Provisioner("test", directory, List.of(new Account("cloud", "listed", liar)), bed.settings, () -> bed.now, Runnable::run);
		bed.step();
		assertEquals(QueueEntry.State.UNKNOWN, bed.entry(0).state());
		assertTrue(bed.view.statuses().get("cloud").sentence().contains("of another token"), bed.view.statuses().toString());
		bed.run(20);
		assertTrue(bed.view.queue().stream().anyMatch(entry -> entry.state() == QueueEntry.State.FAILED && entry.sentence().contains("after 3 calls")), bed.view.queue().toString());
		bed.close();
	}

	@Test
	void machinesOfOursThatTheJournalDoesNotKnowAreSaidAndLeftAlone() {
		Bed bed = new Bed(directory);
		bed.cloud.machines.put("i9", new Instance("i9", "i9", "sw-old", "vm-i9", "small", "a", Instance.State.RUNNING, bed.now, Map.of(CreateRequest.ESTATE, "test"), ""));
		bed.cloud.machines.put("i8", new Instance("i8", "i8", "sw-else", "vm-i8", "small", "a", Instance.State.RUNNING, bed.now, Map.of(CreateRequest.ESTATE, "other"), ""));
		bed.run(3);
		Status status = bed.view.statuses().get("cloud");
		assertEquals(Status.State.DEGRADED, status.state());
		assertTrue(status.sentence().contains("i9") && !status.sentence().contains("i8"), status.sentence());
		assertTrue(bed.cloud.log.isEmpty());
		bed.close();
	}

	@Test
	void workersThatAreStoppedAreSaid() {
		Bed bed = new Bed(directory);
		bed.executor = task -> {
			throw new RejectedExecutionException();
		};
		bed.step();
		assertEquals("STOPPED", bed.view.statuses().get("cloud").detail());
		bed.close();
	}

	private static void settle(Bed bed, BooleanSupplier done) throws InterruptedException {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
		while (!done.getAsBoolean()) {
			assertTrue(System.nanoTime() < end, "does not come about: " + (bed.view == null ? "" : bed.view.queue()));
			bed.run(1);
			Thread.sleep(20);
		}
	}

	/** Passes all on. */
	private static class Delegate implements CloudProvider {
		private final ListedCloud cloud;

		Delegate(ListedCloud cloud) {
			this.cloud = cloud;
		}

		@Override
		public List<Offer> offers() {
			return cloud.offers();
		}

		@Override
		public List<Instance> list() {
			return cloud.list();
		}

		@Override
		public List<TopologyChange> discover() {
			return List.of();
		}

		@Override
		public Instance create(CreateRequest request) throws PluginException {
			return cloud.create(request);
		}

		@Override
		public List<String> dryRun(CreateRequest request) throws PluginException {
			return cloud.dryRun(request);
		}

		@Override
		public void drain(String instance) {
			cloud.drain(instance);
		}

		@Override
		public void delete(String instance) {
			cloud.delete(instance);
		}

		@Override
		public void setSize(String group, int size) {
			cloud.setSize(group, size);
		}

		@Override
		public Duration settling() {
			return cloud.settling();
		}

		@Override
		public void close() {
			cloud.close();
		}
	}
}
