// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.arima;

/**
 * Partial autocorrelations as parameters: any of them inside of (−1, 1) make a stationary autoregression, or an invertible moving
 * average (Barndorff-Nielsen and Schou, 1973; Jones, 1980; Monahan, 1984).
 */
final class PartialAutocorrelations {
	private PartialAutocorrelations() {
	}

	/** From the real line into (−1, 1), after Monahan. */
	static double bounded(double x) {
		return x / Math.sqrt(1 + x * x);
	}

	/** The inverse of {@link #bounded}; what lies outside of the interval is brought to its edge. */
	static double unbounded(double correlation) {
		double r = Math.clamp(correlation, -.9999, .9999);
		return r / Math.sqrt(1 - r * r);
	}

	/** Coefficients of the autoregression, by the recursion of Durbin and Levinson. */
	static double[] coefficients(double[] partial) {
		double[] phi = new double[partial.length];
		for (int k = 0; k < phi.length; k++) {
			double r = partial[k];
			for (int i = 0, j = k - 1; i <= j; i++, j--) {
				double left = phi[i];
				double right = phi[j];
				phi[i] = left - r * right;
				phi[j] = right - r * left;
			}
			phi[k] = r;
		}
		return phi;
	}

	/** Partial autocorrelations of a series with the given autocorrelations of lags 0, 1, …; the same recursion. */
	static double[] ofAutocorrelations(double[] correlations, int count) {
		double[] partial = new double[count];
		double[] phi = new double[0];
		double error = 1;
		for (int k = 1; k <= count; k++) {
			double sum = k < correlations.length ? correlations[k] : 0;
			for (int j = 1; j < k; j++) {
				sum -= phi[j - 1] * (k - j < correlations.length ? correlations[k - j] : 0);
			}
			partial[k - 1] = error > 1e-9 ? Math.clamp(sum / error, -.99, .99) : 0;
			error *= 1 - partial[k - 1] * partial[k - 1];
			phi = coefficients(java.util.Arrays.copyOf(partial, k));
		}
		return partial;
	}
}
