// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.replay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;

class ReplayTest {
	private static final Duration STEP = Duration.ofMinutes(5);
	private static final Duration LEAD = Duration.ofMinutes(10);
	private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
	private static final SeriesId ID = new SeriesId("web", "requests");

	private static Series series(double... values) {
		return Series.of(START, STEP, values);
	}

	private static List<Replay.Row> run(Series demand, double unit, Policy policy, Double... targets) {
		return new Replay(List.of(), LEAD, List.of(targets), unit, EnumSet.of(policy)).run(ID, Metric.REQUESTS, demand);
	}

	@Test
	void allPoliciesAnswerInTheirOrder() {
		List<Replay.Row> rows = new Replay(List.of(), LEAD, List.of(.01, .03), 0, EnumSet.allOf(Policy.class)).run(ID, Metric.REQUESTS,
				series(RivalsTest.wave(3000, 288, 1)));
		assertEquals(2 * Policy.values().length, rows.size());
		assertEquals(Policy.SHADOW, rows.getFirst().policy());
		assertEquals(.03, rows.getLast().target());
		for (Replay.Row row : rows) {
			assertEquals(2700, row.outcome().counted());
			assertTrue(row.outcome().violations() <= row.target() || row.policy() == Policy.SHADOW, row.policy() + ": " + row.outcome());
		}
		Outcome clairvoyant = rows.get(Policy.CLAIRVOYANT.ordinal()).outcome();
		assertEquals(0, clairvoyant.violations());
		assertEquals(0, clairvoyant.cost(100), 1e-12);
		assertTrue(rows.stream().allMatch(row -> row.outcome().cost(100) >= clairvoyant.cost(100)));
	}

	@Test
	void oursHoldsTheTargetByItself() {
		Random random = new Random(3);
		double[] demand = RivalsTest.wave(12_000, 288, 4);
		for (int t = 0; t < demand.length; t++) {
			// twice as much from the middle on, and bursts
			demand[t] *= (t > 6000 ? 2 : 1) * (random.nextInt(40) == 0 ? 1.5 : 1);
		}
		for (Replay.Row row : run(series(demand), 0, Policy.SHADOW, .01, .03, .1)) {
			assertEquals(row.target(), row.outcome().violations(), .2 * row.target());
		}
	}

	@Test
	void oursDoesNotKnowWhatIsLessThanALeadAgo() {
		double[] demand = RivalsTest.wave(2000, 288, 5);
		double[] other = demand.clone();
		int from = 1500;
		Arrays.fill(other, from, other.length, 1);
		double[] before = run(series(demand), 0, Policy.SHADOW, .01).getFirst().capacity();
		double[] after = run(series(other), 0, Policy.SHADOW, .01).getFirst().capacity();
		assertArrayEquals(Arrays.copyOf(before, from + 2), Arrays.copyOf(after, from + 2));
		assertTrue(before[from + 2] != after[from + 2]);
	}

	@Test
	void capacityComesInUnits() {
		double unit = 25;
		for (Policy policy : Policy.values()) {
			Replay.Row row = run(series(RivalsTest.wave(3000, 288, 6)), unit, policy, .03).getFirst();
			for (double capacity : row.capacity()) {
				assertEquals(Math.rint(capacity / unit), capacity / unit, 1e-9, policy + ": " + capacity);
			}
		}
	}

	@Test
	void theWarmUpDoesNotCount() {
		double[] demand = new double[1000];
		Arrays.fill(demand, 10);
		Arrays.fill(demand, 0, 100, 1000);
		Replay.Row row = run(series(demand), 0, Policy.STATIC, .01).getFirst();
		assertEquals(900, row.outcome().counted());
		assertEquals(0, row.outcome().overProvision(), 1e-9);
	}

	@Test
	void unitsOfTheDemandDoNotMatter() {
		double[] demand = RivalsTest.wave(2000, 288, 7);
		Outcome small = run(series(demand), 0, Policy.SHADOW, .03).getFirst().outcome();
		Outcome large = run(series(Arrays.stream(demand).map(value -> value * 1e6).toArray()), 0, Policy.SHADOW, .03).getFirst().outcome();
		assertEquals(small.overProvision(), large.overProvision(), .02);
		// too large for forecasts: decided by the demand alone
		Outcome huge = run(series(Arrays.stream(demand).map(value -> value * 1e200).toArray()), 0, Policy.SHADOW, .03).getFirst().outcome();
		assertEquals(.03, huge.violations(), .006);
		assertEquals(small.overProvision(), huge.overProvision(), .05);
	}

	@Test
	void badDemandsAreFiniteOrRefused() {
		double[] zeros = new double[500];
		assertEquals(0, run(series(zeros), 0, Policy.SHADOW, .01).getFirst().outcome().violations());
		double[] gaps = RivalsTest.wave(1000, 288, 8);
		Arrays.fill(gaps, 0, 50, Double.NaN);
		Arrays.fill(gaps, 300, 700, Double.NaN);
		Outcome outcome = run(series(gaps), 0, Policy.SHADOW, .05).getFirst().outcome();
		assertEquals(500, outcome.counted());
		assertTrue(Double.isFinite(outcome.overProvision()));
		assertTrue(Replay.unusable(series(1, -1)).contains("-1"));
		assertEquals("It has no sample.", Replay.unusable(series(Double.NaN)));
		assertThrows(IllegalArgumentException.class, () -> run(series(1, 2, 3, 4), 0, Policy.LAST, .01));
		assertThrows(IllegalArgumentException.class, () -> run(series(1, 2, 3, 4, 5), 0, Policy.LAST, 1.));
	}
}
