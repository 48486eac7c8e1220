// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.GuardOutcome;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.topology.Placement;

/**
 * What a guard must refuse though the planner does not ask for it, what it must let pass again, and what it reads from the ledger: each of
 * these tests fails where the line of a guard that it is about is taken out.
 */
class GuardLimitsTest {
	private static final ProvisioningSettings USUAL = ProvisioningSettings.defaults();

	@TempDir
	Path directory;
	private Bed bed;

	@BeforeEach
	void open() {
		bed = new Bed(directory);
		bed.spread = 1.01;
	}

	@AfterEach
	void close() {
		bed.close();
	}

	private static Draft draft(Action.Kind kind, int count) {
		boolean makes = kind == Action.Kind.CREATE;
		return new Draft("web", List.of(), List.of(new Action(kind, "cloud", count, makes ? "small" : "", "a", makes ? "" : "vm-i1")), Bed.START, Bed.START, Bed.START, Bed.START,
				new LeadTimes.Lead(Duration.ZERO, Duration.ZERO, 0), .2, "EUR", "", List.of(), List.of(), "", false, "requests", 320, Map.of("requests", 80.), "x");
	}

	private static ProvisioningSettings limits(Duration cooldown, int groupPerHour, int blastCount) {
		ProvisioningSettings.Limits l = USUAL.limits();
		return USUAL.with(new ProvisioningSettings.Limits(l.maxStaleShare(), l.minSkill(), l.minCoverage(), cooldown, groupPerHour, l.estatePerHour(), blastCount, 1, l.maxMachines(), l.budgetPerHour(), l.currency(), l.freezes(), 0));
	}

	/** A guard's outcome for a group that was acted on last, and whose member was removed last, so long ago. */
	private GuardOutcome cooldown(ProvisioningSettings settings, Draft draft, Duration action, Duration removal, int failures) {
		return new Guards(settings).cooldown(new GuardInput(bed.now, "", bed.groupView(), "", draft, Optional.empty(), ago(action), ago(removal), failures, List.of(), List.of(), 4, 0, Canary.Trial.NONE,
				Optional.empty(), Optional.empty(), new GuardOutcome("budget", true, "")));
	}

	private Optional<Instant> ago(Duration time) {
		return time == null ? Optional.empty() : Optional.of(bed.now.minus(time));
	}

	@Test
	void theCooldownAfterFailuresDoublesToAnHourAndNoFurther() {
		Draft create = draft(Action.Kind.CREATE, 1);
		for (int failures : new int[] { 5, 8, 40 }) {
			assertFalse(cooldown(USUAL, create, Duration.ofMinutes(59), null, failures).passed(), failures + " failures");
			assertTrue(cooldown(USUAL, create, Duration.ofMinutes(60), null, failures).passed(), failures + " failures");
		}
		assertFalse(cooldown(USUAL, create, Duration.ofMinutes(47), null, 4).passed());
		assertTrue(cooldown(USUAL, create, Duration.ofMinutes(48), null, 4).passed());
		ProvisioningSettings longer = limits(Duration.ofHours(2), 100, 10);
		assertFalse(cooldown(longer, create, Duration.ofMinutes(119), null, 3).passed(), "a cooldown of more than an hour is its own longest");
		assertTrue(cooldown(longer, create, Duration.ofMinutes(120), null, 3).passed());
	}

	@Test
	void aRemovalWaitsForActionsAndRemovalsAndAnActionForActionsAlone() {
		Draft remove = draft(Action.Kind.DELETE, 1);
		Draft create = draft(Action.Kind.CREATE, 1);
		Duration over = USUAL.scaleIn().cooldown();
		Duration within = over.minusSeconds(1);
		assertFalse(cooldown(USUAL, remove, within, null, 0).passed(), "something was made");
		assertFalse(cooldown(USUAL, remove, null, within, 0).passed(), "something was removed");
		assertFalse(cooldown(USUAL, remove, over, within, 0).passed(), "something was removed since");
		assertFalse(cooldown(USUAL, remove, within, over, 0).passed(), "something was made since");
		assertTrue(cooldown(USUAL, remove, over, over, 0).passed());
		assertTrue(cooldown(USUAL, create, null, Duration.ofSeconds(1), 0).passed(), "what is needed does not wait for what was not");
	}

	@Test
	void failuresBeforeOneThatWorkedCountNoMore() {
		bed.settings = limits(Duration.ofMinutes(3), 100, 10);
		bed.demand = minute -> 4 * Bed.SAFE * 1.05;
		bed.cloud.refusal = "There is no room.";
		bed.run(20);
		long before = bed.creations();
		assertTrue(before >= 2, "failed " + before + " times");
		bed.cloud.refusal = "";
		bed.run(40);
		assertEquals(1, bed.cloud.machines.size());
		bed.demand = minute -> 4 * Bed.SAFE * 1.3;
		bed.run(1);
		assertEquals(2, bed.cloud.machines.size(), "it waits as if the failures had just been: " + bed.plan().sentence());
	}

	@Test
	void soManyAtOnceAreNeverAllowedHoweverManyMembersThereAre() {
		bed.base = 28;
		GuardOutcome eleven = blastRadius(draft(Action.Kind.CREATE, 11));
		assertFalse(eleven.passed());
		assertTrue(eleven.sentence().startsWith("11 of 28 members would change at once, at most 10 may"), eleven.sentence());
		assertTrue(blastRadius(draft(Action.Kind.CREATE, 10)).passed());
	}

	private GuardOutcome blastRadius(Draft draft) {
		return new Guards(USUAL).blastRadius(new GuardInput(bed.now, "", bed.groupView(), "", draft, Optional.empty(), Optional.empty(), Optional.empty(), 0, List.of(), List.of(), bed.base, 0, Canary.Trial.NONE,
				Optional.empty(), Optional.empty(), new GuardOutcome("budget", true, "")));
	}

	/** What the desk's guards say of a draft of two that the planner would not have made. */
	private GuardOutcome said(String guard, Ledger ledger, GroupView view) {
		GroupDesk desk = new GroupDesk("test", USUAL, ledger, null, new PlanBook(), new CostDesk(USUAL, Map.of()));
		Coming coming = Coming.of(view, ledger.of("web"));
		return desk.outcomes(view, draft(Action.Kind.CREATE, 2), new GroupDesk.Context(coming, Map.of("cloud", bed.cloud.offers), List.of()), new GroupDesk.Round(bed.now, Map.of(), "", Optional.empty()), "ada").stream()
				.filter(outcome -> outcome.guard().equals(guard)).findFirst().orElseThrow();
	}

	@Test
	void theMaximumThatFellAfterThePlanWasMadeHoldsAndWhatIsComingCounts() {
		Ledger ledger = new Ledger(new LeadTimes(Duration.ZERO, Duration.ZERO));
		bed.group = Bed.group("web", 1, 6, 1, Placement.ANYWHERE);
		assertTrue(said("cap", ledger, bed.groupView()).passed());
		bed.group = Bed.group("web", 1, 5, 1, Placement.ANYWHERE);
		GuardOutcome fallen = said("cap", ledger, bed.groupView());
		assertFalse(fallen.passed());
		assertTrue(fallen.sentence().startsWith("The group would have 6 members, its maximum is 5"), fallen.sentence());
		bed.group = Bed.group("web", 1, 6, 1, Placement.ANYWHERE);
		Ledger busy = new Ledger(new LeadTimes(Duration.ZERO, Duration.ZERO));
		Draft one = draft(Action.Kind.CREATE, 1);
		Intents.of("test", one.toPlan("web-1", Plan.State.EXECUTING, bed.now), one, bed.groupView(), Map.of("cloud", bed.cloud.offers), List.of(), bed.now)
				.forEach(intent -> busy.apply(new JournalRecord.Intended(bed.now, intent, 0)));
		assertTrue(said("cap", busy, bed.groupView()).sentence().startsWith("The group would have 7 members, its maximum is 6"), said("cap", busy, bed.groupView()).sentence());
	}

	@Test
	void whatAPersonAllowsInAFreezeEndsByItselfAndHoldsForItsGroupAlone() {
		Instant end = Bed.START.plus(Duration.ofMinutes(10));
		Standing standing = new Standing();
		standing.apply(new JournalRecord.Thawed(Bed.START, "api", end, "ada", "an emergency"));
		assertEquals(Optional.empty(), standing.thawed("web", Bed.START), "it is for another group");
		assertTrue(standing.thawed("api", end.minusNanos(1)).isPresent());
		assertEquals(Optional.empty(), standing.thawed("api", end));
		standing.apply(new JournalRecord.Thawed(Bed.START, Standing.ALL, end.plusSeconds(1), "bob", "an emergency"));
		assertEquals("bob", standing.thawed("web", Bed.START).orElseThrow().person());
		assertEquals("ada", standing.thawed("api", Bed.START).orElseThrow().person(), "its own goes first");
		assertEquals("bob", standing.thawed("api", end).orElseThrow().person());
		assertEquals(Optional.empty(), standing.thawed("api", end.plusSeconds(1)));
	}

	@Test
	void afterAPermissionInAFreezeHasEndedNothingIsMade() {
		bed.settings = USUAL.with("web", GroupLimits.NONE.withFreezes(List.of(new FreezeWindow(Bed.START.minusSeconds(60), Bed.START.plusSeconds(36_000), "year end"))));
		bed.demand = minute -> 4 * Bed.SAFE * 1.05;
		bed.step();
		bed.provisioner.thaw("web", bed.now.plusSeconds(600), "ada", "the site is down");
		bed.run(9);
		assertEquals(1, bed.creations());
		bed.demand = minute -> 4 * Bed.SAFE * 1.4;
		bed.run(20);
		assertEquals(1, bed.creations(), bed.plan().sentence());
		assertEquals("freeze window", Guards.refusal(bed.plan().guards()).orElseThrow().guard());
	}

	@Test
	void modesThatForbidItHoldForWhatWasJournalledBefore() {
		for (Mode mode : List.of(Mode.OFF, Mode.OBSERVE)) {
			try (Bed one = new Bed(directory.resolve(mode.name()))) {
				one.demand = minute -> 4 * Bed.SAFE * 1.2;
				one.cloud.loseCalls = 2;
				one.step();
				long called = one.creations();
				assertTrue(called > 0 && one.cloud.machines.isEmpty(), "the calls were lost");
				one.mode = mode;
				List<Long> after = new ArrayList<>();
				for (int minute = 0; minute < 10; minute++) {
					one.run(1);
					after.add(one.creations());
				}
				assertEquals(Set.of(called), Set.copyOf(after), "called again in " + mode);
			}
		}
	}

	private long made(Bed of) {
		return of.cloud.log.stream().filter(line -> line.startsWith("create")).count();
	}

	@Test
	void theRateOfTheEstateIsSharedByItsGroupsAndKeptOverARestart() {
		ProvisioningSettings.Limits l = USUAL.limits();
		bed.settings = USUAL.with(new ProvisioningSettings.Limits(l.maxStaleShare(), l.minSkill(), l.minCoverage(), Duration.ofMinutes(3), 100, 3, 10, 1, l.maxMachines(), l.budgetPerHour(), l.currency(), l.freezes(), 0));
		bed.peer = new Bed(directory, bed.cloud, Optional.empty());
		bed.peer.group = Bed.group("api", 1, 40, 1, Placement.ANYWHERE);
		bed.peer.spread = bed.spread;
		bed.demand = bed.peer.demand = minute -> 4 * Bed.SAFE * 1.4;
		bed.run(20);
		assertEquals(2, made(bed), "two for one group, and with two more for the other it would be four");
		bed.crash();
		bed.run(35);
		assertEquals(2, made(bed), "the next process knows of them");
		bed.run(15);
		assertEquals(4, made(bed), bed.view.plans().toString());
	}

	@Test
	void nothingIsRemovedWhereNobodyAskedForThat() {
		bed.demand = minute -> 4 * Bed.SAFE * (minute < 60 ? 1.5 : .2);
		bed.run(60);
		int machines = bed.cloud.machines.size();
		assertTrue(machines > 0);
		bed.run(240);
		assertEquals(machines, bed.cloud.machines.size());
	}

	@Test
	void withoutAForecastNothingIsRemoved() {
		GroupView view = bed.groupView();
		GroupView blind = new GroupView(view.group(), view.mode(), view.liveMembers(), view.capacities(), List.of(DemandView.observed("requests", 10)), 0);
		assertTrue(removal(view).passed());
		assertFalse(removal(blind).passed(), "also where a person approved it");
	}

	/** What the guard of skill says of a removal that a person approved. */
	private GuardOutcome removal(GroupView group) {
		return new Guards(USUAL).skill(new GuardInput(bed.now, "", group, "ada", draft(Action.Kind.DELETE, 1), Optional.empty(), Optional.empty(), Optional.empty(), 0, List.of(), List.of(), 4, 1,
				Canary.Trial.NONE, Optional.empty(), Optional.empty(), new GuardOutcome("budget", true, "")));
	}

	@Test
	void aHealthyMachineBetweenTwoUnhealthyOnesHaltsNothing() {
		bed.settings = limits(Duration.ofMinutes(3), 100, 10);
		bed.cloud.duds.addAll(List.of(1, 3));
		bed.demand = minute -> 4 * Bed.SAFE * 1.05;
		bed.run(40);
		assertEquals(Set.of("i2"), bed.cloud.machines.keySet(), "the second one carries traffic");
		bed.demand = minute -> 4 * Bed.SAFE * 1.3;
		bed.run(60);
		assertEquals(Set.of("i2", "i4"), bed.cloud.machines.keySet(), bed.view.statuses().toString());
	}

	@Test
	void whatWasJournalledBeforeAGroupWasHaltedWaitsForAPerson() {
		bed.settings = limits(Duration.ZERO, 100, 10);
		bed.cloud.settling = Duration.ofMinutes(25);
		bed.cloud.duds.addAll(List.of(1, 2));
		bed.demand = minute -> 4 * Bed.SAFE * 1.4;
		bed.run(1);
		assertEquals(2, bed.creations());
		bed.cloud.loseCalls = 1;
		bed.demand = minute -> 4 * Bed.SAFE * 1.6;
		bed.run(2);
		assertEquals(3, bed.creations());
		String lost = bed.cloud.log.getLast();
		bed.run(40);
		assertEquals("HALTED", bed.view.statuses().get(Provisioner.GROUP + "web").detail());
		assertEquals(1, bed.cloud.log.stream().filter(lost::equals).count(), "called again though the group is halted: " + bed.view.queue());
		assertEquals(3, bed.creations());
	}

	@Test
	void aKillSwitchWhoseMarkCouldNotBeWrittenIsOnByTheJournal() throws Exception {
		bed.demand = minute -> 4 * Bed.SAFE * 1.05;
		bed.open();
		// a folder in the place of the mark: it cannot be replaced
		Path mark = directory.resolve(KillMark.NAME);
		Files.createDirectories(mark.resolve("x"));
		bed.provisioner.killSwitch(true, "ada");
		bed.run(2);
		bed.crash();
		Files.delete(mark.resolve("x"));
		Files.delete(mark);
		bed.run(3);
		assertTrue(bed.view.killSwitch());
		assertEquals(0, bed.creations());
	}
}
