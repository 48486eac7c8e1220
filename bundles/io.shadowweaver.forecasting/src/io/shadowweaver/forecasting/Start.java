// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.util.Arrays;

import io.shadowweaver.api.forecast.Levels;

/**
 * What the bands start from.
 *
 * @param quantiles of the errors in scales, by lead and level; {@code null} at leads where nothing was measured
 * @param gains     what is left of a deviation, by lead
 * @param usual     the usual size of errors right after a block
 * @param exponent  how it grows with the level, 0 to 1
 * @param reference the level where it is the usual one
 * @param correcting how fast the deviation from the curve follows the samples, 0 to 1
 */
record Start(double[][] quantiles, double[] gains, double usual, double exponent, double reference, double correcting) {
	private static final int LOW = 3;
	private static final int HIGH = 7;

	/** Moves the median of the errors to 0 at leads from one on, where nothing of the present deviation stays. */
	void unbias(int from) {
		for (int lead = from; lead < quantiles.length; lead++) {
			gains[lead] = 0;
			if (quantiles[lead] != null) {
				double bias = quantiles[lead][Levels.MEDIAN];
				quantiles[lead] = Arrays.stream(quantiles[lead]).map(quantile -> quantile - bias).toArray();
			}
		}
	}

	/** Whether the band from .1 to .9 around a level covers an error. */
	boolean covers(int lead, double error, double level) {
		if (quantiles[lead] == null) {
			return false;
		}
		double scaled = error / (usual * Starts.factor(level, reference, exponent));
		return scaled >= quantiles[lead][LOW] && scaled <= quantiles[lead][HIGH];
	}
}
