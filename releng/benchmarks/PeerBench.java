// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;
import io.shadowweaver.api.metric.Unit;
import io.shadowweaver.api.model.ForecastModel;
import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.api.model.Regressors;
import io.shadowweaver.api.model.TrainingSeries;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.forecasting.Candidate;
import io.shadowweaver.forecasting.ForecastSettings;
import io.shadowweaver.forecasting.Forecaster;

/**
 * Fit, update and accuracy of our models on eleven series of M4 Hourly, 48 hours ahead, and writes these series for
 * {@code peers.R}, which does the same with R's package forecast. Without the data the series are synthetic.
 */
public final class PeerBench {
	private static final int HORIZON = 48;
	private static final int SEASON = 24;
	private static final int RUNS = 3;
	private static final Duration STEP = Duration.ofHours(1);
	private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

	/** A series and what came after it. */
	private record Task(String name, double[] train, double[] test) {
	}

	private PeerBench() {
	}

	/** {@code FILE}: where the series are written to, one a line: name, length of the training part, values. */
	public static void main(String[] arguments) throws Exception {
		Path m4 = Path.of(System.getProperty("shadowweaver.data"), "m4");
		List<Task> tasks = Files.isDirectory(m4) ? m4(m4) : synthetic();
		System.out.println("forecast.series: " + tasks.size() + " of " + (Files.isDirectory(m4) ? "M4 Hourly" : "our own making, since " + m4 + " is absent")
				+ ", 48 steps ahead");
		List<String> lines = new ArrayList<>();
		for (Task task : tasks) {
			lines.add(task.name + "," + task.train.length + "," + join(task.train) + "," + join(task.test));
		}
		Files.write(Path.of(arguments[0]), lines);
		List<Candidate> candidates = product();
		for (Candidate candidate : candidates) {
			if (List.of("seasonal-naive", "weekly", "ets", "lags").contains(candidate.id())) {
				model(candidate, tasks);
			}
		}
		automatic(candidates, tasks);
	}

	private static String join(double[] values) {
		return String.join(",", Arrays.stream(values).mapToObj(Double::toString).toList());
	}

	static List<Candidate> product() throws Exception {
		Settings none = Settings.of(List.of(), Map.of());
		List<Candidate> all = new ArrayList<>();
		for (String[] one : new String[][] { { "naive", "baseline.Naive" }, { "seasonal-naive", "baseline.SeasonalNaive" },
				{ "drift", "baseline.Drift" }, { "weekly", "baseline.Weekly" }, { "ets", "ets.Ets" }, { "lags", "lags.Lags" } }) {
			Object factory = Class.forName("io.shadowweaver.model." + one[1] + "Factory").getDeclaredConstructor().newInstance();
			all.add(new Candidate(one[0], (ForecastModelFactory) factory, none));
		}
		return all;
	}

	/** Every 38th of the 414. */
	private static List<Task> m4(Path folder) throws IOException {
		List<Task> tasks = new ArrayList<>();
		try (BufferedReader train = Files.newBufferedReader(folder.resolve("Hourly-train.csv"));
				BufferedReader test = Files.newBufferedReader(folder.resolve("Hourly-test.csv"))) {
			train.readLine();
			test.readLine();
			String line = train.readLine();
			for (int i = 0; line != null; i++) {
				String later = test.readLine();
				if (i % 38 == 0) {
					String[] cells = cells(line);
					tasks.add(new Task(cells[0], numbers(cells), numbers(cells(later))));
				}
				line = train.readLine();
			}
		}
		return tasks;
	}

	private static String[] cells(String line) {
		return line.replace("\"", "").split(",");
	}

	private static double[] numbers(String[] cells) {
		return Arrays.stream(cells).skip(1).filter(cell -> !cell.isBlank()).mapToDouble(Double::parseDouble).toArray();
	}

	private static List<Task> synthetic() {
		Random random = new Random(5);
		return IntStream.range(0, 11).mapToObj(number -> {
			double[] values = IntStream.range(0, 700 + HORIZON).mapToDouble(hour -> 1000 * (1 + .4 * Math.sin(2 * Math.PI * hour / SEASON)
					- (hour / SEASON % 7 >= 5 ? .3 : 0)) * (1 + .04 * random.nextGaussian())).toArray();
			return new Task("S" + number, Arrays.copyOf(values, 700), Arrays.copyOfRange(values, 700, values.length));
		}).toList();
	}

	private static void model(Candidate candidate, List<Task> tasks) throws Exception {
		List<TrainingSeries> training = new ArrayList<>();
		for (int slot = 0; slot < tasks.size(); slot++) {
			training.add(new TrainingSeries(slot, Series.of(START, STEP, tasks.get(slot).train), List.of(SEASON, 7 * SEASON), 0,
					Double.POSITIVE_INFINITY, List.of()));
		}
		String name = "forecast.ours." + candidate.id();
		try (ForecastModel model = candidate.factory().create(candidate.settings())) {
			model.train(training, Progress.NONE);
			double[] fit = new double[RUNS];
			for (int run = 0; run < RUNS; run++) {
				long begun = Figures.threadCpu();
				List<ForecastModel.Refusal> refused = model.train(training, Progress.NONE);
				fit[run] = (Figures.threadCpu() - begun) / 1e6 / tasks.size();
				if (!refused.isEmpty()) {
					throw new IllegalStateException(name + " refused " + refused);
				}
			}
			Figures.print(name + ".fit", fit, "CPU-ms/series");
			int[] slots = IntStream.range(0, tasks.size()).toArray();
			double[][] made = new double[tasks.size()][];
			model.forecast(slots, IntStream.rangeClosed(1, HORIZON).toArray(), Regressors.NONE, (slot, median, quantiles) -> made[slot] = median.clone());
			accuracy(name, tasks, made);
			double[] update = new double[RUNS];
			int rounds = 2000;
			for (int run = -1; run < RUNS; run++) {
				long begun = Figures.threadCpu();
				for (int i = 0; i < rounds; i++) {
					int at = i;
					model.update(slots, tasks.stream().mapToDouble(task -> task.train[at % task.train.length]).toArray(), Regressors.NONE);
				}
				if (run >= 0) {
					update[run] = (Figures.threadCpu() - begun) / 1e3 / rounds / tasks.size();
				}
			}
			Figures.print(name + ".update", update, "CPU-µs a sample");
		}
	}

	/** All models, their choice by back-test, and the calibration of bands. */
	private static void automatic(List<Candidate> candidates, List<Task> tasks) throws Exception {
		String name = "forecast.ours.automatic";
		double[] fit = new double[RUNS];
		double[][] made = new double[tasks.size()][];
		List<String> chosen = new ArrayList<>();
		Metric metric = new Metric("m4", "M4", Unit.COUNT, Unit.COUNT, Metric.Full.NONE, io.shadowweaver.api.metric.Aggregation.SUM);
		List<Duration> leads = IntStream.rangeClosed(1, HORIZON).mapToObj(STEP::multipliedBy).toList();
		int inside = 0;
		for (int run = -1; run < RUNS; run++) {
			long spent = 0;
			inside = 0;
			chosen.clear();
			for (int i = 0; i < tasks.size(); i++) {
				Task task = tasks.get(i);
				SeriesId id = new SeriesId(task.name.toLowerCase(Locale.ROOT), metric.id());
				Series history = Series.of(START, STEP, task.train);
				Instant last = START.plus(STEP.multipliedBy(task.train.length - 1L));
				// as much as there is, since the peers have it too
				ForecastSettings given = ForecastSettings.defaults(STEP);
				ForecastSettings settings = new ForecastSettings(STEP, given.leads(), Duration.ofDays(60), given.retrainEvery(), Map.of(), 1);
				long begun = Figures.threadCpu();
				try (Forecaster forecaster = new Forecaster(candidates, (series, from, to) -> part(history, from, to), settings, Runnable::run)) {
					forecaster.register(id, metric);
					forecaster.observe(new Tick(last, List.of(id), new double[] { task.train[task.train.length - 1] }), new BitSet());
					Forecast forecast = forecaster.path(id, last, leads);
					spent += Figures.threadCpu() - begun;
					var bands = forecast.bands().orElseThrow(() -> new IllegalStateException(task.name + ": " + forecast));
					made[i] = leads.stream().mapToDouble(lead -> bands.at(last.plus(lead), .5)).toArray();
					for (int lead = 0; lead < HORIZON; lead++) {
						Instant at = last.plus(leads.get(lead));
						inside += task.test[lead] >= bands.at(at, .1) && task.test[lead] <= bands.at(at, .9) ? 1 : 0;
					}
					chosen.add(forecaster.quality(id).model());
				}
			}
			if (run >= 0) {
				fit[run] = spent / 1e6 / tasks.size();
			}
		}
		Figures.print(name + ".fit", fit, "CPU-ms/series, all models, choice and bands included");
		accuracy(name, tasks, made);
		Figures.print(name + ".coverage", 100. * inside / HORIZON / tasks.size(), "% of values in the 80 % band");
		System.out.println(name + ".chosen: " + String.join(", ", chosen));
	}

	private static Series part(Series whole, Instant from, Instant to) {
		int first = (int) Math.max(0, Duration.between(whole.start(), from).toHours());
		int end = (int) Math.clamp(Duration.between(whole.start(), to).toHours(), 0, whole.length());
		return first >= end ? Series.empty(from, STEP, "none") : Series.of(whole.time(first), STEP, Arrays.copyOfRange(whole.values(), first, end));
	}

	/** Symmetric mean absolute percentage error and mean absolute scaled error as M4 defines them. */
	private static void accuracy(String name, List<Task> tasks, double[][] made) {
		double smape = 0;
		double[] byTask = new double[made.length];
		for (int i = 0; i < made.length; i++) {
			Task task = tasks.get(i);
			double scale = IntStream.range(SEASON, task.train.length).mapToDouble(t -> Math.abs(task.train[t] - task.train[t - SEASON])).average().orElseThrow();
			for (int lead = 0; lead < HORIZON; lead++) {
				double error = Math.abs(task.test[lead] - made[i][lead]);
				smape += 200 * error / (Math.abs(task.test[lead]) + Math.abs(made[i][lead])) / HORIZON / made.length;
				byTask[i] += error / scale / HORIZON;
			}
		}
		Figures.print(name + ".smape", smape, "%");
		Figures.print(name + ".mase", Arrays.stream(byTask).average().orElseThrow(), "times the in-sample error of seasonal naive, by series "
				+ Arrays.stream(byTask).mapToObj(mase -> String.format(Locale.ROOT, "%.2f", mase)).toList());
	}
}
