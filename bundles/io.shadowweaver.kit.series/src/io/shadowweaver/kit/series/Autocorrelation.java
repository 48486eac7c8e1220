// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.kit.series;

import org.hipparchus.transform.DftNormalization;
import org.hipparchus.transform.FastFourierTransformer;
import org.hipparchus.transform.TransformType;

/** Autocorrelation by the fast Fourier transform (Wiener and Khinchin). */
public final class Autocorrelation {
	private Autocorrelation() {
	}

	/**
	 * The autocorrelation of a series about its mean. Each lag is divided by its number of pairs, so that long lags are not
	 * shrunk; those with few pairs are noisy.
	 *
	 * @param values without gaps
	 * @param maxLag the longest lag wanted, less than the length
	 * @return lags 0 … maxLag, the first is 1; all 0 for a constant series
	 */
	public static double[] of(double[] values, int maxLag) {
		int n = values.length;
		int size = Integer.highestOneBit(Math.max(1, n + maxLag)) * 2;
		double mean = Scale.mean(values);
		double[][] data = new double[2][size];
		for (int i = 0; i < n; i++) {
			data[0][i] = values[i] - mean;
		}
		FastFourierTransformer.transformInPlace(data, DftNormalization.STANDARD, TransformType.FORWARD);
		for (int i = 0; i < size; i++) {
			data[0][i] = data[0][i] * data[0][i] + data[1][i] * data[1][i];
			data[1][i] = 0;
		}
		FastFourierTransformer.transformInPlace(data, DftNormalization.STANDARD, TransformType.INVERSE);
		double[] correlation = new double[maxLag + 1];
		double variance = data[0][0] / n;
		if (!(variance > 1e-24 * mean * mean) || variance == 0) {
			return correlation;
		}
		for (int lag = 0; lag <= maxLag; lag++) {
			correlation[lag] = Math.clamp(data[0][lag] / (n - lag) / variance, -1, 1);
		}
		return correlation;
	}
}
