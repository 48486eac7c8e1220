// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.theta;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.model.Part;
import io.shadowweaver.api.model.TrainingSeries;

/** Compares with what {@code thetaf} of R's package forecast printed; {@code oracle/thetaf.R} prints it again. */
class ThetaOracleTest {
	/** R fits the first level too, which moves the rate a little. */
	private static final double TOLERANCE = .02;

	record Oracle(String name, int season, double[] history, double[] forecast) {
		@Override
		public String toString() {
			return name;
		}
	}

	static List<Oracle> oracles() throws IOException {
		try (BufferedReader in = new BufferedReader(
				new InputStreamReader(ThetaOracleTest.class.getResourceAsStream("thetaf.csv"), StandardCharsets.UTF_8))) {
			return in.lines().filter(line -> !line.startsWith("#")).map(line -> line.split(","))
					.map(cells -> new Oracle(cells[0], Integer.parseInt(cells[1]), numbers(cells[2]), numbers(cells[3]))).toList();
		}
	}

	private static double[] numbers(String cell) {
		return Arrays.stream(cell.split(" ")).mapToDouble(Double::parseDouble).toArray();
	}

	private static ThetaState fit(double[] history, int season) {
		List<Integer> seasons = season > 1 ? List.of(season) : List.of();
		return (ThetaState) new ThetaModel().fit(new TrainingSeries(0, Series.of(Instant.EPOCH, Duration.ofHours(1), history), seasons, 0,
				Double.POSITIVE_INFINITY, List.of()));
	}

	@Test
	void thereAreThreeSeries() throws IOException {
		assertEquals(3, oracles().size());
	}

	@ParameterizedTest
	@MethodSource("oracles")
	void saysWhatThetafSays(Oracle oracle) {
		int[] leads = IntStream.rangeClosed(1, oracle.forecast.length).toArray();
		double[] ours = fit(oracle.history, oracle.season).forecast(leads);
		for (int i = 0; i < leads.length; i++) {
			assertEquals(oracle.forecast[i], ours[i], TOLERANCE * oracle.forecast[i], "lead " + leads[i]);
		}
	}

	@Test
	void partsAddUpAndTheSeasonHasNoMean() {
		double[] history = IntStream.range(0, 240).mapToDouble(t -> 100 + t + 30 * Math.sin(2 * Math.PI * t / 24) + t * 7 % 5).toArray();
		ThetaState state = fit(history, 24);
		int[] day = IntStream.rangeClosed(1, 24).toArray();
		List<Part> parts = state.explain(day, (regressor, lead) -> 0);
		assertEquals(List.of(Part.Kind.TREND, Part.Kind.SEASON), parts.stream().map(Part::kind).toList());
		assertArrayEquals(state.forecast(day), IntStream.range(0, 24).mapToDouble(i -> parts.get(0).values()[i] + parts.get(1).values()[i]).toArray(), 1e-9);
		double mean = Arrays.stream(parts.get(1).values()).average().orElseThrow();
		assertEquals(0, mean, 3);
		assertTrue(Arrays.stream(parts.get(1).values()).max().orElseThrow() > 25);
	}

	@Test
	void aSeasonOfValuesBelowZeroIsAdded() {
		double[] history = IntStream.range(0, 240).mapToDouble(t -> -5 + 10 * Math.sin(2 * Math.PI * t / 24)).toArray();
		assertEquals(5, fit(history, 24).forecast(new int[] { 7 })[0], .5);
	}
}
