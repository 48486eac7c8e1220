// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.topology.Construction;
import io.shadowweaver.api.topology.Lifecycle;
import io.shadowweaver.api.topology.Resource;

class DemandTest {
	private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

	private static Resource member(String id, double cores) {
		return Resource.live(id, "vm", id, Map.of(), Map.of("cpu", cores, "requests", cores * 100));
	}

	private static Bands flat(double value, long... minutes) {
		float[] values = new float[minutes.length * Levels.COUNT];
		long[] leads = new long[minutes.length];
		for (int i = 0; i < minutes.length; i++) {
			leads[i] = minutes[i] * 60_000;
			for (int level = 0; level < Levels.COUNT; level++) {
				values[i * Levels.COUNT + level] = (float) (value * (1 + (level - Levels.MEDIAN) * .02));
			}
		}
		return new Bands(NOW, leads, values);
	}

	@Test
	void demandDoesNotFallWhenCapacityIsAdded() {
		// the same 6 busy cores on three members and on four
		List<Resource> three = List.of(member("a", 4), member("b", 4), member("c", 4));
		List<Resource> four = List.of(member("a", 4), member("b", 4), member("c", 4), member("d", 4));
		assertEquals(6, GroupDemand.observe(Metric.CPU, three, m -> .5, 0).value(), 1e-12);
		assertEquals(6, GroupDemand.observe(Metric.CPU, four, m -> .375, 0).value(), 1e-12);
	}

	@Test
	void idleUseIsNoDemand() {
		List<Resource> members = List.of(member("a", 4), member("b", 4));
		assertEquals(3, GroupDemand.observe(Metric.CPU, members, m -> .5, .5).value(), 1e-12);
	}

	@Test
	void silentMembersAreFilledUpButNotMostOfThem() {
		List<Resource> members = List.of(member("a", 4), member("b", 4), member("c", 4), member("d", 4));
		assertEquals(8, GroupDemand.observe(Metric.CPU, members, m -> m.id().equals("d") ? Double.NaN : .5, 0).value(), 1e-12);
		assertTrue(Double.isNaN(GroupDemand.observe(Metric.CPU, members, m -> m.id().equals("a") ? .5 : Double.NaN, 0).value()));
	}

	@Test
	void aSaturatedMemberMakesItALowerBound() {
		List<Resource> members = List.of(member("a", 4), member("b", 4));
		assertTrue(GroupDemand.observe(Metric.CPU, members, m -> m.id().equals("a") ? .97 : .5, 0).lowerBound());
		assertFalse(GroupDemand.observe(Metric.CPU, members, m -> .9, 0).lowerBound());
		assertTrue(GroupDemand.observe(Metric.REQUESTS, members, m -> 390, 0).lowerBound());
	}

	@Test
	void idleCostIsFoundInNoise() {
		Random random = new Random(3);
		double[] requests = new double[2000];
		double[] busy = new double[2000];
		for (int i = 0; i < requests.length; i++) {
			requests[i] = 50 + 40 * Math.sin(i / 50.);
			busy[i] = .35 + .02 * requests[i] + random.nextGaussian() * .05;
		}
		requests[17] = Double.NaN;
		IdleCost cost = IdleCost.fit(requests, busy, 2);
		assertEquals(.35, cost.idle(), .01);
		assertTrue(cost.upper() > cost.idle() && cost.upper() < .38, () -> "upper " + cost.upper());
		assertEquals(IdleCost.NONE, IdleCost.fit(new double[100], new double[100], 2));
	}

	@Test
	void projectionMayExceedOneAndFallsWithComingCapacity() {
		Resource coming = new Resource("n", "vm", "n", "", Map.of(), Map.of("cpu", 4.), Lifecycle.BUILDING,
				Optional.of(new Construction("p", NOW, NOW.plusSeconds(1800), NOW.plusSeconds(1200), .3)));
		List<Resource> members = List.of(member("a", 4), coming);
		Bands demand = flat(5.6, 10, 30);
		Bands unattended = Projection.group(demand, Metric.CPU, new ReadyCapacity(members, false), 0);
		assertEquals(1.4, unattended.value(0, Levels.MEDIAN), 1e-6);
		assertEquals(1.4, unattended.value(1, Levels.MEDIAN), 1e-6);
		Bands planned = Projection.group(demand, Metric.CPU, new ReadyCapacity(members, true), 0);
		assertEquals(1.4, planned.value(0, Levels.MEDIAN), 1e-6);
		assertEquals(.7, planned.value(1, Levels.MEDIAN), 1e-6);
		Bands member = Projection.member(demand, Metric.CPU, members.getFirst(), 1.1, new ReadyCapacity(members, true).over("cpu", demand), .2);
		assertEquals(5.6 / 8 * 1.1 + .2 / 4, member.value(1, Levels.MEDIAN), 1e-6);
	}

	@Test
	void membersOfAProjectionAddUpToTheDemand() {
		List<Resource> members = List.of(member("a", 2), member("b", 4), member("c", 8));
		Imbalance imbalance = new Imbalance();
		Map<String, Double> use = Map.of("a", .66, "b", .6, "c", .54);
		imbalance.observe(members, m -> use.get(m.id()));
		assertEquals(1.1, imbalance.of("a"), 1e-12);
		assertEquals(1.1, imbalance.worst(), 1e-12);
		Bands demand = flat(9, 5);
		ReadyCapacity ready = new ReadyCapacity(members, false);
		double sum = 0;
		for (Resource member : members) {
			double[] capacity = ready.over("cpu", demand, each -> imbalance.of(each.id()));
			sum += Projection.member(demand, Metric.CPU, member, imbalance.of(member.id()), capacity, 0).value(0, Levels.MEDIAN) * member.capacity("cpu");
		}
		assertEquals(9, sum, 1e-5);
	}
}
