// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting.capacity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.forecast.Levels;

class CapacityPolicyTest {
	private static final int LEAD = 2;
	private static final int DAY = 288;

	/** What a policy does over a demand: the share of violations behind a warm-up and the mean capacity. */
	private record Course(double violations, double capacity) {
	}

	private static Course run(double target, int length, IntToDoubleFunction demand, IntToDoubleFunction median) {
		CapacityPolicy policy = new CapacityPolicy(new double[] { target }, LEAD, DAY, 0);
		double[] capacity = new double[length + LEAD];
		int violations = 0;
		double sum = 0;
		int first = length / 10;
		for (int t = 0; t < length; t++) {
			double value = demand.applyAsDouble(t);
			if (t >= first) {
				violations += value > capacity[t] ? 1 : 0;
				sum += capacity[t];
			}
			capacity[t + LEAD] = policy.next(value, median == null ? null : quantiles(median.applyAsDouble(t + LEAD)))[0];
			assertTrue(capacity[t + LEAD] >= 0 && Double.isFinite(capacity[t + LEAD]), "step " + t);
		}
		return new Course((double) violations / (length - first), sum / (length - first));
	}

	private static double[] quantiles(double median) {
		double[] quantiles = new double[Levels.COUNT];
		Arrays.setAll(quantiles, level -> median * (1 + .1 * (level - Levels.MEDIAN)));
		return quantiles;
	}

	private static double[] noise(int length, long seed) {
		Random random = new Random(seed);
		double[] noise = new double[length];
		Arrays.setAll(noise, t -> Math.exp(.2 * random.nextGaussian()));
		return noise;
	}

	private static double wave(int t) {
		return 100 + 80 * Math.sin(2 * Math.PI * t / DAY);
	}

	@Test
	void theTargetIsHeldOnNoise() {
		double[] noise = noise(10_000, 1);
		for (double target : new double[] { .01, .03, .1 }) {
			assertEquals(target, run(target, noise.length, t -> 100 * noise[t], null).violations, .15 * target);
		}
	}

	@Test
	void theTargetIsHeldThroughShiftsAndBursts() {
		double[] noise = noise(12_000, 2);
		IntToDoubleFunction demand = t -> noise[t] * wave(t) * (t / 3000 % 2 + 1) * (t % 500 < 6 ? 3 : 1);
		assertEquals(.02, run(.02, noise.length, demand, null).violations, .004);
	}

	@Test
	void aGoodForecastSavesCapacityAndABadOneCostsLittle() {
		double[] noise = noise(10_000, 3);
		IntToDoubleFunction demand = t -> noise[t] * wave(t) * (t % 288 < 12 ? 4 : 1);
		Course none = run(.01, noise.length, demand, null);
		Course good = run(.01, noise.length, demand, t -> wave(t) * (t % 288 < 12 ? 4 : 1));
		Random random = new Random(4);
		Course bad = run(.01, noise.length, demand, t -> 1000 * random.nextDouble());
		assertTrue(good.capacity < .95 * none.capacity, good + " " + none);
		assertTrue(bad.capacity < 1.1 * none.capacity, bad + " " + none);
		assertEquals(.01, good.violations, .002);
		assertEquals(.01, bad.violations, .002);
	}

	@Test
	void aConstantDemandNeedsJustItself() {
		Course course = run(.01, 2000, t -> 7, null);
		assertEquals(7, course.capacity, .01);
		assertEquals(0, run(.01, 2000, t -> 0, null).capacity);
	}

	@Test
	void nothingIsDecidedBeforeThereIsADemand() {
		CapacityPolicy policy = new CapacityPolicy(new double[] { .01, .1 }, 3, DAY, 0);
		assertArrayEquals(new double[] { Double.NaN, Double.NaN }, policy.next(Double.NaN, null));
		assertArrayEquals(new double[] { 15, 15 }, policy.next(10, null));
	}

	@Test
	void unitsThatWereAddedStayForALead() {
		double[] noise = noise(4000, 6);
		CapacityPolicy policy = new CapacityPolicy(new double[] { .02 }, LEAD, DAY, 8);
		double before = 0;
		double added = 0;
		int since = 0;
		int falls = 0;
		for (int t = 0; t < noise.length; t++, since++) {
			double capacity = policy.next(100 * wave(t) * noise[t], null)[0];
			falls += capacity < before ? 1 : 0;
			if (capacity > before) {
				added = capacity;
				since = 0;
			}
			assertTrue(capacity >= added || since >= LEAD, "at step " + t + " " + capacity + " after " + added + " " + since + " steps before");
			before = capacity;
		}
		assertTrue(falls > 50, "it does go down: " + falls);
	}

	@Test
	void capacityComesInUnitsAndMoreViolationsNeedNoMore() {
		double[] noise = noise(5000, 5);
		CapacityPolicy policy = new CapacityPolicy(new double[] { .003, .03 }, LEAD, DAY, 8);
		double strict = 0;
		double loose = 0;
		for (int t = 0; t < noise.length; t++) {
			double[] capacity = policy.next(noise[t] * wave(t), null);
			assertEquals(0, Math.IEEEremainder(capacity[0], 8), 1e-9);
			strict += capacity[0];
			loose += capacity[1];
		}
		assertTrue(loose < strict);
	}

	@Test
	void wrongTermsAreRefused() {
		for (double target : new double[] { 0, 1, Double.NaN }) {
			assertThrows(IllegalArgumentException.class, () -> new CapacityPolicy(new double[] { target }, 1, 1, 0));
		}
		assertThrows(IllegalArgumentException.class, () -> new CapacityPolicy(new double[] { .1 }, 0, 1, 0));
		assertThrows(IllegalArgumentException.class, () -> new CapacityPolicy(new double[] { .1 }, 1, 1, -1));
	}

	@Test
	void scoresAreForgottenInTheirOrder() {
		ScoreWindow window = new ScoreWindow(100);
		assertFalse(window.isReady());
		for (int i = 0; i < 1000; i++) {
			window.add((i * 37) % 1000);
		}
		double[] last = new double[100];
		Arrays.setAll(last, i -> ((900 + i) * 37) % 1000);
		Arrays.sort(last);
		// of 100 scores the tenth from above, with n + 1
		assertEquals(last[90] - (last[90] - last[89]) * .1, window.exceededBy(.1), 1e-9);
		assertTrue(window.exceededBy(.001) > last[99]);
		assertEquals(last[0], window.exceededBy(1), 1e-9);
	}

	@Test
	void theBudgetIsStricterAfterViolationsAndLooserWithoutAny() {
		ViolationBudget budget = new ViolationBudget(.01);
		assertEquals(.01, budget.share(), 1e-12);
		for (int i = 0; i < 300; i++) {
			budget.book(false);
		}
		assertEquals(.01 * Math.exp(.35 * 3), budget.share(), 1e-6);
		for (int i = 0; i < 5; i++) {
			budget.book(true);
			budget.book(false);
		}
		assertTrue(budget.share() < .01);
		ViolationBudget runs = new ViolationBudget(.01);
		for (int i = 0; i < 5; i++) {
			runs.book(true);
		}
		runs.book(false);
		for (int i = 0; i < 300; i++) {
			runs.book(false);
		}
		// one run of five says less than five single ones
		assertTrue(runs.share() > budget.share());
	}

	@Test
	void theMaximumSlides() {
		SlidingMaximum maximum = new SlidingMaximum(3);
		assertTrue(Double.isNaN(maximum.value()));
		double[] values = { 5, 3, 4, 1, Double.NaN, Double.NaN, Double.NaN };
		double[] expected = { 5, 5, 5, 4, 4, 1, Double.NaN };
		for (int t = 0; t < values.length; t++) {
			maximum.add(t, values[t]);
			assertEquals(expected[t], maximum.value(), "step " + t);
		}
	}

	@Test
	void theDayAndTheWeekBefore() {
		RecentDemand recent = new RecentDemand(2, 10);
		for (int t = 0; t < 85; t++) {
			recent.add(t == 46 ? 500 : t);
		}
		// step 84 has ended and 86 is decided: a day before it is 76, six days before is 26
		assertEquals(77, recent.dayBefore());
		assertEquals(500, recent.weekBefore());
		assertEquals(84, recent.newest());
		assertEquals(500, recent.largest());
	}
}
