// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.arima;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.shadowweaver.kit.series.Gaps;
import io.shadowweaver.kit.series.Scale;

/** Compares with {@code oracle.csv}, which is the output of R's package forecast; {@code oracle.R} wrote it and says what its lines are. */
class OracleTest {
	private static final double R_START = 5e-3;

	/** A series as R had it. */
	record Observed(int period, double[] values) {
	}

	/** A line on a model. */
	record Line(String kind, String series, Order order, String[] cells) {
		@Override
		public String toString() {
			return kind + " " + series + " " + order;
		}

		/** Numbers from a cell on. */
		double[] numbers(int from) {
			return Arrays.stream(cells).skip(from).mapToDouble(Double::parseDouble).toArray();
		}

		boolean constant() {
			return Boolean.parseBoolean(cells[8]);
		}
	}

	private static final Map<String, Observed> SERIES = new HashMap<>();
	private static final List<Line> LINES = read();

	private static List<Line> read() {
		try (BufferedReader reader = new BufferedReader(new InputStreamReader(OracleTest.class.getResourceAsStream("oracle.csv"), StandardCharsets.UTF_8))) {
			List<String[]> rows = reader.lines().filter(line -> !line.startsWith("#")).map(line -> line.split(",")).toList();
			for (String[] row : rows) {
				if (row[0].equals("series")) {
					SERIES.put(row[1], new Observed(Integer.parseInt(row[2]),
							Arrays.stream(row).skip(3).mapToDouble(cell -> cell.equals("NA") ? Double.NaN : Double.parseDouble(cell)).toArray()));
				}
			}
			return rows.stream().filter(row -> !row[0].equals("series")).map(row -> {
				int[] o = Arrays.stream(row, 2, 8).mapToInt(Integer::parseInt).toArray();
				int period = o[3] + o[4] + o[5] == 0 ? 1 : SERIES.get(row[1]).period();
				return new Line(row[0], row[1], new Order(o[0], o[1], o[2], o[3], o[4], o[5], period), row);
			}).toList();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	static Stream<Line> given() {
		return LINES.stream().filter(line -> line.kind().equals("given"));
	}

	static Stream<Line> fixed() {
		return LINES.stream().filter(line -> line.kind().equals("fixed"));
	}

	static Stream<Line> automatic() {
		return LINES.stream().filter(line -> line.kind().equals("auto"));
	}

	private static boolean gapped(Observed series) {
		return Gaps.count(series.values()) < series.values().length;
	}

	private static double logLikelihood(Whitening.Errors errors) {
		return new Estimator.Fit(new Order(0, 0, 0, 0, 0, 0, 1), new double[0], new double[0], errors.sumOfSquares(), errors.count(), errors.spread()).logLikelihood();
	}

	@ParameterizedTest
	@MethodSource
	void given(Line line) {
		Observed series = SERIES.get(line.series());
		Order order = line.order();
		double[] numbers = line.numbers(9);
		double[] phi = Arrays.copyOf(numbers, order.p());
		double[] theta = Arrays.copyOfRange(numbers, order.p(), order.p() + order.q());
		double[] seasonalPhi = Arrays.copyOfRange(numbers, order.p() + order.q(), order.p() + order.q() + order.seasonalP());
		double[] seasonalTheta = Arrays.copyOfRange(numbers, order.p() + order.q() + order.seasonalP(), order.parameters());
		Arma arma = Arma.of(order, phi, theta, seasonalPhi, seasonalTheta);
		double expected = numbers[order.parameters()];
		// R gives the values before the start a large variance, not an infinite one
		assertEquals(expected, logLikelihood(Whitening.gapped(order).errors(arma, series.values())), R_START, "Kalman filter");
		if (!gapped(series)) {
			assertEquals(expected, logLikelihood(Whitening.exact(arma, Identification.difference(series.values(), order))), R_START, "Chandrasekhar recursions");
		}
	}

	@ParameterizedTest
	@MethodSource
	void fixed(Line line) {
		Observed series = SERIES.get(line.series());
		Order order = line.order();
		double[] values = scaled(series.values());
		int rise = line.constant() ? order.d() == 1 ? 1 : order.seasonalD() == 1 ? order.period() : 0 : -1;
		double[][] columns = Regression.columns(List.of(), new double[0][], rise, values.length);
		double[] start = new double[order.parameters()];
		Arrays.fill(start, .1);
		Estimator.Fit fit;
		if (gapped(series)) {
			for (double[] column : columns) {
				for (int t = 0; t < values.length; t++) {
					column[t] = Double.isNaN(values[t]) ? Double.NaN : column[t];
				}
			}
			fit = new Estimator(Whitening.gapped(order), values, columns, 1e-9).fit(order, start, 6, 30);
		} else {
			double[][] differenced = Arrays.stream(columns).map(column -> Identification.difference(column, order)).toArray(double[][]::new);
			fit = new Estimator(Whitening::exact, Identification.difference(values, order), differenced, 1e-9).fit(order, start, 10, 50);
		}
		double scale = Scale.deviation(series.values());
		double[] numbers = line.numbers(9);
		double mine = fit.logLikelihood() - fit.count() * Math.log(scale);
		assertTrue(mine >= numbers[0] - .01, () -> "the maximum of the likelihood is " + numbers[0] + " in R, here " + mine);
		// where R's optimiser stopped short of the maximum the forecasts differ for a reason
		if (mine < numbers[0] + .005) {
			double[] forecast = forecast(fit, rise, series.values());
			for (int h = 0; h < forecast.length; h++) {
				assertEquals(numbers[2 + h], forecast[h], .02 * scale, "lead " + (h + 1));
			}
		}
	}

	private static double[] scaled(double[] values) {
		double centre = Scale.mean(values);
		double scale = Scale.deviation(values);
		return Arrays.stream(values).map(value -> (value - centre) / scale).toArray();
	}

	private static double[] forecast(Estimator.Fit fit, int rise, double[] values) {
		ArimaState.Parameters parameters = new ArimaState.Parameters(fit.order(), fit.point(), 1, new Regression(List.of(), 0, rise, fit.beta()), new Scaling(0, Scale.mean(values),
				Scale.deviation(values)), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, List.of(), List.of());
		int[] leads = new int[24];
		Arrays.setAll(leads, i -> i + 1);
		return ArimaState.after(parameters, scaled(values), new double[0][]).forecast(leads);
	}

	@ParameterizedTest
	@MethodSource
	void automatic(Line line) {
		Observed series = SERIES.get(line.series());
		Identification found = Identification.of(scaled(series.values()), new double[0][], series.period() == 1 ? List.of() : List.of(series.period()));
		Order mine = found.fit().order();
		double aicc = found.fit().aicc() + 2 * found.fit().count() * Math.log(Scale.deviation(series.values()));
		if (mine.d() == line.order().d() && mine.seasonalD() == line.order().seasonalD()) {
			assertTrue(aicc <= line.numbers(9)[1] + .5, () -> mine + " has an AICc of " + aicc + ", R's has " + line.numbers(9)[1]);
		} else {
			// of different numbers of values the criterion cannot be compared, but innovations of one series can
			double variance = found.fit().variance() * Math.pow(Scale.deviation(series.values()), 2);
			double theirs = Math.exp(-2 * line.numbers(9)[0] / found.fit().count() - 1) / (2 * Math.PI);
			assertTrue(variance < 1.1 * theirs, () -> mine + " leaves a variance of " + variance + ", R's " + theirs);
		}
	}

	@Test
	void differencesAreMostlyThoseOfR() {
		long same = automatic().filter(line -> {
			Observed series = SERIES.get(line.series());
			Order mine = Identification.of(scaled(series.values()), new double[0][], series.period() == 1 ? List.of() : List.of(series.period())).fit().order();
			return mine.d() == line.order().d() && mine.seasonalD() == line.order().seasonalD();
		}).count();
		assertTrue(same >= 10, same + " of 12 series");
	}
}
