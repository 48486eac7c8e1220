// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.plugin.Progress;

class BackTestReportTest {
	private static final Duration QUARTER = Duration.ofMinutes(15);
	private static final Progress CANCELLED = new Progress() {
		@Override
		public void report(double fraction, String what) {
			// cancelled from the beginning
		}

		@Override
		public boolean isCancelled() {
			return true;
		}
	};

	private static BackTestReport of(BackTestRequest request, double... values) {
		Memory memory = new Memory(QUARTER).with("a", values);
		memory.known = values.length;
		try (Forecaster forecaster = memory.forecaster(Memory.product(), ForecastSettings.defaults(QUARTER), Runnable::run)) {
			return forecaster.backTest(Memory.id("a"), memory.time(values.length - 1), request, Progress.NONE).join();
		}
	}

	private static BackTestReport.Result result(BackTestReport report, BackTestReport.Kind kind) {
		return report.results().stream().filter(result -> result.kind() == kind).findFirst().orElseThrow();
	}

	@Test
	void everyCandidateIsJudgedAndDrawnOverTheActual() {
		double[] values = Load.fleet(20 * 96, 15, .03, 1);
		BackTestReport report = of(BackTestRequest.USUAL, values);
		assertEquals("", report.why());
		assertEquals(List.of(Duration.ofDays(1), Duration.ofDays(7)), report.seasons());
		assertEquals(Set.of("naive", "seasonal-naive", "drift", "ets", "lags", "weekly"),
				Set.copyOf(report.results().stream().filter(result -> result.kind() == BackTestReport.Kind.SINGLE).map(BackTestReport.Result::model).toList()));
		BackTestReport.Result chosen = result(report, BackTestReport.Kind.CHOSEN);
		BackTestReport.Result reference = result(report, BackTestReport.Kind.REFERENCE);
		for (int lead = 0; lead < report.leads().size(); lead++) {
			BackTestReport.LeadResult ours = chosen.leads().get(lead);
			BackTestReport.LeadResult naive = reference.leads().get(lead);
			assertEquals(report.leads().get(lead), ours.lead());
			assertTrue(ours.wape() < naive.wape() && ours.mase() < naive.mase() && ours.pinball() < naive.pinball(), ours + " against " + naive);
			assertTrue(ours.skill() > 0, ours.toString());
			assertTrue(ours.pinball() < ours.wape(), "quantiles say more than the median: " + ours);
			assertEquals(0, naive.skill(), 1e-9);
			assertTrue(ours.coverage().get(3) > .65 && ours.coverage().get(3) < .95, "80 % nominal: " + ours);
			assertTrue(ours.coverage().get(0) >= ours.coverage().get(4), ours.toString());
		}
		Instant first = report.actual().start();
		assertEquals(first, chosen.curves().getFirst().origin(), "the first curve begins where the actual does");
		assertEquals(values[values.length - 1], report.actual().values()[report.actual().length() - 1]);
		assertTrue(chosen.curves().size() > 200);
		for (Bands bands : chosen.curves()) {
			assertEquals(report.leads().size(), bands.leads());
			for (int lead = 0; lead < bands.leads(); lead++) {
				assertTrue(bands.value(lead, 0) <= bands.value(lead, Levels.MEDIAN) && bands.value(lead, Levels.MEDIAN) <= bands.value(lead, 10));
			}
		}
	}

	@Test
	void theReportIsNeverSeenBeforeItsTime() {
		double[] values = Load.fleet(16 * 96, 15, .03, 1);
		double[] other = values.clone();
		int origin = values.length - 1 - 96;
		for (int i = origin + 1; i < other.length; i++) {
			other[i] *= 3;
		}
		BackTestRequest one = new BackTestRequest(List.of(QUARTER, Duration.ofHours(1), Duration.ofDays(1)), 1, Duration.ZERO, Set.of());
		BackTestReport here = of(one, values);
		BackTestReport there = of(one, other);
		for (BackTestReport.Result result : here.results()) {
			BackTestReport.Result same = there.results().stream().filter(r -> r.model().equals(result.model()) && r.kind() == result.kind()).findFirst().orElseThrow();
			assertEquals(1, result.curves().size());
			for (int lead = 0; lead < 3; lead++) {
				for (int level = 0; level < Levels.COUNT; level++) {
					assertEquals(result.curves().getFirst().value(lead, level), same.curves().getFirst().value(lead, level), result.model());
				}
			}
		}
	}

	@Test
	void originsAndModelsCanBeAskedFor() {
		List<Duration> leads = IntStream.rangeClosed(1, 8).mapToObj(QUARTER::multipliedBy).toList();
		BackTestRequest request = new BackTestRequest(leads, 5, Duration.ofHours(3), Set.of("naive", "lags"));
		BackTestReport report = of(request, Load.fleet(12 * 96, 15, .03, 1));
		for (BackTestReport.Result result : report.results()) {
			assertEquals(8, result.leads().size());
			assertTrue(result.leads().stream().allMatch(lead -> lead.scored() == 5), result.model() + ": " + result.leads());
			assertEquals(5, result.curves().size());
			assertEquals(Duration.ofHours(3), Duration.between(result.curves().get(0).origin(), result.curves().get(1).origin()));
		}
		assertEquals(Set.of("naive", "lags"),
				Set.copyOf(report.results().stream().filter(result -> result.kind() == BackTestReport.Kind.SINGLE).map(BackTestReport.Result::model).toList()));
	}

	@Test
	void whatCannotBeJudgedSaysWhy() {
		assertEquals("All samples before the report are equal.", of(BackTestRequest.USUAL, constant(600)).why());
		assertTrue(of(BackTestRequest.USUAL, 1, 2, 3).why().contains("too few"));
		double[] none = new double[600];
		Arrays.fill(none, Double.NaN);
		assertEquals("There is no history.", of(BackTestRequest.USUAL, none).why());
		Random random = new Random(1);
		double[] young = random.doubles(26).toArray();
		BackTestReport report = of(BackTestRequest.USUAL, young);
		assertTrue(report.results().stream().anyMatch(result -> result.model().equals("lags") && !result.note().isEmpty()), report.toString());
		assertTrue(report.results().stream().anyMatch(result -> result.model().equals("naive") && result.note().isEmpty()), report.toString());
		assertThrows(IllegalArgumentException.class, () -> of(new BackTestRequest(List.of(Duration.ofMinutes(1)), 0, Duration.ZERO, Set.of()), young));
		assertThrows(IllegalArgumentException.class, () -> new BackTestRequest(List.of(QUARTER, QUARTER), 0, Duration.ZERO, Set.of()));
	}

	private static double[] constant(int count) {
		double[] values = new double[count];
		Arrays.fill(values, 7);
		return values;
	}

	@Test
	void itCanBeCancelled() {
		Memory memory = new Memory(QUARTER).with("a", Load.fleet(1000, 15, .03, 1));
		memory.known = 1000;
		try (Forecaster forecaster = memory.forecaster(Memory.product(), ForecastSettings.defaults(QUARTER), Runnable::run)) {
			CompletableFuture<BackTestReport> answer = forecaster.backTest(Memory.id("a"), memory.time(999), BackTestRequest.USUAL, CANCELLED);
			CompletionException e = assertThrows(CompletionException.class, answer::join);
			assertEquals("The back-test was cancelled.", e.getCause().getMessage());
		}
	}
}
