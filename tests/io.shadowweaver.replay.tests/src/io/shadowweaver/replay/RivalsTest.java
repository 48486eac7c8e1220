// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.replay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RivalsTest {
	private static final Units NONE = new Units(0);
	private static final Duration MINUTE = Duration.ofMinutes(1);
	private static final Duration HOUR = Duration.ofHours(1);

	private static Rivals rivals(int lead, Duration step, double... demand) {
		return new Rivals(demand, lead, step, NONE);
	}

	/** A daily wave with noise. */
	static double[] wave(int length, int day, long seed) {
		Random random = new Random(seed);
		double[] values = new double[length];
		Arrays.setAll(values, t -> (100 + 60 * Math.sin(2 * Math.PI * t / day)) * Math.exp(.1 * random.nextGaussian()));
		return values;
	}

	@Test
	void lastIsTheValueOneLeadBefore() {
		double[] capacity = rivals(2, HOUR, 5, 7, Double.NaN, 9, 1).of(Policy.LAST).decide(2);
		// a gap is bridged by the value before it; the first ones have the first value
		assertArrayEquals(new double[] { 10, 10, 10, 14, 14 }, capacity);
	}

	@Test
	void max6IsTheMaximumOfSixKnownValues() {
		double[] capacity = rivals(1, HOUR, 9, 1, 2, 3, 4, 5, 6, 7, 8).of(Policy.MAX6).decide(1);
		assertArrayEquals(new double[] { 9, 9, 9, 9, 9, 9, 9, 6, 7 }, capacity);
	}

	@Test
	void seasonalIsTheDayBefore() {
		double[] demand = new double[60];
		Arrays.setAll(demand, t -> t);
		double[] capacity = rivals(2, HOUR, demand).of(Policy.SEASONAL).decide(1);
		assertEquals(30 - 24, capacity[30]);
		assertEquals(10 - 2, capacity[10]);
		// a lead of more than a day needs two days
		assertEquals(55 - 48, rivals(30, HOUR, demand).of(Policy.SEASONAL).decide(1)[55]);
	}

	@Test
	void targetTrackingGrowsAtOnceAndShrinksAfterAQuarterOfAnHour() {
		double[] demand = new double[40];
		Arrays.fill(demand, 100);
		Arrays.fill(demand, 10, 40, 50);
		demand[12] = 95;
		double[] capacity = rivals(1, MINUTE, demand).of(Policy.TRACKING).decide(2);
		assertEquals(200, capacity[1]);
		// minutes 14 to 28 are low without a break: it shrinks with the fifteenth, and is late by the lead
		assertEquals(200, capacity[27]);
		assertEquals(100, capacity[28]);
	}

	@Test
	void thePodAutoscalerKeepsTheLargestWishOfFiveMinutes() {
		double[] demand = { 100, 105, 100, 50, 50, 50, 50, 50, 50, 50, 50 };
		double[] capacity = rivals(1, MINUTE, demand).of(Policy.HPA).decide(1);
		// within a tenth nothing happens; 50 counts once the wish of 100 is more than 300 s old
		assertArrayEquals(new double[] { 100, 100, 100, 100, 100, 100, 100, 100, 100, 50, 50 }, capacity);
	}

	@Test
	void theHistogramIsAPercentileOfTheDecayedPast() {
		double[] demand = new double[100];
		Arrays.fill(demand, 10);
		for (int t = 0; t < 100; t += 10) {
			demand[t] = 100;
		}
		Rival histogram = rivals(1, MINUTE, demand).of(Policy.HISTOGRAM);
		assertEquals(100, histogram.decide(.95)[99], 5);
		assertEquals(10, histogram.decide(.8)[99], .6);
		assertEquals(200, histogram.decide(2)[99], 10);
		double[] old = new double[1440 * 8];
		Arrays.fill(old, 10);
		Arrays.fill(old, 0, 1440, 100);
		// after a week a day of 100 has a weight of about 1 in 256
		assertEquals(10, rivals(1, MINUTE, old).of(Policy.HISTOGRAM).decide(.98)[old.length - 1], .6);
		assertEquals(100, rivals(1, MINUTE, old).of(Policy.HISTOGRAM).decide(.999)[old.length - 1], 5);
	}

	@Test
	void theHourlyForecastIsTheMeanOfTheSameHourKnownAtARefresh() {
		double[] demand = new double[24 * 4];
		Arrays.setAll(demand, t -> t % 24 + t / 24 * 100);
		double[] forecast = rivals(1, HOUR, demand).of(Policy.HOURLY48).decide(1);
		// hour 20 of the third day: refreshed at hour 18, knows that hour of two days
		assertEquals((20 + 120) / 2., forecast[2 * 24 + 20]);
		// hour 2 of the third day, refreshed at midnight
		assertEquals((2 + 102) / 2., forecast[2 * 24 + 2]);
	}

	@ParameterizedTest
	@EnumSource(names = { "LAST", "MAX6", "TRACKING", "HOURLY48", "HPA", "HISTOGRAM", "SEASONAL", "STATIC" })
	void hindsightReachesTheTargetAndNoMore(Policy policy) {
		double[] demand = wave(4000, 288, 1);
		Rival rival = rivals(2, Duration.ofMinutes(5), demand).of(policy);
		for (double target : new double[] { .003, .01, .03, .1 }) {
			double generosity = Hindsight.tune(rival, target, capacity -> Outcome.violations(demand, capacity, 400));
			double violations = Outcome.violations(demand, rival.decide(generosity), 400);
			assertTrue(violations <= target, policy + " " + target + ": " + violations);
			// buckets of a twentieth are coarse, the others are exact to a few steps
			assertTrue(violations > target * (policy == Policy.HISTOGRAM ? .5 : .85), policy + " " + target + ": " + violations);
		}
	}

	@Test
	void whereNoHeadroomSufficesTheLeastThatHelpsIsTaken() {
		double[] demand = { 0, 0, 0, 8, 8, 8, 8, 4, 4, 4 };
		Rival last = rivals(1, HOUR, demand).of(Policy.LAST);
		// the rise from nothing is a violation at any headroom, all else is held by 1
		double generosity = Hindsight.tune(last, .01, capacity -> Outcome.violations(demand, capacity, 1));
		assertEquals(1, generosity, 1e-9);
	}

	@ParameterizedTest
	@EnumSource(names = { "LAST", "MAX6", "TRACKING", "HOURLY48", "HPA", "HISTOGRAM", "SEASONAL" })
	void aRuleDoesNotKnowWhatIsLessThanALeadAgo(Policy policy) {
		double[] demand = wave(1500, 288, 2);
		double[] other = demand.clone();
		int from = 1000;
		for (int t = from; t < other.length; t++) {
			other[t] = demand[t] * .3;
		}
		double[] before = rivals(3, Duration.ofMinutes(5), demand).of(policy).decide(.99);
		double[] after = rivals(3, Duration.ofMinutes(5), other).of(policy).decide(.99);
		assertArrayEquals(Arrays.copyOf(before, from + 3), Arrays.copyOf(after, from + 3));
	}

	@Test
	void unitsAreRoundedUp() {
		Units units = new Units(4);
		assertArrayEquals(new double[] { 0, 4, 4, 8, 12 }, units.up(new double[] { 0, 1, 4, 4.1, 12 + 1e-12 }));
		assertThrows(IllegalArgumentException.class, () -> new Units(-1));
		for (double value : List.of(.3, 7.)) {
			assertEquals(value, NONE.up(value));
		}
	}

	@Test
	void theClairvoyantHasTheDemandInUnits() {
		assertArrayEquals(new double[] { 4, 4, 8 }, new Rivals(new double[] { 3, Double.NaN, 5 }, 1, HOUR, new Units(4)).clairvoyant());
	}
}
