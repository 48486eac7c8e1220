// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.lstm;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.model.ForecastModel.Refusal;
import io.shadowweaver.api.model.Regressors;
import io.shadowweaver.api.model.TrainingSeries;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Progress;

/** CPU of each third machine that the network was trained on before the 20th day, judged after. */
class BitbrainsTest {
	private static final int DAY = 288;
	private static final int CUT = 19 * DAY;
	private static final int[] LEADS = { 2, 12, 72 };

	@Test
	void isBetterThanTheLastValueAndThanTheDayBefore() throws IOException, PluginException {
		Path file = Path.of(System.getProperty("shadowweaver.data", "."), "bitbrains/5min_2013-08_cpu_pct.csv.gz");
		assumeTrue(Files.exists(file), "the public traces are not at " + file);
		List<double[]> all = read(file, 84);
		try (LstmModel model = LstmSettings.model(Map.of())) {
			List<TrainingSeries> training = new ArrayList<>();
			for (double[] values : all) {
				training.add(new TrainingSeries(training.size(), Series.of(Instant.parse("2013-08-01T00:00:00Z"), Duration.ofMinutes(5), Arrays.copyOf(values, CUT)),
						List.of(DAY), 0, Double.POSITIVE_INFINITY, List.of()));
			}
			List<Refusal> refused = model.train(training, Progress.NONE);
			assertTrue(refused.size() < all.size() / 2, refused.toString());
			double[][][] sums = new double[all.size()][LEADS.length][4];
			int[] slots = new int[all.size()];
			Arrays.setAll(slots, i -> i);
			for (int now = CUT; now + LEADS[2] < CUT + 5 * DAY; now++) {
				int at = now - 1;
				if (now % 12 == 0) {
					model.forecast(slots, LEADS, Regressors.NONE, (slot, median, quantiles) -> add(sums[slot], all.get(slot), at, median));
				}
				double[] next = new double[slots.length];
				for (int slot : slots) {
					next[slot] = all.get(slot)[now];
				}
				model.update(slots, next, Regressors.NONE);
			}
			for (int i = 0; i < LEADS.length; i++) {
				double[] mean = new double[3];
				for (double[][] one : sums) {
					for (int method = 0; method < mean.length; method++) {
						mean[method] += one[i][3] > 0 ? one[i][method] / one[i][3] / sums.length : 0;
					}
				}
				String figures = "lead " + LEADS[i] + ", mean WAPE of LSTM, last value, day before: " + Arrays.toString(mean);
				assertTrue(mean[0] < mean[1] && mean[0] < .9 * mean[2], figures);
			}
		}
	}

	private static void add(double[][] sums, double[] values, int at, double[] median) {
		for (int i = 0; i < LEADS.length; i++) {
			double actual = values[at + LEADS[i]];
			double before = values[at + LEADS[i] - DAY];
			if (!Double.isNaN(actual + before + values[at])) {
				sums[i][0] += Math.abs(actual - median[i]);
				sums[i][1] += Math.abs(actual - values[at]);
				sums[i][2] += Math.abs(actual - before);
				sums[i][3] += actual;
			}
		}
	}

	private static List<double[]> read(Path file, int count) throws IOException {
		List<double[]> all = new ArrayList<>();
		int row = 0;
		try (BufferedReader in = new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(file))))) {
			for (String line = in.readLine(); line != null && all.size() < count; line = in.readLine()) {
				String[] cells = line.split(",", -1);
				if (cells[0].matches("\\d+") && row++ % 3 == 0) {
					all.add(Arrays.stream(cells).skip(1).mapToDouble(cell -> cell.isBlank() ? Double.NaN : Double.parseDouble(cell)).toArray());
				}
			}
		}
		return all;
	}
}
