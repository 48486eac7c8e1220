// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.topology.Placement;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Template;

class PlannerTest {
	private final Bed bed = new Bed(Path.of("unused"));

	private Planner.Result plan(List<Offer> offers, String... allowed) {
		ScalingGroup web = bed.group;
		Template template = new Template("cloud", List.of(allowed), "", "", "", web.template().tags(), "");
		bed.group = new ScalingGroup(web.id(), web.name(), web.members(), web.scaling(), web.owner(), web.min(), web.max(), web.step(), template, web.placement(), web.demand(), web.readinessCheck(), web.drain());
		LeadTimes leads = new LeadTimes(Duration.ZERO, Duration.ZERO).declared("cloud", offers);
		return new Planner(ProvisioningSettings.defaults()).scaleOut(bed.groupView(), new Coming(List.of(), 0), Map.of("cloud", offers), List.of(), leads, Bed.START);
	}

	private void demand(double value) {
		bed.demand = minute -> value;
		bed.spread = 1;
		bed.base = 10;
	}

	@Test
	void theCheapestThatMeetsTheNeedIsTakenAndTheOthersSayWhyTheyLost() {
		demand(800 + 150);
		List<Offer> offers = List.of(ListedCloud.offer("small", 100, .10, 50), ListedCloud.offer("large", 300, .25, 50), ListedCloud.offer("odd", 100, Double.NaN, 50), ListedCloud.offer("none", 400, .01, 0), ListedCloud.offer("other", 400, .01, 9));
		Draft draft = plan(offers, "small", "large", "odd", "none", "gone").draft().orElseThrow();
		assertEquals("large", draft.actions().get(0).offer());
		assertEquals(1, draft.size(), "one large carries 240, three small would be needed");
		assertEquals(.25, draft.costPerHour(), 1e-9);
		Map<String, String> lost = new TreeMap<>();
		draft.alternatives().forEach(one -> lost.put(one.sentence(), one.reason()));
		assertEquals("it costs 0.050 EUR more an hour", lost.get("3 × small"), lost.toString());
		assertEquals("its price is not known", lost.get("3 × odd"), lost.toString());
		assertEquals("its quota is used up", lost.get("none"), lost.toString());
		assertEquals("the provider does not offer it", lost.get("gone"), lost.toString());
		assertEquals(4, lost.size(), "what the template does not allow is not even looked at");
	}

	@Test
	void whenNoQuotaSufficesAllThatThereIsIsTakenAndSaysSo() {
		demand(800 + 380);
		Draft draft = plan(List.of(ListedCloud.offer("small", 100, .10, 3), ListedCloud.offer("tiny", 50, .01, 2)), "tiny", "small").draft().orElseThrow();
		assertEquals(Map.of("small", 3, "tiny", 2), made(draft));
		assertTrue(draft.sentence().contains("11 would meet the need; the quota leaves 5"), draft.sentence());
		assertEquals("its quota leaves 3 of 6", draft.alternatives().get(0).reason(), draft.alternatives().toString());
		assertEquals("its quota leaves 2 of 11", draft.alternatives().get(1).reason(), draft.alternatives().toString());
	}

	private static Map<String, Integer> made(Draft draft) {
		Map<String, Integer> made = new TreeMap<>();
		draft.actions().forEach(action -> made.merge(action.offer(), action.count(), Integer::sum));
		return made;
	}

	@Test
	void nothingToBeHadIsTroubleWithAReason() {
		demand(1200);
		Planner.Result result = plan(List.of(ListedCloud.offer("small", 100, .10, 0)), "small", "gone");
		assertTrue(result.draft().isEmpty());
		assertEquals("small: its quota is used up; gone: the provider does not offer it", result.trouble());
	}

	@Test
	void zonesAreFilledEvenly() {
		demand(1030);
		bed.group = Bed.group("web", 1, 40, 1, new Placement(List.of("a", "b"), 1, false));
		Draft draft = plan(List.of(ListedCloud.offer("small", 100, .10, 50)), "small").draft().orElseThrow();
		Map<String, Integer> added = new TreeMap<>();
		draft.actions().forEach(action -> added.put(action.zone(), action.count()));
		// the members stand 4, 3 and 3 in a, b and c; c is not allowed
		assertEquals(Map.of("a", 2, "b", 2), added);
	}

	@Test
	void membersComeInMultiplesOfTheStepUpToTheMaximum() {
		demand(800 + 10);
		bed.group = Bed.group("web", 1, 40, 3, Placement.ANYWHERE);
		assertEquals(3, plan(List.of(ListedCloud.offer("small", 100, .10, 50)), "small").draft().orElseThrow().size());
		bed.group = Bed.group("web", 1, 12, 3, Placement.ANYWHERE);
		assertEquals(2, plan(List.of(ListedCloud.offer("small", 100, .10, 50)), "small").draft().orElseThrow().size());
	}

	@Test
	void onlyTheNeedUntilTheNextChanceIsPlannedNow() {
		demand(0);
		bed.demand = minute -> minute < 20 ? 850 : 1600;
		Draft draft = plan(List.of(ListedCloud.offer("small", 100, .10, 50)), "small").draft().orElseThrow();
		assertTrue(draft.size() >= 2 && draft.size() <= 4, "the later need is for a later plan: " + draft.sentence());
		assertTrue(draft.sentence().contains("late by 6 min"), draft.sentence());
	}

	@Test
	void aDatabaseIsNeverScaledAndAVerticalGroupSaysWhatIsInTheWay() {
		demand(2000);
		ScalingGroup web = bed.group;
		for (ScalingGroup.Scaling scaling : List.of(ScalingGroup.Scaling.NONE, ScalingGroup.Scaling.VERTICAL)) {
			bed.group = new ScalingGroup(web.id(), web.name(), web.members(), scaling, web.owner(), web.min(), web.max(), web.step(), web.template(), web.placement(), web.demand(), web.readinessCheck(), web.drain());
			Planner.Result result = plan(List.of(ListedCloud.offer("small", 100, .10, 50)), "small");
			assertTrue(result.draft().isEmpty());
			assertEquals(scaling == ScalingGroup.Scaling.NONE, result.trouble().isEmpty());
		}
	}

	@Test
	void theSamePlanHasTheSameTokensInEveryProcess() {
		demand(1000);
		Draft draft = plan(List.of(ListedCloud.offer("small", 100, .10, 50)), "small").draft().orElseThrow();
		Plan plan = draft.toPlan("web-7", Plan.State.APPROVED, Bed.START);
		List<String> tokens = Intents.of("estate", plan, draft, bed.groupView(), Map.of(), List.of(), Bed.START).stream().map(Intent::token).toList();
		assertEquals(draft.size(), tokens.stream().distinct().count());
		assertEquals(tokens, Intents.of("estate", plan, draft, bed.groupView(), Map.of(), List.of(), Bed.START.plusSeconds(9)).stream().map(Intent::token).toList());
		assertTrue(tokens.stream().noneMatch(Intents.of("other", plan, draft, bed.groupView(), Map.of(), List.of(), Bed.START).stream().map(Intent::token).toList()::contains));
	}
}
