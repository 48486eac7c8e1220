// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.model.ForecastModel;
import io.shadowweaver.api.model.Regressors;
import io.shadowweaver.api.model.TrainingSeries;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.forecasting.Candidate;

/**
 * Fit and forecast of single models on eleven series of M4 Hourly, 48 hours ahead, beside R's packages forecast and prophet. {@code fit FOLDER} measures ours and writes the
 * series for {@code peers.R}, which measures the others; {@code score FOLDER} then prints both, with the ratio of CPU time. Only the second reads the test part.
 */
public final class PeerBench {
	private static final int EVERY = 38;
	private static final int RUNS = 5;
	private static final int WARM = 5;
	private static final Duration STEP = Duration.ofHours(1);
	private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
	/** By the name of a method of R: our model. */
	private static final Map<String, String> PEERS = new LinkedHashMap<>();
	static {
		PEERS.put("snaive", "seasonal-naive");
		PEERS.put("thetaf", "theta");
		PEERS.put("ets", "ets");
		PEERS.put("Arima-CSS", "arima");
		PEERS.put("auto.arima", "arima");
		PEERS.put("prophet", "prophet");
	}

	/** What a method said of a series, and the CPU that it took in milliseconds, once for each run. */
	private record Answer(double[] milliseconds, double[] said) {
	}

	private PeerBench() {
	}

	/** {@code fit FOLDER}, or {@code score FOLDER [--validation]}. */
	public static void main(String[] arguments) throws Exception {
		Path folder = Path.of(arguments[1]);
		Path m4 = Path.of(System.getProperty("shadowweaver.data"), "m4");
		boolean validation = List.of(arguments).contains("--validation");
		if (arguments[0].equals("fit")) {
			fit(M4.read(m4, EVERY, validation ? M4.Judged.VALIDATION : M4.Judged.NOTHING), folder);
		} else {
			score(M4.read(m4, EVERY, validation ? M4.Judged.VALIDATION : M4.Judged.TEST), folder);
		}
	}

	private static void fit(List<M4.Task> tasks, Path folder) throws Exception {
		List<String> lines = tasks.stream().map(task -> task.name() + "," + join(task.train())).toList();
		Files.write(folder.resolve("series.csv"), lines);
		List<String> answers = new ArrayList<>();
		for (Candidate candidate : Installed.models()) {
			if (!PEERS.containsValue(candidate.id())) {
				continue;
			}
			for (int run = -WARM; run < 0; run++) {
				answer(candidate, tasks.get(Math.floorMod(run, tasks.size())));
			}
			for (M4.Task task : tasks) {
				double[] took = new double[RUNS];
				double[] said = {};
				for (int run = 0; run < RUNS; run++) {
					long begun = Figures.threadCpu();
					said = answer(candidate, task);
					took[run] = (Figures.threadCpu() - begun) / 1e6;
				}
				answers.add(candidate.id() + "," + task.name() + "," + RUNS + "," + join(took) + "," + join(said));
			}
		}
		Files.write(folder.resolve("ours.csv"), answers);
	}

	private static double[] answer(Candidate candidate, M4.Task task) throws Exception {
		TrainingSeries series = new TrainingSeries(0, Series.of(START, STEP, task.train()), List.of(M4.SEASON, 7 * M4.SEASON), 0, Double.POSITIVE_INFINITY, List.of());
		double[][] said = new double[1][];
		try (ForecastModel model = candidate.factory().create(candidate.settings())) {
			List<ForecastModel.Refusal> refused = model.train(List.of(series), Progress.NONE);
			if (!refused.isEmpty()) {
				throw new IllegalStateException(candidate.id() + " refused " + task.name() + ": " + refused);
			}
			model.forecast(new int[1], IntStream.rangeClosed(1, M4.HORIZON).toArray(), Regressors.NONE, (slot, median, quantiles) -> said[0] = median.clone());
		}
		return said[0];
	}

	private static String join(double[] values) {
		return String.join(",", Arrays.stream(values).mapToObj(Double::toString).toList());
	}

	/** Answers by method, then by series. */
	private static Map<String, Map<String, Answer>> answers(Path file) throws IOException {
		Map<String, Map<String, Answer>> all = new LinkedHashMap<>();
		for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
			String[] cells = line.split(",");
			double[] numbers = Arrays.stream(cells).skip(3).mapToDouble(Double::parseDouble).toArray();
			int runs = Integer.parseInt(cells[2]);
			all.computeIfAbsent(cells[0], method -> new LinkedHashMap<>()).put(cells[1],
					new Answer(Arrays.copyOf(numbers, runs), Arrays.copyOfRange(numbers, runs, numbers.length)));
		}
		return all;
	}

	private static void score(List<M4.Task> tasks, Path folder) throws IOException {
		Map<String, Map<String, Answer>> ours = answers(folder.resolve("ours.csv"));
		Map<String, Map<String, Answer>> theirs = answers(folder.resolve("r.csv"));
		PEERS.forEach((peer, own) -> {
			Map<String, Answer> of = theirs.getOrDefault(peer, ours.get(own));
			List<M4.Task> some = tasks.stream().filter(task -> of.containsKey(task.name())).toList();
			double mine = report("peers.ours." + own, some, ours.get(own));
			if (theirs.containsKey(peer)) {
				double others = report("peers.r." + peer, some, of);
				Figures.print("peers.ratio." + peer, others / mine, "times our CPU");
			} else {
				System.out.println("peers.r." + peer + ": not measured");
			}
		});
	}

	/** Prints and gives the median over series of the median over runs. */
	private static double report(String name, List<M4.Task> tasks, Map<String, Answer> answers) {
		double[] took = tasks.stream().mapToDouble(task -> Figures.median(answers.get(task.name()).milliseconds)).toArray();
		double smape = tasks.stream().mapToDouble(task -> task.smape(answers.get(task.name()).said)).average().orElseThrow();
		double mase = tasks.stream().mapToDouble(task -> task.mase(answers.get(task.name()).said)).average().orElseThrow();
		Figures.print(name + ".cpu", took, "CPU-ms/series, fit and forecast");
		System.out.printf(Locale.ROOT, "%s.accuracy: sMAPE %.2f MASE %.3f (%d series)%n", name, smape, mase, tasks.size());
		return Figures.median(took);
	}
}
