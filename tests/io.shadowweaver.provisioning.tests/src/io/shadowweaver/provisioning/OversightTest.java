// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import io.shadowweaver.api.provision.GuardOutcome;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.Price;
import io.shadowweaver.api.provision.Promotion;
import io.shadowweaver.api.topology.Placement;

/** What persons permit, approve and look after, and what of it survives a restart. */
class OversightTest {
	private static final ObjectMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule()).addModule(new Jdk8Module()).disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
			.disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS).build();

	@TempDir
	Path directory;
	private Bed bed;

	@BeforeEach
	void open() {
		bed = new Bed(directory);
	}

	@AfterEach
	void close() {
		bed.close();
	}

	private void restart() {
		bed.provisioner.close();
		bed.provisioner = null;
	}

	private Plan plan(String id) {
		return bed.view.plans().stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
	}

	private String said() {
		return bed.view.statuses().get(Provisioner.JOURNAL).sentence();
	}

	private GuardOutcome guard(String name) {
		return bed.plan().guards().stream().filter(one -> one.guard().equals(name)).findFirst().orElseThrow();
	}

	private void urgentProposal() {
		bed.mode = Mode.PROPOSE;
		bed.demand = minute -> 4 * Bed.SAFE * 1.2;
		bed.step();
	}

	@Test
	void aPlanThatWaitsIsThereAfterARestartAndCanBeApproved() {
		urgentProposal();
		Plan plan = bed.plan();
		restart();
		bed.run(1);
		assertEquals(Plan.State.PROPOSED, plan(plan.id()).state());
		assertEquals(plan.actions(), plan(plan.id()).actions());
		bed.provisioner.approve(plan.id(), "ada");
		bed.run(1);
		assertEquals(plan.creates(), bed.creations());
	}

	@Test
	void aboveACostTwoDifferentPersonsMustApproveAndTheFirstIsKeptOverARestart() {
		bed.settings = bed.settings.with(new ProvisioningSettings.Oversight(2, .15, Duration.ofDays(7), Duration.ofDays(30)));
		urgentProposal();
		String id = bed.plan().id();
		bed.provisioner.approve(id, "ada");
		bed.run(1);
		assertEquals(Plan.State.PROPOSED, bed.plan().state());
		assertTrue(bed.plan().sentence().contains("A second person must approve it too, since it costs 0.200"), bed.plan().sentence());
		restart();
		bed.run(1);
		bed.provisioner.approve(id, "Ada ");
		bed.run(1);
		assertEquals(0, bed.creations());
		assertTrue(said().contains("the second person must be another one"), said());
		bed.provisioner.approve(id, "bob");
		bed.run(1);
		assertEquals(2, bed.creations());
		assertTrue(plan(id).sentence().contains("Approved by ada and bob"), plan(id).sentence());
	}

	@Test
	void ofWhatNobodyKnowsTheCostTwoPersonsApproveWhereThereIsSuchALimit() {
		bed.settings = bed.settings.with(new ProvisioningSettings.Oversight(2, 1000, Duration.ofDays(7), Duration.ofDays(30)));
		bed.cloud.offers.set(0, new Offer("small", "small", Map.of("requests", 100.), "r", List.of("a", "b", "c"), Price.UNKNOWN, 50, Duration.ofMinutes(3), Duration.ofMinutes(5)));
		urgentProposal();
		String id = bed.plan().id();
		bed.provisioner.approve(id, "ada");
		bed.run(1);
		assertEquals(0, bed.creations());
		assertTrue(plan(id).sentence().contains("since nobody knows what it costs"), plan(id).sentence());
		bed.provisioner.approve(id, "bob");
		bed.run(1);
		assertEquals(2, bed.creations());
	}

	@Test
	void anApprovalThatComesTooLateIsVoid() {
		urgentProposal();
		Plan plan = bed.plan();
		bed.provisioner.approve(plan.id(), "ada");
		bed.now = plan.approveBy().plusSeconds(1);
		bed.step();
		assertEquals(0, bed.creations());
		assertEquals(Plan.State.EXPIRED, plan(plan.id()).state());
		assertTrue(plan(plan.id()).sentence().contains("Ada approved it, but it had expired at " + plan.approveBy()), plan(plan.id()).sentence());
	}

	@Test
	void anApprovedPlanThatCouldNotBeCarriedOutInItsTimeIsOver() {
		bed.settings = bed.settings.with("web", GroupLimits.NONE.withFreezes(List.of(new FreezeWindow(Bed.START.minusSeconds(60), Bed.START.plusSeconds(86_400), "release"))));
		urgentProposal();
		Plan plan = bed.plan();
		bed.provisioner.approve(plan.id(), "ada");
		bed.run(1);
		assertEquals(Plan.State.APPROVED, plan(plan.id()).state());
		while (!bed.now.isAfter(plan.expires())) {
			bed.run(1);
		}
		assertEquals(Plan.State.EXPIRED, plan(plan.id()).state());
		assertTrue(plan(plan.id()).sentence().contains("but it could not be carried out by " + plan.expires()), plan(plan.id()).sentence());
		assertEquals(0, bed.creations());
	}

	@Test
	void whatNobodyApprovesIsAskedForLouderAndNeverDone() {
		urgentProposal();
		bed.run(17);
		assertTrue(bed.plan().sentence().startsWith("Asked for the 2. time"), bed.plan().sentence());
		assertEquals("UNAPPROVED", bed.view.statuses().get(Provisioner.GROUP + "web").detail());
		bed.run(200);
		assertEquals(0, bed.creations());
	}

	@Test
	void anApprovedPlanWaitsForAGuardThatPassesByItself() {
		bed.settings = bed.settings.with("web", GroupLimits.NONE.withFreezes(List.of(new FreezeWindow(Bed.START.minusSeconds(60), Bed.START.plusSeconds(305), "release"))));
		urgentProposal();
		String id = bed.plan().id();
		bed.provisioner.approve(id, "ada");
		bed.run(3);
		assertEquals(Plan.State.APPROVED, plan(id).state());
		assertTrue(plan(id).sentence().contains("It waits for freeze window"), plan(id).sentence());
		bed.run(3);
		assertEquals(2, bed.creations());
	}

	@Test
	void whatWasNeverSeenIsTriedFirstWhereThereIsTimeAndTheRestFollows() {
		bed.demand = minute -> 4 * Bed.SAFE * (.8 + .9 * Math.max(0, Math.min(1, (minute - 60) / 10)));
		while (bed.creations() == 0) {
			bed.run(1);
			assertTrue(bed.now.isBefore(Bed.START.plus(Duration.ofHours(1))), "nothing was made");
		}
		assertEquals(1, bed.creations());
		assertTrue(bed.plan().sentence().contains("was never seen to carry traffic here; the rest follows"), bed.plan().sentence());
		bed.run(2);
		assertEquals(1, bed.creations(), "the first one carries no traffic yet");
		double worst = 0;
		for (int minute = 0; minute < 60; minute++) {
			bed.run(1);
			worst = Math.max(worst, bed.groupView().demand().get(0).observedNow() / (bed.members().size() * Bed.SAFE));
		}
		assertTrue(bed.creations() > 2 && worst <= 1, "made " + bed.creations() + ", demand reached " + worst + " of the safe capacity");
	}

	@Test
	void whereThereIsNoTimeItIsSaid() {
		bed.demand = minute -> 4 * Bed.SAFE * 1.2;
		bed.step();
		assertEquals(2, bed.creations());
		assertTrue(guard("canary").sentence().contains("leaves no time"), guard("canary").sentence());
	}

	@Test
	void twoUnhealthyMachinesHaltTheGroupUntilAPersonResumesItEvenOverARestart() {
		bed.cloud.duds.addAll(List.of(1, 2));
		bed.demand = minute -> 4 * Bed.SAFE * 1.05;
		bed.spread = 1.01;
		bed.run(90);
		assertEquals(2, bed.creations());
		assertEquals("HALTED", bed.view.statuses().get(Provisioner.GROUP + "web").detail());
		restart();
		bed.run(90);
		assertEquals(2, bed.creations());
		assertEquals("canary", Guards.refusal(bed.plan().guards()).orElseThrow().guard());
		bed.provisioner.resume("web", "ada");
		bed.run(10);
		assertEquals(3, bed.creations());
		bed.provisioner.resume("web", "ada");
		bed.run(1);
		assertTrue(said().contains("it is not halted"), said());
	}

	@Test
	void aRaisedMaximumEndsByItselfIsKeptOverARestartAndIsSaid() {
		bed.group = Bed.group("web", 1, 4, 1, Placement.ANYWHERE);
		bed.demand = minute -> 4 * Bed.SAFE * 1.8;
		bed.run(5);
		assertEquals(0, bed.creations());
		bed.provisioner.raiseCap("web", 5, bed.now.plus(Duration.ofHours(1)), "ada");
		bed.run(1);
		assertEquals(1, bed.creations());
		assertTrue(guard("cap").sentence().contains("raised by ada until"), guard("cap").sentence());
		restart();
		bed.provisioner = bed.open();
		bed.provisioner.raiseCap("web", 50, bed.now.plus(Duration.ofDays(8)), "ada");
		bed.run(1);
		assertTrue(said().contains("at most 7.0 d are allowed"), said());
		bed.run(80);
		bed.cloud.machines.clear();
		bed.run(30);
		assertEquals(1, bed.creations(), "the raise is over, and what is gone is not made again");
	}

	@Test
	void aPersonAllowsChangesInAFreezeWithAReason() {
		bed.settings = bed.settings.with("web", GroupLimits.NONE.withFreezes(List.of(new FreezeWindow(Bed.START.minusSeconds(60), Bed.START.plusSeconds(36_000), "year end"))));
		bed.demand = minute -> 4 * Bed.SAFE * 1.2;
		bed.run(3);
		assertEquals(0, bed.creations());
		assertThrows(IllegalArgumentException.class, () -> bed.provisioner.thaw("web", bed.now.plusSeconds(600), "ada", " "));
		bed.provisioner.thaw("*", bed.now.plusSeconds(600), "ada", "the site is down");
		bed.run(1);
		assertEquals(2, bed.creations());
		assertTrue(guard("freeze window").sentence().contains("ada allows changes") && guard("freeze window").sentence().contains("the site is down"), guard("freeze window").sentence());
	}

	@Test
	void whatWasDecidedBeforeAFreezeIsNotCalledInIt() {
		bed.settings = bed.settings.with("web", GroupLimits.NONE.withFreezes(List.of(new FreezeWindow(Bed.START.plusSeconds(30), Bed.START.plusSeconds(36_000), "release"))));
		bed.demand = minute -> 4 * Bed.SAFE * 1.2;
		bed.cloud.loseCalls = 2;
		bed.step();
		long called = bed.creations();
		assertTrue(called > 0 && bed.cloud.machines.isEmpty());
		bed.cloud.loseCalls = 0;
		bed.run(10);
		assertEquals(called, bed.creations(), "it may be called again since it is not in the list, but not now");
		assertTrue(bed.entry(0).sentence().startsWith("It waits: A freeze window has begun"), bed.entry(0).sentence());
		bed.provisioner.thaw("web", bed.now.plusSeconds(600), "ada", "the site is down");
		bed.run(1);
		assertEquals(2, bed.cloud.machines.size());
	}

	@Test
	void otherSettingsHoldFromTheNextStep() {
		bed.demand = minute -> 4 * Bed.SAFE * 1.2;
		bed.settings = bed.settings.withBudget(.05, "EUR");
		bed.run(3);
		assertEquals(0, bed.creations());
		bed.provisioner.settings(ProvisioningSettings.defaults());
		bed.run(1);
		assertEquals(2, bed.creations());
	}

	@Test
	void weeklyWindowsFollowTheClockOfTheirZone() {
		FreezeWindow nights = new FreezeWindow(new FreezeWindow.Weekly(Set.of(DayOfWeek.FRIDAY), LocalTime.of(18, 0), LocalTime.of(6, 0), ZoneId.of("Europe/Berlin")), "weekend");
		assertFalse(nights.contains(Instant.parse("2026-03-27T16:59:59Z")));
		assertEquals(Optional.of(Instant.parse("2026-03-28T05:00:00Z")), nights.end(Instant.parse("2026-03-27T17:00:00Z")));
		assertTrue(nights.contains(Instant.parse("2026-03-28T04:59:59Z")));
		assertFalse(nights.contains(Instant.parse("2026-03-28T05:00:00Z")));
		assertTrue(nights.contains(Instant.parse("2026-04-03T16:00:00Z")), "in summer it begins an hour earlier in UTC");
		FreezeWindow always = new FreezeWindow(new FreezeWindow.Weekly(Set.of(DayOfWeek.values()), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, ZoneId.of("UTC")), "always");
		assertEquals(Optional.empty(), FreezeWindow.free(List.of(always), Bed.START));
	}

	@Test
	void autoIsOfferedAfterThePeriodAndAFailureBeginsItAnewAlsoOverARestart() {
		bed.mode = Mode.PROPOSE;
		bed.settings = bed.settings.with(new ProvisioningSettings.Earning(Duration.ofHours(8), 0, .6, .99, 0, 0));
		bed.run(7 * 60);
		assertFalse(promotion().offered());
		restart();
		bed.run(3 * 60);
		assertTrue(promotion().offered(), promotion().sentence());
		bed.skill = -.3;
		bed.run(1);
		bed.skill = .3;
		bed.run(1);
		assertFalse(promotion().offered());
		assertTrue(promotion().sentence().contains("had the skill -0.300"), promotion().sentence());
		bed.mode = Mode.AUTO;
		bed.run(1);
		assertTrue(bed.view.report().promotions().isEmpty());
		bed.coverage = .2;
		bed.run(1);
		assertTrue(promotion().sentence().startsWith("It is in mode auto and should go back to propose"), promotion().sentence());
	}

	private Promotion promotion() {
		return bed.view.report().promotions().get(0);
	}

	@Test
	void aRehearsalCallsNothingAndTellsCostQuotaAndTheWayBack() {
		urgentProposal();
		Plan plan = bed.plan();
		GroupDesk desk = new GroupDesk("test", bed.settings, new Ledger(new LeadTimes(Duration.ZERO, Duration.ZERO)), null, new PlanBook(), new CostDesk(bed.settings, Map.of()));
		GroupView view = bed.groupView();
		Draft draft = WaitingPlans.draft(new JournalRecord.Proposed(bed.now, plan, true, "requests", 320, Map.of()));
		List<Intent> intents = Intents.of("test", plan, draft, view, Map.of("cloud", bed.cloud.offers), List.of(), bed.now);
		List<GuardOutcome> outcomes = desk.outcomes(view, draft, new GroupDesk.Context(new Coming(List.of(), 0), Map.of("cloud", bed.cloud.offers), List.of()), new GroupDesk.Round(bed.now, Map.of(), "", Optional.empty()), "ada");
		DryRuns.Rehearsal run = DryRuns.of(plan, intents, outcomes, Map.of("cloud", bed.cloud.offers), bed.now);
		assertEquals(12, run.run().guards().size());
		assertEquals("", run.run().trouble());
		assertTrue(run.run().cost().startsWith("2 × 0.100 EUR (small at cloud) = 0.200 EUR an hour."), run.run().cost());
		assertEquals(List.of("The account cloud has room for 50 more small, and for 48 after it."), run.run().quota());
		assertTrue(run.run().rollBack().get(0).contains(intents.get(1).token()));
		assertTrue(bed.cloud.log.isEmpty());
	}

	@Test
	void settingsGoThroughJsonAndWhatIsMissingIsAsByDefault() throws Exception {
		ProvisioningSettings settings = ProvisioningSettings.defaults().withBudget(3, "EUR").with("web", GroupLimits.NONE.withCanary(2).withSecondPersonAbove(9)
				.withFreezes(List.of(new FreezeWindow(new FreezeWindow.Weekly(Set.of(DayOfWeek.MONDAY), LocalTime.of(8, 0), LocalTime.of(9, 0), ZoneId.of("UTC")), "open"), new FreezeWindow(Bed.START, Bed.START.plusSeconds(60), "once"))));
		assertEquals(settings, JSON.readValue(JSON.writeValueAsString(settings), ProvisioningSettings.class));
		assertEquals(ProvisioningSettings.defaults(), JSON.readValue("{}", ProvisioningSettings.class));
		ProvisioningSettings few = JSON.readValue("{\"limits\":{\"blastCount\":3},\"groups\":{\"web\":{\"perHour\":4}},\"oversight\":null}", ProvisioningSettings.class);
		assertEquals(3, few.limits().blastCount());
		assertEquals(ProvisioningSettings.defaults().limits().cooldown(), few.limits().cooldown());
		assertEquals(4, few.limits("web").groupPerHour());
		assertEquals(ProvisioningSettings.defaults().oversight(), few.oversight());
		assertThrows(JsonProcessingException.class, () -> JSON.readValue("{\"limits\":{\"blastcount\":3}}", ProvisioningSettings.class));
		assertThrows(JsonProcessingException.class, () -> JSON.readValue("{\"limit\":{}}", ProvisioningSettings.class));
		assertThrows(JsonProcessingException.class, () -> JSON.readValue("{\"limits\":{\"blastCount\":0}}", ProvisioningSettings.class));
	}
}
