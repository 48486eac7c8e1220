// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.GuardOutcome;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.provision.Verdict;
import io.shadowweaver.api.topology.Lifecycle;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.TopologyChange;

/** The way of a need through the modes, up to the machine that carries traffic. */
class ProvisionerTest {
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

	/** Demand rises from 80 % of the safe capacity to 120 % between the 60th and the 90th minute. */
	private void ramp() {
		bed.demand = minute -> 4 * Bed.SAFE * (.8 + .4 * Math.max(0, Math.min(1, (minute - 60) / 30)));
	}

	@Test
	void autoHasTheMachinesReadyBeforeDemandNeedsThem() {
		ramp();
		double worst = 0;
		for (int minute = 0; minute < 180; minute++) {
			bed.run(1);
			worst = Math.max(worst, bed.groupView().demand().get(0).observedNow() / (bed.members().size() * Bed.SAFE));
		}
		assertTrue(worst <= 1, "demand reached " + worst + " of the safe capacity");
		assertTrue(bed.members().size() >= 5 && bed.members().size() <= 6, "members: " + bed.members().size());
		assertEquals(bed.members().size() - 4, bed.creations());
	}

	@Test
	void aPlanIsShownEarlyAndCalledOnlyWhenItsTimeHasCome() {
		ramp();
		bed.run(20);
		assertEquals(Plan.State.APPROVED, bed.plan().state());
		assertEquals(0, bed.creations(), "a need in the far future is no reason to pay now");
		Plan plan = bed.plan();
		assertTrue(plan.startBy().isAfter(bed.now));
		assertEquals(plan.neededBy().minus(Duration.ofMinutes(6)), plan.startBy(), "lead of 5 minutes at the 95th percentile and a minute of margin");
		List<Resource> planned = seen();
		assertEquals(plan.creates(), planned.size());
		assertTrue(planned.stream().allMatch(resource -> resource.lifecycle() == Lifecycle.PLANNED && resource.id().startsWith("new:") && resource.label("tier").equals("web") && bed.group.members().matches(resource)));
	}

	@Test
	void observeCallsNothingAndIsJudgedAfterwards() {
		ramp();
		bed.mode = Mode.OBSERVE;
		bed.run(40);
		assertEquals(Plan.State.OBSERVED, bed.plan().state());
		assertTrue(bed.view.changes().isEmpty());
		String plan = bed.plan().id();
		bed.run(120);
		assertEquals(0, bed.creations());
		Verdict verdict = bed.view.verdicts().get(0);
		assertEquals(plan, verdict.plan());
		assertEquals(0, verdict.provisioned());
		assertFalse(verdict.breachAvoided());
		assertTrue(verdict.sentence().contains("Only observed: demand exceeded"), verdict.sentence());
	}

	@Test
	void offPlansNothing() {
		ramp();
		bed.mode = Mode.OFF;
		assertTrue(bed.run(100).plans().isEmpty());
	}

	@Test
	void proposeWaitsForAPersonAndThenCallsInTime() {
		ramp();
		bed.mode = Mode.PROPOSE;
		bed.run(30);
		Plan plan = bed.plan();
		assertEquals(Plan.State.PROPOSED, plan.state());
		bed.run(5);
		assertEquals(plan.id(), bed.plan().id(), "a person must find the plan that was read");
		bed.provisioner.approve(plan.id(), "ada");
		bed.run(1);
		assertEquals(Plan.State.APPROVED, bed.plan().state());
		assertTrue(bed.plan().sentence().contains("Approved by ada"), bed.plan().sentence());
		assertEquals(0, bed.creations(), "approved early, called in time");
		while (bed.now.isBefore(plan.neededBy())) {
			bed.run(1);
		}
		assertEquals(plan.creates(), bed.creations());
		assertTrue(bed.members().size() >= 5);
	}

	@Test
	void aPlanThatNobodyApprovesExpiresAndSaysSo() {
		bed.mode = Mode.PROPOSE;
		bed.demand = minute -> 4 * Bed.SAFE * 1.2;
		bed.step();
		Plan plan = bed.plan();
		bed.run(17);
		Plan expired = bed.view.plans().stream().filter(one -> one.id().equals(plan.id())).findFirst().orElseThrow();
		assertEquals(Plan.State.EXPIRED, expired.state());
		assertTrue(expired.sentence().contains("Nobody approved it by " + plan.approveBy()), expired.sentence());
		assertEquals(Plan.State.PROPOSED, bed.plan().state(), "the need is still there, so it is proposed anew");
		bed.provisioner.approve(plan.id(), "ada");
		bed.run(1);
		assertEquals(0, bed.creations());
		assertTrue(bed.view.statuses().get(Provisioner.JOURNAL).sentence().contains("no plan " + plan.id()), bed.view.statuses().toString());
	}

	@Test
	void anApprovalIsRefusedWhenWhatThePlanSawHasMoved() {
		bed.mode = Mode.PROPOSE;
		bed.demand = minute -> 4 * Bed.SAFE * 1.2;
		bed.step();
		Plan plan = bed.plan();
		bed.provisioner.approve(plan.id(), "ada");
		bed.base = 3;
		bed.run(1);
		Plan moved = bed.view.plans().stream().filter(one -> one.id().equals(plan.id())).findFirst().orElseThrow();
		assertEquals(Plan.State.EXPIRED, moved.state());
		assertTrue(moved.sentence().contains("Ada approved it, but what it saw has moved") || moved.sentence().contains("ada approved it, but what it saw has moved"), moved.sentence());
		assertEquals(0, bed.creations());
	}

	@Test
	void aRejectedPlanIsNotProposedAgainAtOnce() {
		bed.mode = Mode.PROPOSE;
		bed.demand = minute -> 4 * Bed.SAFE * 1.2;
		bed.step();
		bed.provisioner.reject(bed.plan().id(), "ada");
		bed.run(10);
		assertEquals(1, bed.view.plans().size());
		assertEquals(Plan.State.REJECTED, bed.plan().state());
		assertTrue(bed.plan().sentence().contains("Rejected by ada"));
	}

	@Test
	void theKillSwitchStopsNewCallsLetsOthersGoOnAndOutlivesTheProcess() {
		bed.demand = minute -> 4 * Bed.SAFE * (minute < 20 ? 1.1 : 2);
		bed.step();
		long before = bed.creations();
		assertTrue(before > 0);
		bed.provisioner.killSwitch(true, "ada");
		bed.run(10);
		assertTrue(bed.view.killSwitch());
		assertEquals(before, bed.creations());
		assertTrue(bed.view.queue().stream().allMatch(entry -> entry.state() == QueueEntry.State.READY), "what was in flight came to its end: " + bed.view.queue());
		bed.provisioner.close();
		bed.provisioner = null;
		bed.run(40);
		assertTrue(bed.view.killSwitch());
		assertEquals(before, bed.creations());
		Plan refused = bed.plan();
		assertEquals(Plan.State.REFUSED, refused.state());
		assertEquals("kill switch", Guards.refusal(refused.guards()).orElseThrow().guard());
		bed.provisioner.killSwitch(false, "ada");
		bed.run(1);
		assertTrue(bed.creations() > before);
	}

	@Test
	void theQueueMovesFromJournalledToReadyWithProgress() {
		bed.demand = minute -> 4 * Bed.SAFE * 1.1;
		bed.step();
		QueueEntry first = bed.entry(0);
		assertEquals(QueueEntry.State.ACKNOWLEDGED, first.state());
		assertTrue(first.resource().startsWith("vm-"));
		assertEquals(Lifecycle.BUILDING, seen().get(0).lifecycle());
		assertEquals(bed.entry(0).resource(), seen().get(0).id());
		bed.run(1);
		double early = bed.entry(0).progress();
		bed.run(1);
		assertTrue(early > 0 && bed.entry(0).progress() > early && bed.entry(0).progress() < 1, early + " " + bed.entry(0).progress());
		bed.run(1);
		assertEquals(QueueEntry.State.READY, bed.entry(0).state());
		assertEquals(1, bed.entry(0).progress());
		assertTrue(bed.view.changes().stream().noneMatch(change -> change instanceof TopologyChange.ResourceGone gone && gone.id().startsWith("vm-")), "a member that carries load is not taken back");
		LeadTimes.Lead lead = bed.provisioner.leadTimes().of("cloud", "small");
		assertEquals(bed.creations(), lead.observations());
		assertEquals(Duration.ofMinutes(5), lead.p95(), "below 20 observations the declared lead holds");
	}

	@Test
	void aMachineThatNeverCarriesTrafficFailsIsRemovedAndIsReplacedWithPatience() {
		bed.cloud.duds.add(1);
		bed.demand = minute -> 4 * Bed.SAFE * 1.05;
		bed.spread = 1.01;
		bed.run(16);
		assertEquals(1, bed.creations());
		bed.run(1);
		QueueEntry failed = bed.view.queue().stream().filter(entry -> entry.kind() == Action.Kind.CREATE).reduce((a, b) -> b).orElseThrow();
		assertEquals(QueueEntry.State.FAILED, failed.state());
		assertTrue(failed.sentence().contains("No healthy traffic"), failed.sentence());
		bed.run(12);
		assertEquals(2, bed.creations());
		assertTrue(bed.cloud.log.contains("delete i1"), bed.cloud.log.toString());
		assertEquals(Set.of("i2"), bed.cloud.machines.keySet());
		assertEquals(Plan.State.FAILED, bed.view.plans().get(bed.view.plans().size() - 1).state());
	}

	@Test
	void aRefusalFailsThePlanAndTheNextTriesFollowSlower() {
		bed.cloud.refusal = "The project is over its quota of 40 cores.";
		bed.demand = minute -> 4 * Bed.SAFE * 1.1;
		bed.run(60);
		assertTrue(bed.creations() >= 2 && bed.creations() <= 10, "calls: " + bed.creations());
		assertTrue(bed.view.queue().stream().anyMatch(entry -> entry.sentence().contains("over its quota of 40 cores")));
		assertTrue(bed.cloud.machines.isEmpty());
	}

	@Test
	void aLostAnswerIsLookedUpAfterTheSettlingTimeAndNothingIsMadeTwice() {
		bed.cloud.loseAnswers = 1;
		bed.demand = minute -> 4 * Bed.SAFE * 1.05;
		bed.spread = 1.01;
		bed.step();
		assertEquals(QueueEntry.State.UNKNOWN, bed.entry(0).state());
		bed.run(10);
		assertEquals(1, bed.creations());
		assertEquals(QueueEntry.State.READY, bed.entry(0).state());
	}

	@Test
	void aLostCallIsRepeatedWithTheSameTokenOnlyAfterTheSettlingTime() {
		bed.cloud.loseCalls = 1;
		bed.demand = minute -> 4 * Bed.SAFE * 1.05;
		bed.spread = 1.01;
		bed.step();
		bed.run(1);
		assertEquals(1, bed.creations(), "the settling time of 90 s is not over");
		bed.run(9);
		assertEquals(2, bed.creations());
		assertEquals(1, new HashSet<>(bed.cloud.log).size(), bed.cloud.log.toString());
		assertEquals(1, bed.cloud.machines.size());
	}

	@Test
	void anExternalOwnerIsAskedForASize() {
		ScalingGroup web = bed.group;
		bed.group = new ScalingGroup(web.id(), web.name(), web.members(), web.scaling(), ScalingGroup.Owner.EXTERNAL, web.min(), web.max(), web.step(), web.template(), web.placement(), web.demand(), web.readinessCheck(), web.drain());
		bed.demand = minute -> 4 * Bed.SAFE * 1.2;
		bed.step();
		assertEquals(0, bed.creations());
		int size = bed.cloud.sizes.get("web");
		assertTrue(size >= 5 && size <= 6, "size " + size);
		bed.run(5);
		assertEquals(1, bed.cloud.log.size(), "asked once: " + bed.cloud.log);
		assertEquals(size - 4, seen().size());
		bed.base = size;
		bed.run(1);
		assertEquals(QueueEntry.State.READY, bed.entry(0).state());
	}

	@Test
	void theVerdictTellsHowEarlyHowMuchAndWhatItCost() {
		ramp();
		bed.run(240);
		Verdict verdict = bed.view.verdicts().stream().filter(one -> one.breachAvoided()).findFirst().orElseThrow();
		assertTrue(verdict.early().compareTo(Duration.ZERO) >= 0, verdict.toString());
		assertTrue(verdict.peakUse() > 0 && verdict.cost() > 0, verdict.toString());
	}

	@Test
	void whatIsObservedNowCountsEvenWithoutAnyForecast() {
		bed.open();
		bed.cloud.now = bed.now;
		DemandView only = DemandView.observed("requests", 4 * Bed.SAFE * 1.2);
		GroupView view = new GroupView(bed.group, Mode.AUTO, bed.members(), List.of(), List.of(only), 0);
		bed.provisioner.step(bed.now, List.of(view), bed.cloud::healthy);
		assertEquals(2, bed.creations());
	}

	@Test
	void scaleInIsOffUnlessAskedForAndThenSlowAndOnlyOurs() {
		bed.settings = ProvisioningSettings.defaults().withScaleIn(Set.of("web"));
		bed.demand = minute -> 4 * Bed.SAFE * (minute < 60 ? 1.5 : .3);
		bed.run(60);
		int peak = bed.members().size();
		assertTrue(peak >= 6, "members " + peak);
		bed.run(15);
		assertTrue(bed.members().size() >= peak - 2, "not all at once");
		bed.run(120);
		assertEquals(4, bed.members().size(), "all of ours are gone, none of the others");
		assertEquals(peak - 4, bed.cloud.log.stream().filter(line -> line.startsWith("delete")).count());
		assertEquals(bed.creations(), peak - 4, "nothing was made again");
	}

	@Test
	void lostMetricsNeverScaleIn() {
		bed.settings = ProvisioningSettings.defaults().withScaleIn(Set.of("web"));
		bed.demand = minute -> 4 * Bed.SAFE * (minute < 60 ? 1.5 : .3);
		bed.run(60);
		int peak = bed.members().size();
		bed.measured = false;
		bed.run(180);
		assertEquals(peak, bed.members().size());
	}

	@Test
	void allGuardsAreShownInTheirOrderAndTheFirstThatRefusesDecides() {
		bed.skill = -.5;
		ramp();
		bed.run(50);
		assertEquals(List.of("kill switch", "mode", "freshness", "skill", "fencing", "cooldown", "rate", "canary", "blast radius", "cap", "budget", "freeze window"), bed.plan().guards().stream().map(GuardOutcome::guard).toList());
		assertEquals("skill", Guards.refusal(bed.plan().guards()).orElseThrow().guard());
		assertEquals(Plan.State.REFUSED, bed.plan().state());
		assertEquals(0, bed.creations());
	}

	@Test
	void anAccountThatFailsIsSaidAndAskedLessOften() {
		bed.step();
		assertEquals(Status.State.OK, bed.view.statuses().get("cloud").state());
		bed.cloud.broken = new IllegalStateException("nonsense");
		bed.run(1);
		Status status = bed.view.statuses().get("cloud");
		assertEquals(Status.State.FAILED, status.state());
		assertTrue(status.sentence().contains("nonsense") && status.sentence().contains("asked again at"), status.sentence());
		bed.cloud.broken = null;
		bed.run(3);
		assertEquals(Status.State.OK, bed.view.statuses().get("cloud").state());
	}

	@Test
	void aPersonEndsThePauseOfAnAccount() {
		bed.cloud.broken = new IllegalStateException("wrong credentials");
		bed.run(12);
		bed.cloud.broken = null;
		bed.run(1);
		assertEquals(Status.State.FAILED, bed.view.statuses().get("cloud").state(), "it pauses by now for minutes");
		bed.provisioner.retry("cloud", "ada");
		bed.provisioner.retry("nowhere", "ada");
		bed.run(1);
		assertEquals(Status.State.OK, bed.view.statuses().get("cloud").state());
		assertTrue(bed.view.statuses().get(Provisioner.JOURNAL).sentence().contains("There is no account nowhere"));
	}

	private List<Resource> seen() {
		return bed.view.changes().stream().filter(TopologyChange.ResourceSeen.class::isInstance).map(change -> ((TopologyChange.ResourceSeen) change).resource()).toList();
	}
}
