// SPDX-License-Identifier: Apache-2.0
import java.lang.management.ManagementFactory;
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
import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.api.model.TrainingSeries;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.forecasting.Candidate;
import io.shadowweaver.forecasting.ForecastSettings;
import io.shadowweaver.forecasting.Forecaster;

/** What forecasting costs, in CPU time of one thread, so that a busy machine tells the same: {@code name: value} lines. */
public final class ForecastBench {
	private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
	private static final int MINUTES = 14 * 1440;

	private ForecastBench() {
	}

	/** Runs with the number of series as its argument, 100 unless given. */
	public static void main(String[] args) throws Exception {
		int count = args.length == 0 ? 100 : Integer.parseInt(args[0]);
		whole(count, product(), "forecast");
		whole(count, List.of(product().getFirst()), "forecast.cheap");
		for (Candidate candidate : product()) {
			model(candidate);
		}
	}

	private static List<Candidate> product() throws Exception {
		Settings none = Settings.of(List.of(), Map.of());
		List<Candidate> all = new ArrayList<>();
		for (String[] one : new String[][] { { "naive", "baseline.Naive" }, { "seasonal-naive", "baseline.SeasonalNaive" },
				{ "drift", "baseline.Drift" }, { "ets", "ets.Ets" }, { "lags", "lags.Lags" } }) {
			Object factory = Class.forName("io.shadowweaver.model." + one[1] + "Factory").getDeclaredConstructor().newInstance();
			all.add(new Candidate(one[0], (ForecastModelFactory) factory, none));
		}
		return all;
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

	private static long cpu() {
		return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
	}

	private static long heap() throws InterruptedException {
		for (int i = 0; i < 3; i++) {
			System.gc();
			Thread.sleep(50);
		}
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
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
		long before = heap();
		try (Forecaster forecaster = new Forecaster(candidates, (id, from, to) -> {
			int first = (int) Math.max(0, Duration.between(START, from).toMinutes());
			int last = (int) Math.min(MINUTES, Duration.between(START, to).toMinutes());
			return last <= first ? Series.empty(from, step, "none")
					: Series.of(START.plus(step.multipliedBy(first)), step, Arrays.copyOfRange(history.get(id), first, last));
		}, ForecastSettings.defaults(step), Runnable::run)) {
			ids.forEach(id -> forecaster.register(id, Metric.REQUESTS));
			long begun = cpu();
			tick(forecaster, ids, history, MINUTES);
			System.out.printf("%s.train.ms.series: %.2f%n", name, (cpu() - begun) / 1e6 / count);
			long observe = 0;
			long forecast = 0;
			for (int i = 1; i < live; i++) {
				long at = cpu();
				tick(forecaster, ids, history, MINUTES + i);
				long between = cpu();
				forecaster.forecast(ids, START.plus(step.multipliedBy(MINUTES + i)));
				if (i >= live / 3) {
					observe += between - at;
					forecast += cpu() - between;
				}
			}
			int ticks = live - live / 3;
			System.out.printf("%s.observe.us.sample: %.3f%n", name, observe / 1e3 / ticks / count);
			System.out.printf("%s.forecast.us.series: %.3f%n", name, forecast / 1e3 / ticks / count);
			System.out.printf("%s.heap.kb.series: %.2f%n", name, (heap() - before) / 1024. / count);
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
			long begun = cpu();
			model.train(training, Progress.NONE);
			System.out.printf("model.%s.fit.ms: %.3f%n", candidate.id(), (cpu() - begun) / 1e6 / series);
			int[] slots = new int[series];
			Arrays.setAll(slots, i -> i);
			double[] values = new double[series];
			begun = cpu();
			for (int i = 0; i < 2000; i++) {
				Arrays.fill(values, 700 + i % 50);
				model.update(slots, values);
			}
			System.out.printf("model.%s.update.us: %.3f%n", candidate.id(), (cpu() - begun) / 1e3 / series / 2000);
		}
	}
}
