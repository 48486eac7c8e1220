// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.prophet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.model.Regressors;
import io.shadowweaver.api.model.TrainingSeries;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.kit.series.Seasons;

/** Accuracy on the training part of M4 Hourly: the last two days, or the last week, of every tenth series. */
class ProphetTraceTest {
	private static final int[] SLOT = { 0 };
	private static final int[] LEADS = IntStream.rangeClosed(1, 48).toArray();

	private static List<double[]> series() throws IOException {
		Path file = Path.of(System.getProperty("shadowweaver.data", "none")).resolve("m4/Hourly-train.csv");
		assumeTrue(Files.isReadable(file), file + " is not there");
		List<String> lines = Files.readAllLines(file);
		List<double[]> all = new ArrayList<>();
		for (int i = 1; i < lines.size(); i += 10) {
			all.add(Arrays.stream(lines.get(i).replace("\"", "").split(",")).skip(1).filter(cell -> !cell.isBlank()).mapToDouble(Double::parseDouble)
					.toArray());
		}
		return all;
	}

	private static ProphetModel trained(ProphetModel.Style style, double[] history) {
		ProphetModel model = new ProphetModel(style);
		Duration hour = Duration.ofHours(1);
		TrainingSeries series = new TrainingSeries(0, Series.of(Instant.EPOCH, hour, history), Seasons.find(history, hour), 0, Double.POSITIVE_INFINITY,
				List.of());
		assertEquals(List.of(), model.train(List.of(series), Progress.NONE));
		return model;
	}

	private static double[] forecast(ProphetModel model, int... leads) {
		double[][] found = new double[1][];
		model.forecast(SLOT, leads, Regressors.NONE, (slot, median, quantiles) -> found[0] = median);
		return found[0];
	}

	/** The symmetric mean absolute percentage error of two days ahead. */
	private static double smape(ProphetModel.Style style, double[] values) {
		int end = values.length - LEADS.length;
		double[] forecast = forecast(trained(style, Arrays.copyOf(values, end)), LEADS);
		double sum = 0;
		for (int i = 0; i < LEADS.length; i++) {
			sum += 200 * Math.abs(forecast[i] - values[end + i]) / (Math.abs(forecast[i]) + Math.abs(values[end + i]));
		}
		return sum / LEADS.length;
	}

	@Test
	void twoDaysAheadItIsAsGoodAsProphetAndWhatWasAddedIsWorthIt() throws IOException {
		List<double[]> all = series();
		double plain = all.stream().mapToDouble(values -> smape(ProphetModel.Style.PLAIN, values)).average().orElseThrow();
		double load = all.stream().mapToDouble(values -> smape(ProphetModel.Style.LOAD, values)).average().orElseThrow();
		// R's prophet has 18.2 on the test part of all series
		assertTrue(plain < 18.5, "sMAPE of the plain model " + plain);
		assertTrue(load < plain - .5, "sMAPE " + load + ", of the plain model " + plain);
	}

	@Test
	void anHourAheadItBeatsSeasonalNaiveThroughAWeekOfUpdates() throws IOException {
		double ratio = 0;
		List<double[]> all = series();
		for (double[] values : all) {
			int cut = values.length - 168;
			ProphetModel model = trained(ProphetModel.Style.LOAD, Arrays.copyOf(values, cut));
			double own = 0;
			double naive = 0;
			for (int i = cut; i < values.length; i++) {
				own += Math.abs(forecast(model, 1)[0] - values[i]);
				naive += Math.abs(values[i - 24] - values[i]);
				model.update(SLOT, new double[] { values[i] }, Regressors.NONE);
			}
			ratio += own / naive / all.size();
		}
		assertTrue(ratio < .8, "mean error against that of seasonal naive: " + ratio);
	}
}
