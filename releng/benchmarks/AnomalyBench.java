// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.bench;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;

import io.shadowweaver.anomalies.AnomalyDetector;
import io.shadowweaver.anomalies.ForecastDetector;
import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Levels;

/**
 * The detector on the Numenta Anomaly Benchmark: its score in all profiles with the threshold that is best for the corpus, each
 * half of the corpus at the threshold of the other, and at the product's own threshold the windows found and the false alarms a
 * series and week; what a sample, a forecast and a series cost.
 */
public final class AnomalyBench {
	private static final double WEEK = 7 * 86_400_000.0;
	private static final int DETECTORS = 200;

	private AnomalyBench() {
	}

	/**
	 * {@code [-v] [RESULTS]}: with each file; and first the published detectors of the folder {@code results} of the benchmark's
	 * repository, whose scores are known (Numenta HTM 70.1, its Random Cut Forest 51.7).
	 */
	public static void main(String[] arguments) throws Exception {
		Path folder = Path.of(System.getProperty("shadowweaver.data"), "nab");
		if (!Files.isDirectory(folder)) {
			System.out.println("anomalies.nab: not measured, " + folder + " is absent");
			return;
		}
		NabCorpus corpus = NabCorpus.read(folder);
		List<NabCorpus.Profile> profiles = NabCorpus.profiles(folder);
		boolean each = List.of(arguments).contains("-v");
		for (String argument : arguments) {
			if (!argument.equals("-v") && !argument.isEmpty()) {
				published(corpus, profiles, Path.of(argument));
			}
		}
		long cpu = Figures.threadCpu();
		Map<String, double[]> scores = new HashMap<>();
		long samples = 0;
		for (NabCorpus.Series series : corpus.series()) {
			scores.put(series.name(), scores(series));
			samples += series.values().length;
		}
		Figures.print("anomalies.sample", (Figures.threadCpu() - cpu) / 1e3 / samples, "µs");
		for (NabCorpus.Profile profile : profiles) {
			NabCorpus.Best best = corpus.best(profile, scores);
			Figures.print("anomalies.nab." + profile.name(), best.score(), "at the best threshold, " + best.threshold());
		}
		halves(corpus, profiles.getFirst(), scores);
		fixed(corpus, profiles, scores, each);
		memory(corpus.series().getFirst());
		forecasts();
	}

	/** Files DETECTOR/FOLDER/DETECTOR_FILE with a column of anomaly scores. */
	private static void published(NabCorpus corpus, List<NabCorpus.Profile> profiles, Path results) throws IOException {
		for (String detector : List.of("numenta", "randomCutForest", "windowedGaussian")) {
			Map<String, double[]> scores = new HashMap<>();
			for (NabCorpus.Series series : corpus.series()) {
				Path name = Path.of(series.name());
				List<String> lines = Files.readAllLines(results.resolve(detector).resolve(name.getParent()).resolve(detector + "_" + name.getFileName()));
				int column = List.of(lines.getFirst().split(",")).indexOf("anomaly_score");
				scores.put(series.name(), lines.stream().skip(1).mapToDouble(line -> Double.parseDouble(line.split(",")[column])).toArray());
			}
			for (NabCorpus.Profile profile : profiles) {
				Figures.print("anomalies.published." + detector + "." + profile.name(), corpus.best(profile, scores).score(), "at the best threshold");
			}
		}
	}

	private static double[] scores(NabCorpus.Series series) {
		AnomalyDetector detector = new AnomalyDetector(1);
		double[] scores = new double[series.values().length];
		long time = Long.MIN_VALUE;
		for (int i = 0; i < scores.length; i++) {
			time = Math.max(time, series.times()[i]);
			scores[i] = detector.observe(time, series.values()[i]).score();
		}
		return scores;
	}

	private static void halves(NabCorpus corpus, NabCorpus.Profile profile, Map<String, double[]> scores) {
		NabCorpus.Best[] best = { corpus.half(0).best(profile, scores), corpus.half(1).best(profile, scores) };
		for (int half = 0; half < 2; half++) {
			Figures.print("anomalies.nab.half" + (half + 1), best[half].score(), "at its own best threshold");
			Figures.print("anomalies.nab.half" + (half + 1) + ".other", corpus.half(half).at(profile, scores, best[1 - half].threshold()),
					"at the best threshold of the other half");
		}
	}

	/** At the product's threshold; every sample at or above it is an alarm. */
	private static void fixed(NabCorpus corpus, List<NabCorpus.Profile> profiles, Map<String, double[]> scores, boolean each) {
		for (NabCorpus.Profile profile : profiles) {
			Figures.print("anomalies.fixed." + profile.name(), corpus.at(profile, scores, AnomalyDetector.THRESHOLD), "at " + AnomalyDetector.THRESHOLD);
		}
		int found = 0;
		int vain = 0;
		double weeks = 0;
		List<Double> rates = new ArrayList<>();
		for (NabCorpus.Series series : corpus.series()) {
			int before = found;
			int falseBefore = vain;
			boolean[] inside = new boolean[series.values().length];
			double[] score = scores.get(series.name());
			for (int[] window : series.windows()) {
				boolean hit = false;
				for (int row = window[0]; row <= window[1]; row++) {
					inside[row] = true;
					hit |= row >= series.probation() && score[row] >= AnomalyDetector.THRESHOLD;
				}
				found += hit ? 1 : 0;
			}
			for (int row = series.probation(); row < score.length; row++) {
				vain += !inside[row] && score[row] >= AnomalyDetector.THRESHOLD ? 1 : 0;
			}
			double span = (series.times()[score.length - 1] - series.times()[series.probation()]) / WEEK;
			weeks += span;
			rates.add((vain - falseBefore) / span);
			if (each) {
				System.out.printf("  %-62s %d of %d windows, %d false%n", series.name(), found - before, series.windows().size(), vain - falseBefore);
			}
		}
		Figures.print("anomalies.fixed.windows", 100.0 * found / corpus.windows(), "% of " + corpus.windows() + " windows have an alarm");
		Figures.print("anomalies.fixed.false", vain / weeks, "alarms outside of windows a series and week (" + vain + ")");
		Figures.print("anomalies.fixed.false.median", Figures.median(rates.stream().mapToDouble(Double::doubleValue).toArray()), "a week in the median series");
	}

	private static void memory(NabCorpus.Series series) throws IOException, InterruptedException {
		long before = Figures.heap();
		AnomalyDetector[] many = new AnomalyDetector[DETECTORS];
		for (int i = 0; i < DETECTORS; i++) {
			many[i] = new AnomalyDetector(i);
			for (int row = 0; row < 1000; row++) {
				many[i].observe(series.times()[row], series.values()[row]);
			}
		}
		Figures.print("anomalies.series", (Figures.heap() - before) / 1024.0 / DETECTORS, "KiB of heap a series");
		ByteArrayOutputStream saved = new ByteArrayOutputStream();
		many[0].save(new DataOutputStream(saved));
		Figures.print("anomalies.series.saved", saved.size() / 1024.0, "KiB a series");
	}

	/** A forecast detector on a noisy daily curve, four forecasts an hour. */
	private static void forecasts() throws InterruptedException {
		Random random = new Random(5);
		List<Bands> issued = new ArrayList<>();
		long[] leads = LongStream.rangeClosed(1, 48).map(lead -> lead * 1_800_000).toArray();
		for (int i = 0; i < 1000; i++) {
			Instant origin = Instant.parse("2026-03-02T00:00:00Z").plusSeconds(900L * i);
			float[] values = new float[leads.length * Levels.COUNT];
			for (int lead = 0; lead < leads.length; lead++) {
				double hours = i / 4.0 + (lead + 1) / 2.0;
				Arrays.fill(values, lead * Levels.COUNT, (lead + 1) * Levels.COUNT, (float) (50 + 20 * Math.sin(hours * Math.PI / 12) + random.nextGaussian()));
			}
			issued.add(new Bands(origin, leads, values));
		}
		ForecastDetector[] many = new ForecastDetector[DETECTORS / 4];
		long before = Figures.heap();
		long cpu = Figures.threadCpu();
		for (int i = 0; i < many.length; i++) {
			many[i] = new ForecastDetector(i);
			issued.forEach(many[i]::observe);
		}
		Figures.print("anomalies.forecast", (Figures.threadCpu() - cpu) / 1e3 / many.length / issued.size(), "µs a forecast");
		Figures.print("anomalies.forecast.series", (Figures.heap() - before) / 1024.0 / many.length, "KiB of heap a series");
	}
}
