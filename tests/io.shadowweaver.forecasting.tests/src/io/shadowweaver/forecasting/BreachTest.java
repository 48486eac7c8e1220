// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;

/** Probabilities of a breach by a time, and how they are scored. */
class BreachTest {
	private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
	private static final Duration MINUTE = Duration.ofMinutes(1);

	/** The exact bands of a random walk from a value on. */
	private static Bands walk(LeadPlan plan, Instant origin, double from) {
		float[] values = new float[plan.leads.length * Levels.COUNT];
		for (int lead = 0; lead < plan.leads.length; lead++) {
			for (int level = 0; level < Levels.COUNT; level++) {
				values[lead * Levels.COUNT + level] = (float) (from + Spread.NORMAL[level] * Math.sqrt(plan.steps[lead]));
			}
		}
		return new Bands(origin, plan.leads, values);
	}

	@Test
	void ofARandomWalkTheProbabilityIsTwiceThatOfTheEnd() {
		LeadPlan plan = new LeadPlan(ForecastSettings.defaults(MINUTE));
		Paths paths = new Paths(plan, 60, 12, 10, 400);
		Random random = new Random(1);
		double value = 0;
		for (int i = 0; i < 6000; i++) {
			value += random.nextGaussian();
			paths.take(i, value);
			if (paths.due(i)) {
				paths.issue(i, walk(plan, START.plusSeconds(60L * i), value));
			}
		}
		Instant now = START.plusSeconds(60L * 6000);
		for (double sigmas : new double[] { .5, 1, 1.5, 2 }) {
			double limit = value + sigmas * Math.sqrt(60);
			BreachRisk risk = paths.probability(walk(plan, now, value), time -> limit, now.plusSeconds(3600));
			// the reflection principle, for steps of a minute a little less
			double exact = 2 * (1 - Normal.below(sigmas));
			assertEquals(400, risk.paths(), 10);
			assertEquals(exact, risk.probability(), .06, "limit at " + sigmas + " sigmas");
		}
	}

	@Test
	void aLimitThatRisesIsExceededLessOftenAndALaterEndMoreOften() {
		LeadPlan plan = new LeadPlan(ForecastSettings.defaults(MINUTE));
		Paths paths = new Paths(plan, 60, 12, 10, 100);
		Random random = new Random(2);
		double value = 0;
		for (int i = 0; i < 2000; i++) {
			value += random.nextGaussian();
			paths.take(i, value);
			if (paths.due(i)) {
				paths.issue(i, walk(plan, START.plusSeconds(60L * i), value));
			}
		}
		Instant now = START.plusSeconds(60L * 2000);
		Bands bands = walk(plan, now, value);
		double limit = value + 6;
		double hour = paths.probability(bands, time -> limit, now.plusSeconds(3600)).probability();
		double quarter = paths.probability(bands, time -> limit, now.plusSeconds(900)).probability();
		double rising = paths.probability(bands, time -> time.isAfter(now.plusSeconds(900)) ? limit + 100 : limit, now.plusSeconds(3600)).probability();
		assertTrue(quarter < hour - .1, quarter + " within a quarter of an hour, " + hour + " within one");
		assertEquals(quarter, rising, .05, "with new capacity after a quarter of an hour");
	}

	@Test
	void withoutPathsTheLargestSingleProbabilityCounts() {
		LeadPlan plan = new LeadPlan(ForecastSettings.defaults(MINUTE));
		BreachRisk risk = new Paths(plan, 60, 12, 10, 100).probability(walk(plan, START, 0), time -> Math.sqrt(60) * 1.282, START.plusSeconds(3600));
		assertEquals(0, risk.paths());
		assertEquals(.1, risk.probability(), .001);
	}

	@Test
	void brierScoresAreThoseByHand() {
		BreachScores scores = new BreachScores(new int[] { 2 });
		for (int i = 0; i < 2000; i++) {
			scores.learn(i % 100);
		}
		// it says .8 of the lower limit, .3 of the higher one; the first is exceeded each other time, the second never
		double brier = 0;
		for (int i = 0; i < 10; i++) {
			boolean breach = i % 2 == 0;
			BreachScores.Issued issued = scores.issue((limit, span) -> limit > 95 ? .3 : .8);
			scores.take(issued, 1, breach ? 94 : 10);
			scores.take(issued, 2, 5);
			brier += breach ? .04 : .64;
		}
		List<IntervalQuality.Breach> told = scores.report(60_000);
		assertEquals(2, told.size());
		assertEquals(Duration.ofMinutes(2), told.getFirst().span());
		assertEquals(brier / 10, told.getFirst().brier(), .005);
		assertEquals(.5, told.getFirst().frequency(), .01);
		assertEquals(.09, told.getLast().brier(), .001);
		assertEquals(0, told.getLast().frequency(), 1e-9);
		assertEquals(1 - told.getFirst().brier() / told.getFirst().reference(), told.getFirst().skill(), 1e-9);
	}

	@Test
	void whatIsForecastInLogarithmsIsScoredInItsOwnUnit() {
		LeadPlan plan = new LeadPlan(ForecastSettings.defaults(MINUTE));
		SeriesId id = SeriesId.ofGroup("g", Metric.REQUESTS.id());
		Track plain = new Track(id, Metric.REQUESTS, plan, null, 0);
		Track logarithms = new Track(id, Metric.REQUESTS, plan, null, 1);
		logarithms.transform(Transform.LOG);
		Random random = new Random(3);
		for (int i = 0; i < 4000; i++) {
			double logarithm = 4 + random.nextGaussian();
			plain.take(i, Math.exp(logarithm));
			logarithms.take(i, logarithm);
			Bands bands = walk(plan, START.plusSeconds(60L * i), 100);
			plain.breaches.issue(i, () -> bands);
			logarithms.breaches.issue(i, () -> bands);
		}
		List<IntervalQuality.Breach> told = plain.breaches.report();
		assertTrue(told.getFirst().scored() > 200, told.toString());
		assertEquals(told, logarithms.breaches.report());
		// independent values, each above the tenth with a probability of .1
		assertEquals(1 - Math.pow(.9, 15), told.getFirst().frequency(), .1);
	}

	@Test
	void theForecasterTellsBreachesBetterThanTheirFrequencyAndScoresThem() {
		int start = 8 * 1440;
		int end = start + 4 * 1440;
		double[] values = Load.fleet(end, 1, .03, 4);
		double[] sorted = Arrays.copyOf(values, start);
		Arrays.sort(sorted);
		double limit = sorted[(int) (.9 * start)];
		Memory memory = new Memory(MINUTE).with("a", values);
		double brier = 0;
		double single = 0;
		double happened = 0;
		int count = 0;
		try (Forecaster forecaster = memory.forecaster(Memory.product(), ForecastSettings.defaults(MINUTE), Runnable::run)) {
			assertTrue(Double.isNaN(forecaster.breach(Memory.id("a"), memory.time(start), time -> limit, memory.time(start + 60)).probability()));
			for (int i = start; i < end - 60; i++) {
				memory.tick(forecaster, i);
				if (i % 10 == 0 && i > start + 1440) {
					BreachRisk risk = forecaster.breach(Memory.id("a"), memory.time(i), time -> limit, memory.time(i + 60));
					Bands bands = forecaster.forecast(memory.ids(), memory.time(i)).getFirst().bands().orElseThrow();
					double most = 0;
					for (int lead = 0; lead < 5; lead++) {
						most = Math.max(most, bands.probabilityAbove(lead, limit));
					}
					double came = Arrays.stream(values, i + 1, i + 61).anyMatch(value -> value > limit) ? 1 : 0;
					brier += (risk.probability() - came) * (risk.probability() - came);
					single += (most - came) * (most - came);
					happened += came;
					count++;
				}
			}
			double rate = happened / count;
			assertTrue(brier / count < .6 * rate * (1 - rate), "Brier " + brier / count + ", frequency " + rate);
			assertTrue(brier < .8 * single, "Brier of paths " + brier / count + ", of single times " + single / count);
			List<IntervalQuality.Breach> told = forecaster.quality(Memory.id("a")).intervals().orElseThrow().breaches();
			assertEquals(8, told.size());
			assertTrue(told.stream().filter(one -> one.scored() > 300).allMatch(one -> one.skill() > .1), told.toString());
		}
	}
}
