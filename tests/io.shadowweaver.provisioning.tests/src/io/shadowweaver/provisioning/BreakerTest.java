// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.provision.AccountException;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.AccountFault;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.provision.RefusedException;
import io.shadowweaver.api.topology.Placement;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Template;

/** What stops and what goes on by the kind of an account's trouble. */
class BreakerTest {
	/** Fails as it is told. */
	private static final class Troubled extends ListedCloud {
		PluginException onList;
		PluginException onCreate;
		int lists;

		/** What {@link ListedCloud} declares no exception for is thrown all the same. */
		@SuppressWarnings("unchecked")
		private static <E extends Throwable> void sneak(Throwable e) throws E {
			throw (E) e;
		}

		@Override
		public synchronized List<Instance> list() {
			lists++;
			if (onList != null) {
				Troubled.<RuntimeException>sneak(onList);
			}
			return super.list();
		}

		@Override
		public synchronized Instance create(CreateRequest request) throws PluginException {
			if (onCreate != null) {
				log.add("create " + request.token());
				throw onCreate;
			}
			return super.create(request);
		}
	}

	@TempDir
	Path directory;
	private Bed bed;
	private final Troubled cloud = new Troubled();
	private final Troubled other = new Troubled();

	@BeforeEach
	void open() {
		bed = new Bed(directory);
		bed.demand = minute -> 4 * Bed.SAFE * (minute < 3 ? .8 : 1.3);
		bed.spread = 1.01;
		bed.provisioner = new Provisioner("test", directory, List.of(new Account("cloud", "listed", cloud), new Account("other", "listed", other)), bed.settings, () -> bed.now, Runnable::run);
	}

	@AfterEach
	void close() {
		bed.close();
	}

	private void run(int minutes) {
		for (int i = 0; i < minutes; i++) {
			bed.now = bed.now.plusSeconds(60);
			cloud.now = bed.now;
			other.now = bed.now;
			bed.view = bed.provisioner.step(bed.now, List.of(view()), resource -> cloud.healthy(resource) || other.healthy(resource));
		}
	}

	private GroupView view() {
		GroupView view = bed.groupView();
		List<Resource> members = new ArrayList<>(view.liveMembers());
		for (Troubled each : List.of(cloud, other)) {
			each.machines.values().stream().filter(machine -> each.healthy(machine.resource())).forEach(machine -> members.add(bed.member(machine.resource(), machine.zone())));
		}
		return new GroupView(view.group(), view.mode(), members, view.capacities(), view.demand(), view.staleShare());
	}

	private Status status(String account) {
		return bed.view.statuses().get(account);
	}

	private long creations(Troubled of) {
		return of.log.stream().filter(line -> line.startsWith("create")).count();
	}

	@Test
	void wrongCredentialsStopTheAccountUntilAPersonHasItTriedAgain() {
		cloud.onList = new AccountException(AccountFault.ACCESS, "The machines cannot be listed at OpenStack at example: it does not accept the credentials (401).", null);
		run(60);
		assertEquals(1, cloud.lists, "asked once: another wrong answer would lock the account");
		assertEquals(Status.State.FAILED, status("cloud").state());
		assertEquals("ACCESS", status("cloud").detail());
		assertTrue(status("cloud").sentence().contains("(401)") && status("cloud").sentence().contains("Automation of the account cloud has stopped"), status("cloud").sentence());
		assertEquals(Status.State.OK, status("other").state(), "the rest goes on");
		cloud.onList = null;
		bed.provisioner.retry("cloud", "ann");
		run(30);
		assertEquals(Status.State.OK, status("cloud").state());
		assertTrue(creations(cloud) > 0);
	}

	@Test
	void aPermissionThatLacksForMakingStopsAtTheFirstRefusal() {
		cloud.onCreate = new RefusedException(AccountFault.ACCESS, "It does not allow that (403).");
		run(60);
		assertEquals(1, creations(cloud));
		assertEquals("ACCESS", status("cloud").detail());
		assertTrue(bed.view.queue().stream().anyMatch(entry -> entry.state() == QueueEntry.State.FAILED && entry.sentence().contains("(403)")), bed.view.queue().toString());
		assertTrue(bed.view.statuses().get(Provisioner.GROUP + "web").sentence().contains("until somebody has it tried again"), bed.view.statuses().toString());
	}

	@Test
	void aQuotaPausesOnlyTheMakingOfMachines() {
		cloud.onCreate = new RefusedException(AccountFault.LIMIT, "The quota of project p has no room for another small.");
		int before = cloud.lists;
		run(10);
		long refused = creations(cloud);
		assertTrue(refused >= 1 && refused <= 6, "paused, and longer each time: " + refused);
		assertTrue(cloud.lists - before >= 9, "it is read all the time");
		assertEquals(Status.State.DEGRADED, status("cloud").state());
		assertEquals("LIMIT", status("cloud").detail());
		assertTrue(status("cloud").sentence().contains("The quota of project p"), status("cloud").sentence());
		cloud.onCreate = null;
		run(60);
		assertEquals(Status.State.OK, status("cloud").state());
		assertFalse(cloud.machines.isEmpty(), "it goes on by itself when there is room");
	}

	@Test
	void whereOneAccountIsStoppedTheOtherOneMakesWhatIsNeeded() {
		ScalingGroup web = Bed.group("web", 1, 40, 1, Placement.ANYWHERE);
		Template first = web.template();
		Template second = new Template("other", first.offers(), first.image(), first.network(), first.userData(), first.tags(), first.registration());
		bed.group = new ScalingGroup(web.id(), web.name(), web.members(), web.scaling(), web.owner(), web.min(), web.max(), web.step(), List.of(first, second), web.placement(), web.demand(), web.readinessCheck(), web.drain());
		other.offers.clear();
		other.offers.add(ListedCloud.offer("small", 100, .50, 50));
		cloud.onCreate = new RefusedException(AccountFault.ACCESS, "It does not allow that (403).");
		run(60);
		assertEquals(1, creations(cloud), "the cheaper one was tried first");
		assertFalse(other.machines.isEmpty(), bed.view.statuses().toString());
	}

	@Test
	void whatPassesByItselfIsProbedByAReadingAndThenByOneChange() {
		cloud.onCreate = new AccountException(AccountFault.DOWN, "It answered 503.", null);
		run(1);
		assertEquals(1, creations(cloud), "after the first loss nothing more of the batch is called");
		assertTrue(status("cloud").sentence().contains("503"), status("cloud").sentence());
		run(30);
		cloud.onCreate = null;
		run(60);
		assertEquals(Status.State.OK, status("cloud").state());
		assertEquals(cloud.machines.size(), bed.view.queue().stream().filter(entry -> entry.state() == QueueEntry.State.READY).count());
		assertFalse(cloud.machines.isEmpty());
	}

	@Test
	void aRegionThatIsDownIsAskedLessAndLessAndGoesOnByItself() {
		cloud.onList = new AccountException(AccountFault.DOWN, "The machines cannot be listed at OpenStack at example: it cannot be reached.", null);
		run(60);
		assertTrue(cloud.lists > 2 && cloud.lists < 30, "backed off: " + cloud.lists);
		assertTrue(status("cloud").sentence().contains("it cannot be reached") && status("cloud").sentence().contains("asked again at"), status("cloud").sentence());
		cloud.onList = new AccountException(AccountFault.ANSWER, "The machines cannot be listed at OpenStack at example: its answer is not JSON.", null);
		run(60);
		assertTrue(status("cloud").sentence().contains("is not JSON"), status("cloud").sentence());
		cloud.onList = null;
		run(60);
		assertEquals(Status.State.OK, status("cloud").state());
		assertFalse(cloud.machines.isEmpty());
	}

	@Test
	void anImageThatIsNotThereFailsOnlyThePlansThatNameIt() {
		cloud.onCreate = new RefusedException(AccountFault.MISSING, "OpenStack has no image 'gone'.");
		run(30);
		assertEquals(Status.State.OK, status("cloud").state(), "the account is well");
		assertTrue(bed.view.plans().stream().anyMatch(plan -> plan.sentence().contains("no image 'gone'")), bed.view.plans().toString());
		assertTrue(bed.view.queue().stream().anyMatch(entry -> entry.state() == QueueEntry.State.FAILED && entry.sentence().contains("no image 'gone'")));
	}

	@Test
	void tooManyCallsAreNoRefusalOfTheWish() {
		cloud.onCreate = new RefusedException(AccountFault.DOWN, "It takes no more calls for now (429).");
		run(8);
		assertTrue(bed.view.queue().stream().noneMatch(entry -> entry.state() == QueueEntry.State.FAILED), bed.view.queue().toString());
		cloud.onCreate = null;
		run(60);
		assertFalse(cloud.machines.isEmpty());
		assertTrue(bed.view.queue().stream().noneMatch(entry -> entry.state() == QueueEntry.State.FAILED), "no attempt was lost: " + bed.view.queue());
	}

	@Test
	void thePausesDoubleUpToTheirBound() {
		ProvisioningSettings.Calls calls = ProvisioningSettings.defaults().calls();
		Breaker breaker = new Breaker("a", calls);
		Instant now = Bed.START;
		Duration expected = calls.backOff();
		for (int i = 0; i < 12; i++) {
			breaker.failed(AccountFault.DOWN, "LIST", "down", now);
			assertEquals(0, breaker.room(now));
			assertFalse(breaker.reads(now.plus(expected).minusMillis(1)), "failure " + i);
			now = now.plus(expected);
			assertTrue(breaker.reads(now), "failure " + i);
			assertEquals(0, breaker.room(now), "first a reading");
			expected = expected.multipliedBy(2).compareTo(calls.maxBackOff()) > 0 ? calls.maxBackOff() : expected.multipliedBy(2);
		}
		breaker.read(now);
		assertEquals(Integer.MAX_VALUE, breaker.room(now));
		breaker.failed(AccountFault.DOWN, "CALL", "lost", now);
		now = now.plus(calls.backOff());
		breaker.read(now);
		assertEquals(1, breaker.room(now), "one change, alone");
		breaker.changed(true);
		assertEquals(Integer.MAX_VALUE, breaker.room(now));
	}

	@Test
	void offersOfAnAccountThatMakesNothingAreNotPlannedWith() {
		Breaker breaker = new Breaker("a", ProvisioningSettings.defaults().calls());
		breaker.refused(AccountFault.LIMIT, "full", Bed.START);
		assertFalse(breaker.makes(Bed.START) || breaker.isWorthPlanning(Bed.START));
		assertEquals(Integer.MAX_VALUE, breaker.room(Bed.START), "machines can be removed");
		breaker.refused(AccountFault.CLOCK, "an hour off", Bed.START.plus(Duration.ofDays(1)));
		assertEquals("CLOCK", breaker.status("", Bed.START.plus(Duration.ofDays(1))).orElseThrow().detail());
	}
}
