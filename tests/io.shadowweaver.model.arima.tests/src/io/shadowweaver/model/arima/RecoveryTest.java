// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.arima;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.shadowweaver.kit.series.Differences;

/** The estimates find what series were simulated with. */
class RecoveryTest {
	private static Estimator.Fit estimate(Whitening whitening, Order order, double[] values) {
		double[] start = new double[order.parameters()];
		Arrays.fill(start, .1);
		return new Estimator(whitening, values, new double[0][], 1e-9).fit(order, start, 1, 60);
	}

	private static double[] flat(double[][] blocks) {
		return Arrays.stream(blocks).flatMapToDouble(Arrays::stream).toArray();
	}

	@ParameterizedTest
	@CsvSource({ "2,0,0,0,1", "0,1,0,0,1", "0,2,0,0,1", "1,1,0,0,1", "1,0,1,0,12", "1,1,0,1,12", "0,1,0,1,24", "2,1,1,1,24" })
	void coefficients(int p, int q, int seasonalP, int seasonalQ, int period) {
		Order order = new Order(p, 0, q, seasonalP, 0, seasonalQ, period);
		double[] truth = DoubleStream.iterate(.9, x -> x - .35).limit(order.parameters()).toArray();
		double[] values = Simulated.arma(Arma.of(order, truth), 3000, 11);
		double[] expected = flat(Arma.coefficients(order, truth));
		for (Whitening whitening : List.<Whitening>of(Whitening::exact, Whitening::conditional)) {
			Estimator.Fit fit = estimate(whitening, order, values);
			assertArrayEquals(expected, flat(Arma.coefficients(order, fit.point())), .08);
			assertEquals(1, fit.variance(), .08);
		}
	}

	@Test
	void coefficientsInSpiteOfGaps() {
		Order order = new Order(1, 0, 1, 0, 0, 0, 1);
		double[] truth = { 1.2, -.5 };
		double[] values = Simulated.arma(Arma.of(order, truth), 3000, 3);
		for (int t = 0; t < values.length; t += 7) {
			values[t] = Double.NaN;
		}
		Estimator.Fit fit = estimate(Whitening.gapped(order), order, values);
		assertArrayEquals(flat(Arma.coefficients(order, truth)), flat(Arma.coefficients(order, fit.point())), .08);
		assertEquals(1, fit.variance(), .08);
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5 })
	void aRandomWalkIsDifferencedAndNoiseIsNot(long seed) {
		double[] noise = Simulated.arma(Arma.of(new Order(0, 0, 0, 0, 0, 0, 1), new double[0]), 400, seed);
		assertEquals(1, Stationarity.differences(Simulated.integrated(noise, 1), 2));
		assertEquals(0, Stationarity.differences(noise, 2));
	}

	@Test
	void theStatisticOfARampIsKnown() {
		// one lag of weight for so few values would be 0: sums of squares of partial sums over n times the sum of squares
		double[] ramp = { -2, -1, 0, 1, 2 };
		assertEquals((4 + 9 + 9 + 4) / (5. * 10), Stationarity.kpss(ramp), 1e-12);
	}

	@Test
	void aStrongSeasonIsDifferenced() {
		double[] values = Simulated.daily(480, 24, 7);
		assertTrue(Stationarity.seasonalStrength(values, 24) > .9);
		assertTrue(Stationarity.strongSeason(values, 24));
		double[] noise = Simulated.arma(Arma.of(new Order(1, 0, 0, 0, 0, 0, 1), new double[] { .5 }), 480, 7);
		assertTrue(Stationarity.seasonalStrength(noise, 24) < .3);
		assertEquals(1, Simulated.fit(values, List.of(24)).order().seasonalD());
	}

	@Test
	void theSearchFindsAModelAboutAsGoodAsTheTrueOne() {
		Order truth = new Order(1, 0, 1, 0, 1, 1, 12);
		double[] values = Simulated.integrated(Simulated.arma(Arma.of(truth, new double[] { .9, -.4, 1.2 }), 400, 5), 12);
		double[] differences = Differences.of(values, 12);
		OrderSearch search = new OrderSearch(Whitening::exact, differences, null, 40);
		Order found = search.run(truth.with(0, 0, 0, 0), 1).getFirst().order();
		double best = estimate(Whitening::exact, truth, differences).aicc();
		double mine = estimate(Whitening::exact, found, differences).aicc();
		assertTrue(mine <= best + 2, () -> found + " has " + mine + ", the true model " + best);
	}

	@Test
	void anyPointIsStationaryAndInvertible() {
		Order order = new Order(3, 0, 3, 2, 0, 2, 12);
		double[] point = { 40, -40, 40, 40, 40, -40, 3, -5, 7, -2 };
		Arma arma = Arma.of(order, point);
		assertTrue(Double.isFinite(arma.stationary()[0]));
		double[] values = Simulated.daily(200, 12, 1);
		assertTrue(Double.isFinite(Whitening.exact(arma, values).sumOfSquares()));
	}

	@Test
	void harmonicsAreAsManyAsThereAre() {
		double[] values = Simulated.daily(2016, 96, 9);
		Identification found = Identification.of(values, new double[0][], List.of(96));
		int most = Arrays.stream(found.regression().harmonics().getFirst().multiples()).max().orElse(0);
		assertTrue(most >= 3 && most <= 6, "of three harmonics " + most);
	}
}
