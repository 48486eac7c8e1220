// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.prophet;

/**
 * What the present deviation from trend and seasons adds to the next values, which the model by itself ignores: the deviation is smoothed, and
 * fades with the lead.
 *
 * @param fading what is left of it a step later, 0 to 1
 * @param rate   how fast the smoothed deviation follows, over 0 to 1
 */
record Correction(double fading, double rate) {
	/** The model by itself. */
	static final Correction NONE = new Correction(0, 1);
	private static final double[] FADINGS = { 0, .5, .8, .9, .95, .98, .99, .997, 1 };
	private static final double[] RATES = { 1, .5, .2, .05 };
	private static final int PLACES = 60;

	/** The smoothed deviation one step later. */
	double next(double smoothed, double deviation) {
		double kept = fading * smoothed;
		return Double.isFinite(deviation) ? kept + rate * (deviation - kept) : kept;
	}

	double ahead(double smoothed, double lead) {
		return smoothed * Math.pow(fading, lead);
	}

	/**
	 * Chooses by the errors at several leads from places of a part of the history that the coefficients were not estimated on.
	 *
	 * @param before deviations of the part before it
	 * @param test   deviations of that part, gaps as {@code NaN}
	 * @param leads  in steps
	 */
	static Correction choose(double[] before, double[] test, int[] leads) {
		Correction best = NONE;
		double least = Double.POSITIVE_INFINITY;
		for (double fading : FADINGS) {
			for (double rate : fading == 0 ? new double[] { 1 } : RATES) {
				Correction one = new Correction(fading, rate);
				double error = one.error(before, test, leads);
				// a little better is no reason
				if (error < least * .995) {
					least = error;
					best = one;
				}
			}
		}
		return best;
	}

	private double error(double[] before, double[] test, int[] leads) {
		double smoothed = 0;
		for (double deviation : before) {
			smoothed = next(smoothed, deviation);
		}
		double[] powers = new double[leads.length];
		for (int i = 0; i < leads.length; i++) {
			powers[i] = Math.pow(fading, leads[i]);
		}
		int stride = Math.max(1, test.length / PLACES);
		double sum = 0;
		for (int i = -1; i < test.length; i++) {
			if (i >= 0) {
				smoothed = next(smoothed, test[i]);
			}
			for (int lead = 0; (i + 1) % stride == 0 && lead < leads.length; lead++) {
				int at = i + leads[lead];
				if (at < test.length && Double.isFinite(test[at])) {
					sum += Math.abs(test[at] - smoothed * powers[lead]);
				}
			}
		}
		return sum;
	}
}
