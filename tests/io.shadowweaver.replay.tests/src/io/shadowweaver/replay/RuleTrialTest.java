// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.replay.RuleTrialResult.Rule;
import io.shadowweaver.replay.RuleTrialResult.Verdict;

class RuleTrialTest {
	private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
	private static final Duration STEP = Duration.ofMinutes(5);
	private static final SeriesId ID = SeriesId.ofGroup("web", "requests");
	private static final Rule RULE = new Rule(Duration.ofMinutes(10), .01, 10, Duration.ofMinutes(20));

	private static RuleTrialResult trial(double[] demand, Series before, Rule rule) {
		return RuleTrial.run(List.of(), ID, Metric.REQUESTS, Series.of(START, STEP, demand), before, rule, Progress.NONE);
	}

	/** Keeps the shares that are reported, and cancels once one of them is reached. */
	private static final class Watched implements Progress {
		private final List<Double> shares = new ArrayList<>();
		private final double until;
		private int asked;

		Watched(double until) {
			this.until = until;
		}

		@Override
		public void report(double fraction, String what) {
			shares.add(fraction);
		}

		@Override
		public boolean isCancelled() {
			asked++;
			return !shares.isEmpty() && shares.getLast() >= until;
		}
	}

	private static void watch(Watched watched) {
		RuleTrial.run(List.of(), ID, Metric.REQUESTS, Series.of(START, STEP, RivalsTest.wave(1000, 288, 2)), Series.empty(START, STEP, "not known"), RULE, watched);
	}

	@Test
	void verdictsByHand() {
		double[] demand = new double[30];
		Arrays.fill(demand, 5);
		double[] capacity = new double[30];
		Arrays.fill(capacity, 10);
		// ready at step 8, needed at step 10
		Arrays.fill(capacity, 8, 12, 20);
		demand[10] = 15;
		// decided after step 14 for step 16, but needed from step 15 on
		Arrays.fill(capacity, 16, 19, 20);
		demand[15] = 12;
		// never needed within four steps
		Arrays.fill(capacity, 20, 22, 20);
		// no action at all
		demand[28] = 11;
		Series series = Series.of(START, STEP, demand);
		List<RuleTrialResult.Action> actions = RuleTrial.actions(series, capacity, 3, 2, RULE);
		assertEquals(List.of(Verdict.RIGHT, Verdict.LATE, Verdict.IN_VAIN), actions.stream().map(RuleTrialResult.Action::verdict).toList());
		assertEquals(series.time(6), actions.getFirst().decided());
		assertEquals(series.time(8), actions.getFirst().ready());
		assertEquals(List.of(series.time(28)), RuleTrial.missed(series, capacity, 3, 2));
	}

	@Test
	void aDailyWaveIsFollowedBesideWhatWasThere() {
		double[] demand = RivalsTest.wave(4000, 288, 1);
		double[] there = new double[4000];
		Arrays.fill(there, 300);
		RuleTrialResult result = trial(demand, Series.of(START, STEP, there), RULE);
		long right = result.count(Verdict.RIGHT);
		long late = result.count(Verdict.LATE);
		assertTrue(right > 40 && right > 2 * late, () -> right + " right, " + late + " late");
		Outcome outcome = result.outcome().orElseThrow();
		assertEquals(.01, outcome.violations(), .003);
		assertEquals(3600, result.capacity().length());
		assertEquals(300. * 3600 / 12, result.capacityHoursBefore(), 1e-6);
		assertTrue(result.capacityHours() < result.capacityHoursBefore());
		assertTrue(outcome.overProvision() < result.outcomeBefore().orElseThrow().overProvision());
	}

	@Test
	void whatWasThereMayBeUnknown() {
		RuleTrialResult result = trial(RivalsTest.wave(1000, 288, 2), Series.empty(START, STEP, "not known"), RULE);
		assertEquals(Optional.empty(), result.outcomeBefore());
		assertEquals("not known", result.before().cause());
		assertTrue(Double.isNaN(result.capacityHoursBefore()));
	}

	@Test
	void nothingCanBeTriedOnTooLittle() {
		assertEquals("It has no sample.", trial(new double[] { Double.NaN }, Series.empty(START, STEP, "none"), RULE).demand().cause());
		assertTrue(trial(new double[15], Series.empty(START, STEP, "none"), RULE).demand().cause().contains("too short"));
	}

	@Test
	void progressComesByHundredthsAndIsAskedAtEachStep() {
		Watched watched = new Watched(2);
		watch(watched);
		assertEquals(100, watched.shares.size());
		assertEquals(watched.shares.stream().sorted().distinct().toList(), watched.shares);
		assertEquals(.99, watched.shares.getLast(), .002);
		assertEquals(998, watched.asked);
	}

	@Test
	void aCancelledTrialStopsAtTheNextStepWithoutAResult() {
		Watched watched = new Watched(.25);
		assertThrows(CancellationException.class, () -> watch(watched));
		assertEquals(.25, watched.shares.getLast(), .002);
		assertTrue(watched.asked > 240 && watched.asked < 260, () -> "asked " + watched.asked + " times");
	}
}
