// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.prophet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.shadowweaver.api.model.Regressors;
import io.shadowweaver.api.plugin.Progress;

/** Our estimate beside that of R's prophet, on the series of {@code oracle/prophet.R}. */
class ProphetOracleTest {
	private static final int[] LEADS = IntStream.rangeClosed(1, Simulated.AHEAD).toArray();
	/** How far apart the two may be, in mean over 48 hours: the series swing by 50, their noise by 1.5 to 4. */
	private static final double APART = .6;
	/** What the harmonics more, which these series do not have, may cost. */
	private static final double PRICE = .8;

	private static Map<String, double[]> oracle() throws IOException {
		Map<String, double[]> forecasts = new HashMap<>();
		try (BufferedReader reader = new BufferedReader(
				new InputStreamReader(ProphetOracleTest.class.getResourceAsStream("prophet-oracle.csv"), StandardCharsets.UTF_8))) {
			for (String line : reader.lines().skip(2).toList()) {
				String[] cells = line.split(",");
				forecasts.put(cells[0], Arrays.stream(cells).skip(1).mapToDouble(Double::parseDouble).toArray());
			}
		}
		return forecasts;
	}

	private static double[] forecast(ProphetModel.Style style, Simulated series) {
		ProphetModel model = new ProphetModel(style);
		assertEquals(List.of(), model.train(List.of(series.training()), Progress.NONE));
		Regressors events = (slot, regressor, lead) -> Simulated.event(Simulated.HOURS - 1 + lead);
		double[][] found = new double[1][];
		model.forecast(new int[] { 0 }, LEADS, events, (slot, median, quantiles) -> found[0] = median);
		return found[0];
	}

	private static double apart(double[] a, double[] b) {
		return IntStream.range(0, a.length).mapToDouble(i -> Math.abs(a[i] - b[i])).average().orElseThrow();
	}

	@ParameterizedTest
	@EnumSource(Simulated.class)
	void agreesWithR(Simulated series) throws IOException {
		double[] theirs = oracle().get(series.name().toLowerCase(Locale.ROOT));
		double[] ours = forecast(ProphetModel.Style.PLAIN, series);
		double[] truth = Arrays.stream(LEADS).mapToDouble(lead -> series.expected(Simulated.HOURS - 1 + lead)).toArray();
		double distance = apart(ours, theirs);
		assertTrue(distance < APART, "mean distance of the forecasts: " + distance);
		assertTrue(apart(ours, truth) < apart(theirs, truth) + APART / 2, "ours is off by " + apart(ours, truth) + ", R's by " + apart(theirs, truth));
	}

	@ParameterizedTest
	@EnumSource(Simulated.class)
	void whatDiffersFromProphetDoesNoHarm(Simulated series) throws IOException {
		double[] theirs = oracle().get(series.name().toLowerCase(Locale.ROOT));
		double[] truth = Arrays.stream(LEADS).mapToDouble(lead -> series.expected(Simulated.HOURS - 1 + lead)).toArray();
		double off = apart(forecast(ProphetModel.Style.LOAD, series), truth);
		assertTrue(off < apart(theirs, truth) + PRICE, "ours is off by " + off + ", R's by " + apart(theirs, truth));
	}
}
