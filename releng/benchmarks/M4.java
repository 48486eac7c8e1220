// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The hourly series of the M4 competition and its measures: Makridakis, Spiliotis and Assimakopoulos, The M4 Competition: 100,000 time series and 61
 * forecasting methods, 2020.
 */
final class M4 {
	static final int HORIZON = 48;
	static final int SEASON = 24;
	/** The standard normal quantile with which the competition tests for a season. */
	private static final double SEASONAL = 1.645;
	/** The level of the interval that the competition scores. */
	private static final double MISSED = .05;

	private M4() {
	}

	/** A series, and what came after it. */
	record Task(String name, double[] train, double[] test) {
		/** The mean absolute error of seasonal naive within the series: what errors are scaled by. */
		double scale() {
			double sum = 0;
			for (int t = SEASON; t < train.length; t++) {
				sum += Math.abs(train[t] - train[t - SEASON]);
			}
			return sum / (train.length - SEASON);
		}

		double smape(double[] said) {
			double sum = 0;
			for (int lead = 0; lead < HORIZON; lead++) {
				double size = Math.abs(test[lead]) + Math.abs(said[lead]);
				sum += size == 0 ? 0 : 200 * Math.abs(test[lead] - said[lead]) / size;
			}
			return sum / HORIZON;
		}

		double mase(double[] said) {
			double sum = 0;
			for (int lead = 0; lead < HORIZON; lead++) {
				sum += Math.abs(test[lead] - said[lead]);
			}
			return sum / HORIZON / scale();
		}

		/** The scaled interval score of an interval of 95 %. */
		double msis(double[] low, double[] high) {
			double sum = 0;
			for (int lead = 0; lead < HORIZON; lead++) {
				sum += high[lead] - low[lead] + 2 / MISSED * (Math.max(0, low[lead] - test[lead]) + Math.max(0, test[lead] - high[lead]));
			}
			return sum / HORIZON / scale();
		}

		double[] seasonalNaive() {
			double[] said = new double[HORIZON];
			Arrays.setAll(said, lead -> train[train.length - SEASON + lead % SEASON]);
			return said;
		}

		/** The last value of the series without its season, where a test finds one: the reference of the competition. */
		double[] naive2() {
			double[] season = isSeasonal() ? season() : ones();
			double last = train[train.length - 1] / season[(train.length - 1) % SEASON];
			double[] said = new double[HORIZON];
			Arrays.setAll(said, lead -> last * season[(train.length + lead) % SEASON]);
			return said;
		}

		private static double[] ones() {
			double[] ones = new double[SEASON];
			Arrays.fill(ones, 1);
			return ones;
		}

		private boolean isSeasonal() {
			double mean = Arrays.stream(train).average().orElseThrow();
			double[] correlation = new double[SEASON + 1];
			for (int lag = 0; lag <= SEASON; lag++) {
				for (int t = lag; t < train.length; t++) {
					correlation[lag] += (train[t] - mean) * (train[t - lag] - mean);
				}
			}
			double squares = 1;
			for (int lag = 1; lag < SEASON; lag++) {
				squares += 2 * Math.pow(correlation[lag] / correlation[0], 2);
			}
			return Math.abs(correlation[SEASON] / correlation[0]) > SEASONAL / Math.sqrt(train.length) * Math.sqrt(squares);
		}

		/** The factors of the classical multiplicative decomposition, by the place in the season. */
		private double[] season() {
			double[] sums = new double[SEASON];
			int[] counts = new int[SEASON];
			int half = SEASON / 2;
			for (int t = half; t < train.length - half; t++) {
				double trend = (train[t - half] + train[t + half]) / 2;
				for (int i = 1 - half; i < half; i++) {
					trend += train[t + i];
				}
				sums[t % SEASON] += train[t] / (trend / SEASON);
				counts[t % SEASON]++;
			}
			double[] factors = new double[SEASON];
			Arrays.setAll(factors, place -> sums[place] / counts[place]);
			double mean = Arrays.stream(factors).average().orElseThrow();
			return Arrays.stream(factors).map(factor -> factor / mean).toArray();
		}
	}

	/** What forecasts are compared with. */
	enum Judged {
		/** Nothing: the whole training part is known, and the test part is not read. */
		NOTHING,
		/** The last two days of the training part, which are then not known; the test part is not read. */
		VALIDATION,
		/** The test part. */
		TEST
	}

	/**
	 * Reads series.
	 *
	 * @param folder where the files of the competition are
	 * @param stride every how many of the 414
	 * @param judged what comes after each
	 */
	static List<Task> read(Path folder, int stride, Judged judged) throws IOException {
		List<double[]> later = judged == Judged.TEST ? rows(folder.resolve("Hourly-test.csv")) : List.of();
		List<double[]> series = rows(folder.resolve("Hourly-train.csv"));
		List<Task> tasks = new ArrayList<>();
		for (int i = 0; i < series.size(); i += stride) {
			double[] all = series.get(i);
			int end = all.length - (judged == Judged.VALIDATION ? HORIZON : 0);
			tasks.add(new Task("h" + (i + 1), Arrays.copyOf(all, end), judged == Judged.TEST ? later.get(i) : Arrays.copyOfRange(all, end, all.length)));
		}
		return tasks;
	}

	private static List<double[]> rows(Path file) throws IOException {
		try (BufferedReader lines = Files.newBufferedReader(file)) {
			return lines.lines().skip(1).map(line -> Arrays.stream(line.replace("\"", "").split(",")).skip(1).filter(cell -> !cell.isBlank())
					.mapToDouble(Double::parseDouble).toArray()).toList();
		}
	}
}
