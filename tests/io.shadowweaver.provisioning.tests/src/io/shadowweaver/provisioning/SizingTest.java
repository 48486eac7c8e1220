// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.Need;
import io.shadowweaver.api.topology.DemandTarget;
import io.shadowweaver.api.topology.InstanceCapacity;
import io.shadowweaver.api.topology.Lifecycle;
import io.shadowweaver.api.topology.Placement;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Selector;
import io.shadowweaver.api.topology.Template;

class SizingTest {
	private static final ProvisioningSettings.Planning PLANNING = ProvisioningSettings.defaults().planning();
	private static final Instant SOON = Bed.START.plus(Duration.ofMinutes(30));

	private static Bed bed(double median, double spread) {
		Bed bed = new Bed(Path.of("unused"));
		bed.demand = minute -> median;
		bed.spread = spread;
		return bed;
	}

	@Test
	void requiredIsTheQuantileDividedByWhatAMemberSafelyCarries() {
		Bed bed = bed(400, 1.2);
		assertEquals(5, Sizing.required(bed.groupView(), SOON, .5));
		assertEquals(6, Sizing.required(bed.groupView(), SOON, .9));
		assertEquals(7, Sizing.required(bed.groupView(), SOON, .99));
		assertEquals(-1, Sizing.required(bed.groupView(), Bed.START.plus(Duration.ofDays(2)), .9), "behind the end of the forecast");
	}

	@Test
	void theLowerCapacityIsUsed() {
		Bed bed = bed(400, 1);
		GroupView view = bed.groupView();
		GroupView learned = new GroupView(view.group(), Mode.AUTO, view.liveMembers(), List.of(new InstanceCapacity("web", "cloud", "small", "requests", 80, 50, InstanceCapacity.Basis.LEARNED, Bed.START)), view.demand(), 0);
		assertEquals(8, Sizing.required(learned, SOON, .5));
	}

	@Test
	void theWorstMetricBindsAndTheLimitsClamp() {
		Bed bed = bed(400, 1);
		ScalingGroup web = bed.group;
		ScalingGroup two = new ScalingGroup("web", "web", Selector.of("tier", "web"), web.scaling(), web.owner(), 2, 9, 1, web.template(), web.placement(), List.of(new DemandTarget("requests", .8), new DemandTarget("cpu", .5)), "traffic", Duration.ZERO);
		List<Resource> members = List.of(Resource.live("m", "vm", "m", Map.of(), Map.of("requests", 100., "cpu", 4.)));
		for (double cores : new double[] { 1, 15, 60 }) {
			GroupView view = new GroupView(two, Mode.AUTO, members, List.of(), List.of(new DemandView("requests", Bed.bands(Bed.START, 1, m -> 400), 400, 0, .8), new DemandView("cpu", Bed.bands(Bed.START, 1, m -> cores), cores, 0, .8)), 0);
			assertEquals(cores == 1 ? 5 : cores == 15 ? 8 : 9, Sizing.required(view, SOON, .5), cores + " cores");
			Requirement full = Sizing.requirement(view, Sizing.ready(view), Capacities.unit(view), SOON, .5, 0).orElseThrow();
			assertEquals(cores == 60, full.capped());
			assertEquals(cores == 1 ? "requests" : "cpu", full.metric());
		}
	}

	@Test
	void theLossOfAZoneIsSurvived() {
		Bed bed = bed(320, 1);
		bed.group = Bed.group("web", 1, 40, 1, new Placement(List.of("a", "b", "c"), 1, true));
		int required = Sizing.required(bed.groupView(), SOON, .5);
		assertEquals(6, required, "four carry it, and six in three zones leave four");
	}

	@Test
	void needsSayWhenHowMuchAndHowLikely() {
		Bed bed = new Bed(Path.of("unused"));
		bed.spread = 1.1;
		bed.demand = minute -> minute >= 28 && minute <= 32 ? 500 : 200;
		List<Need> needs = Sizing.needs(bed.groupView(), Bed.START, PLANNING);
		assertEquals(1, needs.size(), needs.toString());
		Need need = needs.get(0);
		assertTrue(need.from().isAfter(Bed.START.plus(Duration.ofMinutes(15))) && need.from().isBefore(SOON), need.toString());
		assertTrue(need.until().orElseThrow().isAfter(SOON));
		assertEquals(3, need.deficit());
		assertEquals(320, need.readyCapacity(), 1e-6);
		assertEquals(550, need.demand(), 1e-3);
		assertTrue(need.probability() > .97, "probability " + need.probability());
	}

	@Test
	void needsRiseFromWhatIsReadyNotFromWhatComes() {
		Bed bed = bed(400, 1.1);
		List<Resource> members = new ArrayList<>(bed.members());
		members.set(0, members.get(0).with(Lifecycle.DRAINING));
		GroupView view = bed.groupView();
		GroupView draining = new GroupView(view.group(), view.mode(), members, view.capacities(), view.demand(), 0);
		assertEquals(3, draining.ready());
		assertEquals(3, Sizing.needs(draining, Bed.START, PLANNING).get(0).deficit());
	}

	@Test
	void aNeedOverTheMaximumIsCapped() {
		Bed bed = bed(4000, 1.1);
		Need need = Sizing.needs(bed.groupView(), Bed.START, PLANNING).get(0);
		assertTrue(need.capped());
		assertEquals(40, need.required());
		assertEquals(51, need.deficit());
	}

	@Test
	void theLeastNumberOfMembersIsANeedToo() {
		Bed bed = bed(10, 1);
		bed.group = Bed.group("web", 6, 40, 1, Placement.ANYWHERE);
		assertEquals(2, Sizing.needs(bed.groupView(), Bed.START, PLANNING).get(0).deficit());
	}

	@Test
	void largerMembersThatAreThereCountWithTheirOwnSize() {
		Bed bed = bed(640, 1);
		List<Resource> large = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			large.add(Resource.live("large-" + i, "vm", "large", Map.of("tier", "web"), Map.of("requests", 200.)));
		}
		GroupView view = bed.groupView();
		GroupView mixed = new GroupView(view.group(), view.mode(), large, List.of(new InstanceCapacity("web", "cloud", "small", "requests", 80, 80, InstanceCapacity.Basis.DECLARED, Bed.START)), view.demand(), 0);
		assertEquals(4, Sizing.required(mixed, SOON, .5));
		assertTrue(Sizing.needs(mixed, Bed.START, new ProvisioningSettings.Planning(.5, 1, Duration.ZERO, Duration.ofHours(1), Duration.ZERO, Duration.ofMinutes(1), Duration.ZERO, Duration.ZERO, Duration.ZERO)).isEmpty());
	}

	@Test
	void whatWasLearnedOfTheSmallestMemberHoldsForAllInProportion() {
		Bed bed = bed(180, 1);
		List<Resource> members = new ArrayList<>(bed.members().subList(0, 2));
		members.add(Resource.live("large", "vm", "large", Map.of("tier", "web"), Map.of("requests", 200.)));
		GroupView view = bed.groupView();
		GroupView learned = new GroupView(view.group(), view.mode(), members, List.of(new InstanceCapacity("web", "cloud", "small", "requests", 50, 40, InstanceCapacity.Basis.LEARNED, Bed.START)), view.demand(), 0);
		assertEquals(160, Sizing.ready(learned).of("requests"), 1e-9);
		assertEquals(4, Sizing.required(learned, SOON, .5));
	}

	@Test
	void aGroupWithoutAnyKnowledgeNeedsNothing() {
		GroupView blind = new GroupView(new ScalingGroup("g", "g", Selector.of("a", "b"), ScalingGroup.Scaling.HORIZONTAL, ScalingGroup.Owner.WEAVER, 0, 9, 1, Template.NONE, Placement.ANYWHERE, List.of(new DemandTarget("requests", .8)), "traffic", Duration.ZERO),
				Mode.AUTO, List.of(), List.of(), List.of(new DemandView("requests", Optional.empty(), Double.NaN, Double.NaN, Double.NaN)), 0);
		assertEquals(-1, Sizing.required(blind, SOON, .9));
		assertTrue(Sizing.needs(blind, Bed.START, PLANNING).isEmpty());
	}
}
