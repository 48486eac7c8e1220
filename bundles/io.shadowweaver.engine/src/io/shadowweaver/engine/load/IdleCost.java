// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.load;

/**
 * What a member uses without load: busy cores = n·a + b·requests, fitted by ordinary least squares on the mean member.
 *
 * @param idle  a, in the demand unit (cores) a member; not negative
 * @param upper the upper end of its 95 % interval; sizing uses this
 */
public record IdleCost(double idle, double upper) {
	/** Nothing known: all use is taken for load. */
	public static final IdleCost NONE = new IdleCost(0, 0);
	private static final int LEAST_PAIRS = 60;

	/**
	 * Fits a line.
	 *
	 * @param requests requests a second of the mean member
	 * @param busy     use of the mean member at the same instants, in the demand unit
	 * @param limit    the largest believable idle use; a fit above it is cut
	 * @return the intercept; {@link #NONE} with fewer than 60 pairs or requests that hardly vary
	 */
	public static IdleCost fit(double[] requests, double[] busy, double limit) {
		int n = 0;
		double meanX = 0;
		double meanY = 0;
		for (int i = 0; i < requests.length; i++) {
			if (!Double.isNaN(requests[i]) && !Double.isNaN(busy[i])) {
				n++;
				meanX += (requests[i] - meanX) / n;
				meanY += (busy[i] - meanY) / n;
			}
		}
		double sxx = 0;
		double sxy = 0;
		for (int i = 0; i < requests.length; i++) {
			if (!Double.isNaN(requests[i]) && !Double.isNaN(busy[i])) {
				sxx += (requests[i] - meanX) * (requests[i] - meanX);
				sxy += (requests[i] - meanX) * (busy[i] - meanY);
			}
		}
		if (n < LEAST_PAIRS || sxx <= 1e-4 * meanX * meanX * n) {
			return NONE;
		}
		double slope = sxy / sxx;
		double intercept = meanY - slope * meanX;
		double residual = 0;
		for (int i = 0; i < requests.length; i++) {
			if (!Double.isNaN(requests[i]) && !Double.isNaN(busy[i])) {
				double error = busy[i] - intercept - slope * requests[i];
				residual += error * error;
			}
		}
		double standardError = Math.sqrt(residual / (n - 2) * (1. / n + meanX * meanX / sxx));
		double idle = Math.clamp(intercept, 0, limit);
		return new IdleCost(idle, Math.clamp(intercept + 1.96 * standardError, idle, limit));
	}
}
