// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.arima;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import jdplus.toolkit.base.api.arima.SarimaOrders;
import jdplus.toolkit.base.api.data.DoubleSeq;
import jdplus.toolkit.base.core.regarima.RegArimaEstimation;
import jdplus.toolkit.base.core.regarima.RegArimaModel;
import jdplus.toolkit.base.core.sarima.SarimaModel;

/** Compares the likelihood with that of JDemetra+, the National Bank of Belgium's library of seasonal adjustment, for seasonal orders up to 1; those of 2 are compared with R. */
class JDemetraTest {
	private static double[] series(int length, int period) {
		Random random = new Random(5);
		double[] values = new double[length];
		double level = 0;
		double before = 0;
		for (int t = 0; t < length; t++) {
			double shock = random.nextGaussian();
			level += .3 * shock;
			before = .6 * before + shock;
			values[t] = level + before + 5 * Math.sin(2 * Math.PI * t / period);
		}
		return values;
	}

	private static SarimaModel theirs(Order order, double[] point) {
		SarimaOrders orders = new SarimaOrders(order.period());
		orders.setRegular(order.p(), order.d(), order.q());
		orders.setSeasonal(order.seasonalP(), order.seasonalD(), order.seasonalQ());
		double[][] mine = Arma.coefficients(order, point);
		// its autoregressive polynomials are written with a plus
		double[] phi = Arrays.stream(mine[0]).map(value -> -value).toArray();
		double[] seasonalPhi = Arrays.stream(mine[2]).map(value -> -value).toArray();
		return SarimaModel.builder(orders).phi(phi).theta(mine[1]).bphi(seasonalPhi).btheta(mine[3]).build();
	}

	/** What JDemetra+ says; its builder hands itself on without its type. */
	@SuppressWarnings("unchecked")
	private static double logLikelihood(SarimaModel model, double[] values, int... missing) {
		RegArimaModel<SarimaModel> regression = RegArimaModel.<SarimaModel>builder().y(DoubleSeq.of(values)).missing(missing).arima(model).build();
		return RegArimaEstimation.of(regression, 0).getConcentratedLikelihood().logLikelihood();
	}

	private static double logLikelihood(Whitening.Errors errors, Order order) {
		return new Estimator.Fit(order, new double[0], new double[0], errors.sumOfSquares(), errors.count(), errors.spread()).logLikelihood();
	}

	@ParameterizedTest
	@CsvSource({ "2,0,1,0,0,0,12", "1,1,2,0,1,1,12", "2,0,1,1,1,1,24", "0,1,1,0,1,1,7", "3,1,0,1,0,1,24", "1,0,2,0,1,1,12" })
	void likelihoodWithoutGaps(int p, int d, int q, int seasonalP, int seasonalD, int seasonalQ, int period) {
		Order order = new Order(p, d, q, seasonalP, seasonalD, seasonalQ, period);
		double[] point = IntStream.range(0, order.parameters()).mapToDouble(i -> .5 - .3 * i).toArray();
		double[] values = series(260, period);
		double expected = logLikelihood(theirs(order, point), values);
		assertEquals(expected, logLikelihood(Whitening.exact(Arma.of(order, point), Identification.difference(values, order)), order), 1e-6);
		assertEquals(expected, logLikelihood(Whitening.gapped(order).errors(Arma.of(order, point), values), order), 1e-4);
	}

	@ParameterizedTest
	@CsvSource({ "2,0,1,0,0,0,12", "1,1,2,0,1,1,12", "0,1,1,0,1,1,7", "1,0,1,1,0,1,24" })
	void likelihoodWithGaps(int p, int d, int q, int seasonalP, int seasonalD, int seasonalQ, int period) {
		Order order = new Order(p, d, q, seasonalP, seasonalD, seasonalQ, period);
		double[] point = IntStream.range(0, order.parameters()).mapToDouble(i -> .5 - .3 * i).toArray();
		double[] values = series(260, period);
		int[] gaps = { 60, 61, 62, 90, 102, 150, 151, 200 };
		double[] holes = values.clone();
		for (int gap : gaps) {
			holes[gap] = Double.NaN;
		}
		// it estimates what was missing; the value that stands in the gap does not matter
		double expected = logLikelihood(theirs(order, point), values, gaps);
		assertEquals(expected, logLikelihood(Whitening.gapped(order).errors(Arma.of(order, point), holes), order), 1e-3);
	}

	@Test
	void stationaryCovariancesAreTheirs() {
		Order order = new Order(2, 0, 2, 1, 0, 1, 12);
		double[] point = { .4, -.3, .2, .6, .5, -.7 };
		double expected = theirs(order, point).getAutoCovarianceFunction().get(0);
		assertEquals(expected, Arma.of(order, point).stationary()[0], 1e-9 * expected);
	}
}
