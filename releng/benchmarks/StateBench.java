// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;
import io.shadowweaver.forecasting.Candidate;
import io.shadowweaver.forecasting.ForecastSettings;
import io.shadowweaver.forecasting.Forecaster;

/**
 * What a sample costs in the steady state, in CPU time of one thread: the update of the models' states, the score of the forecasts that were made for it, the move of the
 * quantiles, and forecasts, with the recursive lag model. Samples come by the minute; the models work on blocks of five and are asked when one is complete, on the same thread here.
 */
public final class StateBench {
	private static final Duration STEP = Duration.ofMinutes(1);
	private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
	private static final int HISTORY = 360;
	private static final int WARM = 30;
	private static final int TICKS = 50;
	private static final int RUNS = 5;

	private StateBench() {
	}

	/** {@code [SERIES]}: how many, 10,000 unless given. */
	public static void main(String[] arguments) throws Exception {
		int count = arguments.length == 0 ? 10_000 : Integer.parseInt(arguments[0]);
		List<Candidate> recursive = Installed.models().stream().filter(candidate -> candidate.id().equals("lags-recursive")).toList();
		measure("state.one-lead", recursive, List.of(Duration.ofMinutes(10)), count);
		measure("state.all-leads", recursive, ForecastSettings.STANDARD_LEADS, Math.min(count, 10_000));
	}

	private static double value(int series, int minute) {
		double noise = Long.hashCode((series * 1_000_003L + minute) * 0x9E3779B97F4A7C15L) / (double) Integer.MAX_VALUE;
		return 1000 * (1 + .4 * Math.sin(2 * Math.PI * minute / 120 + series) + .05 * noise);
	}

	private static Series history(SeriesId id, Instant from, Instant to) {
		int series = Integer.parseInt(id.subject().substring(1));
		int first = (int) Math.max(0, Duration.between(START, from).toMinutes());
		int end = (int) Math.min(HISTORY, Duration.between(START, to).toMinutes());
		double[] values = new double[Math.max(0, end - first)];
		for (int i = 0; i < values.length; i++) {
			values[i] = value(series, first + i);
		}
		return values.length == 0 ? Series.empty(from, STEP, "none") : Series.of(START.plus(STEP.multipliedBy(first)), STEP, values);
	}

	private static void measure(String name, List<Candidate> candidates, List<Duration> leads, int count) {
		ForecastSettings settings = new ForecastSettings(STEP, leads, Duration.ofDays(21), Duration.ofDays(1), Map.of(), 1);
		List<SeriesId> ids = new ArrayList<>(count);
		for (int i = 0; i < count; i++) {
			ids.add(new SeriesId("s" + i, Metric.REQUESTS.id()));
		}
		try (Forecaster forecaster = new Forecaster(candidates, StateBench::history, settings, Runnable::run)) {
			ids.forEach(id -> forecaster.register(id, Metric.REQUESTS));
			int minute = HISTORY - 1;
			for (int i = 0; i < WARM; i++, minute++) {
				forecaster.observe(tick(ids, minute), new BitSet());
				forecaster.forecast(ids, START.plus(STEP.multipliedBy(minute)));
			}
			double[] observe = new double[RUNS];
			double[] forecast = new double[RUNS];
			for (int run = 0; run < RUNS; run++) {
				for (int i = 0; i < TICKS / RUNS; i++, minute++) {
					Tick tick = tick(ids, minute);
					long begun = Figures.threadCpu();
					forecaster.observe(tick, new BitSet());
					long between = Figures.threadCpu();
					forecaster.forecast(ids, START.plus(STEP.multipliedBy(minute)));
					forecast[run] += (Figures.threadCpu() - between) / 1e3 / count / (TICKS / RUNS);
					observe[run] += (between - begun) / 1e3 / count / (TICKS / RUNS);
				}
			}
			double[] both = new double[RUNS];
			for (int run = 0; run < RUNS; run++) {
				both[run] = observe[run] + forecast[run];
			}
			Figures.print(name + ".observe", observe, "CPU-µs a series and sample: states, scores, quantiles");
			Figures.print(name + ".forecast", forecast, "CPU-µs a series: quantiles at " + (leads.size() == 1 ? "one lead" : leads.size() + " leads"));
			Figures.print(name + ".sum", both, "CPU-µs a series and sample; " + count + " series");
		}
	}

	private static Tick tick(List<SeriesId> ids, int minute) {
		double[] row = new double[ids.size()];
		for (int i = 0; i < row.length; i++) {
			row[i] = value(i, minute);
		}
		return new Tick(START.plus(STEP.multipliedBy(minute)), ids, row);
	}
}
