// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.arima;

/** Turns a series into the errors of a model's forecasts one step ahead. Linear in the series, so that regressors go through it too. */
@FunctionalInterface
interface Whitening {
	/**
	 * @param arma   the model of the differenced series
	 * @param series as long as always for one implementation
	 * @return what a maximum of the likelihood minimises
	 */
	Errors errors(Arma arma, double[] series);

	/** Below this no covariance changes any more, with innovations of variance 1. */
	double SETTLED = 1e-12;

	/**
	 * Errors one step ahead, each divided by its standard deviation and multiplied by the geometric mean of all of those: the Gaussian likelihood
	 * with the variance concentrated out depends on their sum of squares alone.
	 *
	 * @param values 0 where the likelihood has no term
	 * @param count  how many terms there are
	 * @param spread geometric mean of the errors' variances, in that of an innovation
	 */
	record Errors(double[] values, int count, double spread) {
		double sumOfSquares() {
			double sum = 0;
			for (double value : values) {
				sum += value * value;
			}
			return sum;
		}
	}

	/** Conditional on nothing having happened before the differenced series begins: cheap, and close to exact for long series (Box and Jenkins, 7.1.2). */
	static Errors conditional(Arma arma, double[] series) {
		int pad = Math.max(arma.phi.length, arma.theta.length);
		int n = series.length;
		double[] y = new double[pad + n];
		double[] e = new double[pad + n];
		System.arraycopy(series, 0, y, pad, n);
		int[] phiLags = arma.phiLags;
		int[] thetaLags = arma.thetaLags;
		double[] phi = weights(arma.phi, phiLags);
		double[] theta = weights(arma.theta, thetaLags);
		for (int t = pad; t < y.length; t++) {
			double error = y[t];
			for (int i = 0; i < phi.length; i++) {
				error -= phi[i] * y[t - phiLags[i]];
			}
			for (int i = 0; i < theta.length; i++) {
				error -= theta[i] * e[t - thetaLags[i]];
			}
			e[t] = error;
		}
		return new Errors(java.util.Arrays.copyOfRange(e, pad, e.length), n, 1);
	}

	/**
	 * Exact, for a series before its differences are taken, with {@code NaN} for gaps; the first values, which the differences use up, have no term.
	 *
	 * @param order says which differences are taken
	 */
	static Whitening gapped(Order order) {
		int lost = order.lost();
		return (arma, series) -> {
			KalmanFilter filter = KalmanFilter.at(arma, order, series);
			double[] errors = new double[series.length - lost];
			double logs = 0;
			int count = 0;
			for (int t = 0; t < errors.length; t++) {
				double error = filter.step(series[lost + t]);
				// what tells of a value before the start tells nothing of the model
				if (!Double.isNaN(error) && filter.variance() < KalmanFilter.VAGUE) {
					errors[t] = error / Math.sqrt(filter.variance());
					logs += Math.log(filter.variance());
					count++;
				}
			}
			double mean = Math.exp(logs / (2 * Math.max(1, count)));
			for (int t = 0; t < errors.length; t++) {
				errors[t] *= mean;
			}
			return new Errors(errors, count, mean * mean);
		};
	}

	private static double[] weights(double[] polynomial, int[] lags) {
		double[] weights = new double[lags.length];
		for (int i = 0; i < lags.length; i++) {
			weights[i] = polynomial[lags[i] - 1];
		}
		return weights;
	}

	/**
	 * Exact, for a differenced series without gaps: the Kalman filter by the recursions of Chandrasekhar type, which move two vectors and
	 * no covariance (Morf, Sidhu and Kailath, 1974; for ARMA models Pearlman, 1980, and Mélard, 1984).
	 */
	static Errors exact(Arma arma, double[] series) {
		int n = series.length;
		int size = arma.size;
		double[] phi = java.util.Arrays.copyOf(arma.phi, size);
		double[] state = new double[size + 1];
		double[] gain = new double[size + 1];
		double[] change = new double[size + 1];
		double[] column = arma.stationary();
		double variance = Math.max(1, column[0]);
		// the gain times the variance: the transition of the covariance's first column
		for (int i = 0; i < size; i++) {
			gain[i] = phi[i] * column[0] + (i + 1 < size ? column[i + 1] : 0);
			change[i] = gain[i];
		}
		double scale = -1 / variance;
		double[] errors = new double[n];
		double logs = 0;
		boolean settled = false;
		for (int t = 0; t < n; t++) {
			double error = series[t] - state[0];
			errors[t] = error / Math.sqrt(variance);
			logs += Math.log(variance);
			double first = state[0];
			double share = error / variance;
			for (int i = 0; i < size; i++) {
				state[i] = phi[i] * first + state[i + 1] + gain[i] * share;
			}
			if (settled) {
				continue;
			}
			double head = change[0];
			double step = scale * head;
			double next = Math.max(1, variance + step * head);
			double most = 0;
			// first the gain with the old change, then the change with the new gain
			for (int i = 0; i < size; i++) {
				double moved = phi[i] * head + change[i + 1];
				gain[i] += moved * step;
				change[i] = moved - gain[i] * head / next;
				most = Math.max(most, Math.abs(change[i]));
			}
			settled = most * most * Math.abs(scale) < SETTLED;
			scale += step * step / variance;
			variance = next;
		}
		double mean = Math.exp(logs / (2 * n));
		for (int t = 0; t < n; t++) {
			errors[t] *= mean;
		}
		return new Errors(errors, n, mean * mean);
	}
}
