// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.arima;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.model.Regressor;
import io.shadowweaver.api.model.TrainingSeries;

/** Series whose model is known. */
final class Simulated {
	private static final int SETTLE = 500;

	private Simulated() {
	}

	/** Values of an ARMA process with innovations of variance 1. */
	static double[] arma(Arma arma, int length, long seed) {
		Random random = new Random(seed);
		double[] y = new double[SETTLE + length];
		double[] e = new double[SETTLE + length];
		for (int t = 0; t < y.length; t++) {
			e[t] = random.nextGaussian();
			y[t] = e[t];
			for (int j = 1; j <= Math.min(t, arma.phi.length); j++) {
				y[t] += arma.phi[j - 1] * y[t - j];
			}
			for (int j = 1; j <= Math.min(t, arma.theta.length); j++) {
				y[t] += arma.theta[j - 1] * e[t - j];
			}
		}
		return Arrays.copyOfRange(y, SETTLE, y.length);
	}

	/** Sums up what was differenced. */
	static double[] integrated(double[] differences, int lag) {
		double[] values = differences.clone();
		for (int t = lag; t < values.length; t++) {
			values[t] += values[t - lag];
		}
		return values;
	}

	/** A daily wave with autocorrelated noise. */
	static double[] daily(int length, int day, long seed) {
		double[] noise = arma(Arma.of(new Order(1, 0, 0, 0, 0, 0, 1), new double[] { 1 }), length, seed);
		double[] values = new double[length];
		for (int t = 0; t < length; t++) {
			values[t] = 100 + 30 * Math.sin(2 * Math.PI * t / day) + 10 * Math.cos(6 * Math.PI * t / day) + 2 * noise[t];
		}
		return values;
	}

	static TrainingSeries training(double[] values, List<Integer> seasons, Regressor... regressors) {
		return new TrainingSeries(0, Series.of(Instant.EPOCH, Duration.ofHours(1), values), seasons, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY,
				List.of(regressors));
	}

	static ArimaState fit(double[] values, List<Integer> seasons, Regressor... regressors) {
		return (ArimaState) new ArimaModel().fit(training(values, seasons, regressors));
	}

	/** 1 … count. */
	static int[] leads(int count) {
		int[] leads = new int[count];
		Arrays.setAll(leads, i -> i + 1);
		return leads;
	}
}
