// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;
import io.shadowweaver.api.model.ForecastModel;
import io.shadowweaver.api.model.Regressors;
import io.shadowweaver.api.model.TrainingSeries;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.forecasting.Candidate;
import io.shadowweaver.forecasting.ForecastSettings;
import io.shadowweaver.forecasting.Forecaster;

/** What forecasting costs, in CPU time of one thread, on series of our own making. */
public final class ForecastBench {
	private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
	private static final int MINUTES = 14 * 1440;

	private ForecastBench() {
	}

	/** Runs with the number of series as its argument, 100 unless given. */
	public static void main(String[] args) throws Exception {
		int count = args.length == 0 ? 100 : Integer.parseInt(args[0]);
		List<Candidate> all = Installed.models();
		whole(count, all, "forecast.all");
		whole(count, all.stream().filter(candidate -> candidate.id().equals("naive")).toList(), "forecast.cheap");
		for (Candidate candidate : all) {
			model(candidate);
		}
	}

	private static double[] load(int samples, double minutes, long seed) {
		Random random = new Random(seed);
		double[] values = new double[samples];
		for (int i = 0; i < samples; i++) {
			double minute = i * minutes;
			double weekend = (int) (minute / 1440) % 7 >= 5 ? .6 : 1;
			values[i] = 1000 * (.3 + weekend * (.5 + .4 * Math.sin(2 * Math.PI * minute / 1440))) * (1 + .05 * random.nextGaussian());
		}
		return values;
	}

	private static void whole(int count, List<Candidate> candidates, String name) throws Exception {
		Duration step = Duration.ofMinutes(1);
		Map<SeriesId, double[]> history = new HashMap<>();
		List<SeriesId> ids = new ArrayList<>();
		int live = 600;
		for (int i = 0; i < count; i++) {
			SeriesId id = new SeriesId("host" + i, "requests");
			ids.add(id);
			history.put(id, load(MINUTES + live, 1, i));
		}
		long before = Figures.heap();
		try (Forecaster forecaster = new Forecaster(candidates, (id, from, to) -> {
			int first = (int) Math.max(0, Duration.between(START, from).toMinutes());
			int last = (int) Math.min(MINUTES, Duration.between(START, to).toMinutes());
			return last <= first ? Series.empty(from, step, "none")
					: Series.of(START.plus(step.multipliedBy(first)), step, Arrays.copyOfRange(history.get(id), first, last));
		}, ForecastSettings.defaults(step), Runnable::run)) {
			ids.forEach(id -> forecaster.register(id, Metric.REQUESTS));
			long begun = Figures.threadCpu();
			tick(forecaster, ids, history, MINUTES);
			Figures.print(name + ".train", (Figures.threadCpu() - begun) / 1e6 / count, "CPU-ms/series, two weeks of minutes");
			long observe = 0;
			long forecast = 0;
			for (int i = 1; i < live; i++) {
				long at = Figures.threadCpu();
				tick(forecaster, ids, history, MINUTES + i);
				long between = Figures.threadCpu();
				forecaster.forecast(ids, START.plus(step.multipliedBy(MINUTES + i)));
				if (i >= live / 3) {
					observe += between - at;
					forecast += Figures.threadCpu() - between;
				}
			}
			int ticks = live - live / 3;
			Figures.print(name + ".observe", observe / 1e3 / ticks / count, "CPU-µs a sample");
			Figures.print(name + ".forecast", forecast / 1e3 / ticks / count, "CPU-µs/series at the standard leads");
			Figures.print(name + ".heap", (Figures.heap() - before) / 1024. / count, "KiB/series");
		}
	}

	private static void tick(Forecaster forecaster, List<SeriesId> ids, Map<SeriesId, double[]> history, int i) {
		double[] row = new double[ids.size()];
		for (int s = 0; s < row.length; s++) {
			row[s] = history.get(ids.get(s))[i];
		}
		forecaster.observe(new Tick(START.plus(Duration.ofMinutes(i)), ids, row), new BitSet());
	}

	/** Fit and update of one model on two weeks of five minutes. */
	private static void model(Candidate candidate) throws Exception {
		int series = 20;
		List<TrainingSeries> training = new ArrayList<>();
		for (int i = 0; i < series; i++) {
			training.add(new TrainingSeries(i, Series.of(START, Duration.ofMinutes(5), load(14 * 288, 5, i)), List.of(288, 2016), 0,
					Double.POSITIVE_INFINITY, List.of()));
		}
		try (ForecastModel model = candidate.factory().create(candidate.settings())) {
			model.train(training, Progress.NONE);
			long begun = Figures.threadCpu();
			model.train(training, Progress.NONE);
			Figures.print("forecast.model." + candidate.id() + ".fit", (Figures.threadCpu() - begun) / 1e6 / series, "CPU-ms/series, two weeks of five minutes");
			int[] slots = new int[series];
			Arrays.setAll(slots, i -> i);
			double[] values = new double[series];
			begun = Figures.threadCpu();
			for (int i = 0; i < 2000; i++) {
				Arrays.fill(values, 700 + i % 50);
				model.update(slots, values, Regressors.NONE);
			}
			Figures.print("forecast.model." + candidate.id() + ".update", (Figures.threadCpu() - begun) / 1e3 / series / 2000, "CPU-µs a sample");
		}
	}
}
