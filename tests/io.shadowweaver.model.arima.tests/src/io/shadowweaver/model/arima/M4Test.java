// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.arima;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.shadowweaver.kit.series.Differences;
import io.shadowweaver.kit.series.Scale;
import io.shadowweaver.kit.series.Seasons;

/** Real series: the training part of M4 Hourly, its last two days held back. */
class M4Test {
	private static final int HORIZON = 48;
	private static final int EVERY = 20;

	private static List<double[]> series() throws IOException {
		Path file = Path.of(System.getProperty("shadowweaver.data", "../../../shared/data"), "m4", "Hourly-train.csv");
		assumeTrue(Files.exists(file), "M4 Hourly is not there: " + file);
		List<String> lines = Files.readAllLines(file);
		return IntStream.range(0, lines.size()).filter(i -> i % EVERY == 1).mapToObj(lines::get)
				.map(line -> Arrays.stream(line.replace("\"", "").split(",")).skip(1).filter(cell -> !cell.isBlank()).mapToDouble(Double::parseDouble).toArray())
				.toList();
	}

	/** The error of a forecast in that of seasonal naive over the training part. */
	private static double scaledError(double[] forecast, double[] all) {
		int end = all.length - HORIZON;
		double sum = 0;
		for (int h = 0; h < HORIZON; h++) {
			sum += Math.abs(forecast[h] - all[end + h]) / HORIZON;
		}
		return sum / Differences.meanAbsolute(Arrays.copyOf(all, end), 24);
	}

	/** One order for all, by the conditional sum of squares. */
	private static double[] fixed(double[] values) {
		double centre = Scale.mean(values);
		double scale = Scale.deviation(values);
		double[] scaled = Arrays.stream(values).map(value -> (value - centre) / scale).toArray();
		Order order = new Order(2, 0, 1, 0, 1, 1, 24);
		Estimator.Fit fit = new Estimator(Whitening::conditional, Differences.of(scaled, 24), new double[0][], 1e-7).fit(order, new double[] { .5, .1, -.1, 1 }, 1,
				30);
		ArimaState.Parameters parameters = new ArimaState.Parameters(order, fit.point(), 1, new Regression(List.of(), 0, -1, new double[0]), new Scaling(0, centre, scale),
				Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, List.of(), List.of());
		return ArimaState.after(parameters, scaled, new double[0][]).forecast(Simulated.leads(HORIZON));
	}

	@Test
	void theChosenModelBeatsOneOrderForAll() throws IOException {
		List<double[]> all = series();
		double chosen = 0;
		double fixed = 0;
		for (double[] values : all) {
			double[] train = Arrays.copyOf(values, values.length - HORIZON);
			chosen += scaledError(Simulated.fit(train, Seasons.find(train, Duration.ofHours(1))).forecast(Simulated.leads(HORIZON)), values) / all.size();
			fixed += scaledError(fixed(train), values) / all.size();
		}
		assertTrue(chosen < fixed, "a mean scaled error of " + chosen + ", with (2,0,1)(0,1,1)24 for all " + fixed);
		assertTrue(chosen < 1, "a mean scaled error of " + chosen);
	}
}
