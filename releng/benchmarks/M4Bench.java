// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.metric.Aggregation;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;
import io.shadowweaver.api.metric.Unit;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.forecasting.Candidate;
import io.shadowweaver.forecasting.ForecastSettings;
import io.shadowweaver.forecasting.Forecaster;

/**
 * M4 Hourly, 48 hours ahead, as the product forecasts it: all series are registered in one forecaster with a step of an hour and leads of one to 48 hours, trained
 * with whatever it chooses, and forecast once.
 */
public final class M4Bench {
	private static final Duration STEP = Duration.ofHours(1);
	private static final Instant END = Instant.parse("2026-03-02T00:00:00Z");
	private static final Metric METRIC = new Metric("m4", "M4", Unit.COUNT, Unit.COUNT, Metric.Full.NONE, Aggregation.SUM);

	/** What a run said of each series, and what it was said with. */
	record Run(List<Bands> bands, List<String> models, double milliseconds) {
		double[][] level(double level) {
			return bands.stream().map(of -> IntStream.range(0, M4.HORIZON).mapToDouble(lead -> of.at(of.time(lead), level)).toArray()).toArray(double[][]::new);
		}
	}

	private M4Bench() {
	}

	/** {@code [--validation] [--lstm] [--singles] [--single=MODEL] [--every=N]}: N is every how many series. */
	public static void main(String[] arguments) throws Exception {
		List<String> options = List.of(arguments);
		boolean validation = options.contains("--validation");
		int stride = options.stream().filter(option -> option.startsWith("--every=")).mapToInt(option -> Integer.parseInt(option.substring(8))).findFirst().orElse(1);
		List<M4.Task> tasks = M4.read(Path.of(System.getProperty("shadowweaver.data"), "m4"), stride, validation ? M4.Judged.VALIDATION : M4.Judged.TEST);
		System.out.println("m4.series: " + tasks.size() + " of M4 Hourly, 48 hours ahead of " + (validation ? "the last two days of the training part" : "the test part"));
		M4Score naive2 = new M4Score(tasks, tasks.stream().map(M4.Task::naive2).toArray(double[][]::new));
		print("naive2", naive2, naive2);
		print("seasonal-naive.plain", new M4Score(tasks, tasks.stream().map(M4.Task::seasonalNaive).toArray(double[][]::new)), naive2);
		Map<String, M4Score> scores = new LinkedHashMap<>();
		scores.put("automatic", report("automatic", tasks, run(Installed.models(), tasks, "", false), naive2));
		for (Candidate candidate : Installed.models()) {
			if (options.contains("--singles") || options.contains("--single=" + candidate.id())) {
				scores.put(candidate.id(), report(candidate.id(), tasks, run(List.of(candidate), tasks, candidate.id(), false), naive2));
			}
		}
		compare(scores, naive2);
		if (options.contains("--lstm")) {
			scores.keySet().retainAll(List.of("automatic"));
			List<Candidate> all = new ArrayList<>(Installed.models());
			all.add(Network.candidate());
			scores.put("automatic-with-lstm", report("automatic-with-lstm", tasks, run(all, tasks, "", true), naive2));
			scores.put("lstm", report("lstm", tasks, run(List.of(Installed.models().getFirst(), all.getLast()), tasks, "lstm", true), naive2));
			compare(scores, naive2);
		}
	}

	/**
	 * Forecasts all.
	 *
	 * @param pinned the one model to use; empty for the choice
	 * @param shared whether a model learns from all series together: it does so once the others have been trained, and takes part in the training after that
	 */
	static Run run(List<Candidate> candidates, List<M4.Task> tasks, String pinned, boolean shared) throws Exception {
		List<Duration> leads = IntStream.rangeClosed(1, M4.HORIZON).mapToObj(STEP::multipliedBy).toList();
		Map<SeriesId, Series> history = new LinkedHashMap<>();
		for (M4.Task task : tasks) {
			history.put(new SeriesId(task.name(), METRIC.id()), Series.of(END.minus(STEP.multipliedBy(task.train().length - 1L)), STEP, task.train()));
		}
		List<SeriesId> ids = List.copyOf(history.keySet());
		Map<SeriesId, String> pins = pinned.isEmpty() || shared ? Map.of() : ids.stream().collect(Collectors.toMap(id -> id, id -> pinned));
		ForecastSettings given = ForecastSettings.defaults(STEP);
		ForecastSettings settings = new ForecastSettings(STEP, leads, given.trainingSpan(), given.retrainEvery(), pins, given.seed());
		try (Forecaster forecaster = new Forecaster(candidates, (id, from, to) -> part(history.get(id), from, to), settings, Runnable::run)) {
			ids.forEach(id -> forecaster.register(id, METRIC));
			long begun = Figures.threadCpu();
			forecaster.observe(new Tick(END, ids, tasks.stream().mapToDouble(task -> task.train()[task.train().length - 1]).toArray()), new BitSet());
			if (shared && pinned.isEmpty()) {
				forecaster.retrain(ids, Progress.NONE).join();
			} else if (shared) {
				ids.forEach(id -> forecaster.pin(id, Optional.of(pinned)).join());
			}
			List<Bands> bands = forecaster.forecast(ids, END).stream().map(forecast -> forecast.bands().orElseThrow(() -> new IllegalStateException(forecast.toString()))).toList();
			double spent = (Figures.threadCpu() - begun) / 1e6 / ids.size();
			return new Run(bands, ids.stream().map(id -> forecaster.quality(id).model()).toList(), spent);
		}
	}

	private static Series part(Series whole, Instant from, Instant to) {
		int first = (int) Math.clamp(Math.ceilDiv(Duration.between(whole.start(), from).toSeconds(), STEP.toSeconds()), 0, whole.length());
		int end = (int) Math.clamp(Math.ceilDiv(Duration.between(whole.start(), to).toSeconds(), STEP.toSeconds()), 0, whole.length());
		return first >= end ? Series.empty(from, STEP, "none") : Series.of(whole.time(first), STEP, Arrays.copyOfRange(whole.values(), first, end));
	}

	private static void print(String name, M4Score score, M4Score naive2) {
		System.out.printf(Locale.ROOT, "m4.%s: sMAPE %.3f MASE %.3f OWA %.4f%n", name, score.meanSmape(), score.meanMase(), score.owa(naive2));
	}

	private static M4Score report(String name, List<M4.Task> tasks, Run run, M4Score naive2) {
		M4Score score = new M4Score(tasks, run.level(.5));
		print(name, score, naive2);
		double[] interval = score.interval(naive2);
		double[][] low = run.level(.025);
		double[][] high = run.level(.975);
		double msis = IntStream.range(0, tasks.size()).mapToDouble(i -> tasks.get(i).msis(low[i], high[i])).average().orElseThrow();
		System.out.printf(Locale.ROOT, "m4.%s: OWA %.4f to %.4f in 95 %% of draws of series, MSIS %.3f, %.2f CPU-ms/series%n", name, interval[0], interval[1], msis,
				run.milliseconds);
		System.out.println("m4." + name + ".coverage: " + coverage(tasks, run, 0, M4.HORIZON));
		for (int[] part : new int[][] { { 0, 6 }, { 6, 24 }, { 24, M4.HORIZON } }) {
			System.out.printf("m4.%s.coverage.leads-%d-to-%d: %s%n", name, part[0] + 1, part[1], coverage(tasks, run, part[0], part[1]));
		}
		System.out.printf(Locale.ROOT, "m4.%s.wql: %.5f mean over series of the weighted quantile loss%n", name, quantileLoss(tasks, run));
		Map<String, Long> used = new TreeMap<>(run.models.stream().flatMap(model -> Arrays.stream(model.split("[^a-z-]+"))).filter(word -> !word.isEmpty())
				.collect(Collectors.groupingBy(word -> word, Collectors.counting())));
		System.out.println("m4." + name + ".used: " + used);
		return score;
	}

	/** What share of the test parts lies within each nominal band at some leads. */
	private static String coverage(List<M4.Task> tasks, Run run, int from, int to) {
		List<String> said = new ArrayList<>();
		for (int level = 0; level < Levels.MEDIAN; level++) {
			int inside = 0;
			for (int i = 0; i < tasks.size(); i++) {
				Bands bands = run.bands.get(i);
				for (int lead = from; lead < to; lead++) {
					double value = tasks.get(i).test()[lead];
					inside += value >= bands.value(lead, level) && value <= bands.value(lead, Levels.COUNT - 1 - level) ? 1 : 0;
				}
			}
			said.add(String.format(Locale.ROOT, "%.0f %%: %.1f", 100 * (1 - 2 * Levels.level(level)), 100. * inside / (to - from) / tasks.size()));
		}
		return String.join(", ", said);
	}

	private static double quantileLoss(List<M4.Task> tasks, Run run) {
		QuantileLoss loss = new QuantileLoss(tasks.size());
		for (int i = 0; i < tasks.size(); i++) {
			for (int lead = 0; lead < M4.HORIZON; lead++) {
				loss.add(i, tasks.get(i).test()[lead], run.bands.get(i), lead);
			}
		}
		return loss.mean();
	}

	private static void compare(Map<String, M4Score> scores, M4Score naive2) {
		M4Score automatic = scores.get("automatic");
		scores.forEach((name, score) -> {
			if (score != automatic) {
				double[] difference = automatic.intervalOfDifference(score, naive2);
				System.out.printf(Locale.ROOT, "m4.automatic-less-%s: OWA %+.4f (%+.4f to %+.4f, paired bootstrap, 95 %%)%n", name,
						automatic.owa(naive2) - score.owa(naive2), difference[0], difference[1]);
			}
		});
	}
}
