// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.arima;

import java.util.Arrays;

import io.shadowweaver.kit.series.Scale;

/**
 * How values of a series become those that are modelled: in logarithms where the floor is over 0, then less a centre and divided by a scale. Medians stay medians.
 *
 * @param floor  a smaller value counts as this when logarithms are taken; 0 for no logarithms
 * @param centre in logarithms where these are taken
 * @param scale  over 0
 */
record Scaling(double floor, double centre, double scale) {
	/** Logarithms must be better by so much in twice the log-likelihood. */
	private static final double MARGIN = 10;

	/**
	 * Logarithms are taken where all values are positive and a simple model is more likely in logarithms, the change of the
	 * unit accounted for (Box and Cox, 1964).
	 *
	 * @param values with {@code NaN} for gaps
	 * @param filled the same without gaps
	 * @param season the strongest; 1 for none
	 * @param linear never logarithms
	 */
	static Scaling of(double[] values, double[] filled, int season, boolean linear) {
		double least = Arrays.stream(values).filter(Double::isFinite).min().orElse(0);
		if (linear || !(least > 0) || !likelierInLogarithms(filled, season)) {
			return new Scaling(0, Scale.mean(values), Scale.deviation(values));
		}
		double[] logarithms = Arrays.stream(values).map(Math::log).toArray();
		return new Scaling(least / 2, Scale.mean(logarithms), Scale.deviation(logarithms));
	}

	private static boolean likelierInLogarithms(double[] values, int season) {
		int seasonal = season > 1 && values.length >= 3 * season ? 1 : 0;
		Order order = new Order(1, 1 - seasonal, 1, 0, seasonal, seasonal, seasonal == 1 ? season : 1);
		double[] logarithms = Arrays.stream(values).map(Math::log).toArray();
		double unit = 2 * Arrays.stream(logarithms).skip(order.lost()).sum();
		return deviance(logarithms, order) + unit < deviance(values, order) - MARGIN;
	}

	/** Minus twice the log-likelihood, but for what depends on the number of values alone. */
	private static double deviance(double[] values, Order order) {
		double size = Scale.deviation(values);
		double[] scaled = Arrays.stream(Identification.difference(values, order)).map(value -> value / size).toArray();
		double[] start = new double[order.parameters()];
		Arrays.fill(start, .3);
		double variance = new Estimator(Whitening::conditional, scaled, new double[0][], 1e-4).fit(order, start, 1, 12).variance();
		return scaled.length * (Math.log(Math.max(variance, 1e-300)) + 2 * Math.log(size));
	}

	/** What is modelled; {@code NaN} where the value is not finite. */
	double apply(double value) {
		if (!Double.isFinite(value)) {
			return Double.NaN;
		}
		return ((floor > 0 ? Math.log(Math.max(value, floor)) : value) - centre) / scale;
	}

	/** The value again. */
	double back(double scaled) {
		double value = scaled * scale + centre;
		return floor > 0 ? Math.exp(value) : value;
	}
}
