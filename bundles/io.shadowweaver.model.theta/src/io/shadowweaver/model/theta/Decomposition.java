// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.theta;

import java.util.Arrays;

import io.shadowweaver.kit.series.Autocorrelation;

/**
 * Classical decomposition: the trend is the centred moving average over a season, the season the mean at each phase of what is left.
 *
 * @param index      one a phase, from the phase of the first value
 * @param multiplied whether the season multiplies the level (mean 1) or is added to it (mean 0)
 */
record Decomposition(double[] index, boolean multiplied) {
	/** No season. */
	static final Decomposition NONE = new Decomposition(new double[0], false);
	/** The 90 % point of the normal distribution, two-sided: the test that the method was published with. */
	private static final double SIGNIFICANT = 1.645;

	/** Whether the autocorrelation at the season is significant, by the test of the method's authors (Bartlett's formula). */
	static boolean isSeasonal(double[] values, int season) {
		if (season < 2 || values.length < 2 * season) {
			return false;
		}
		double[] acf = Autocorrelation.of(values, season);
		double sum = 0;
		for (int lag = 1; lag < season; lag++) {
			sum += acf[lag] * acf[lag];
		}
		return Math.abs(acf[season]) > SIGNIFICANT * Math.sqrt((1 + 2 * sum) / values.length);
	}

	/**
	 * Decomposes at least two seasons.
	 *
	 * @param values     without gaps; all above 0 where multiplied
	 * @param season     in steps
	 * @param multiplied whether the season multiplies
	 */
	static Decomposition of(double[] values, int season, boolean multiplied) {
		double[] trend = movingAverage(values, season);
		double[] index = new double[season];
		int[] counts = new int[season];
		for (int i = 0; i < values.length; i++) {
			if (!Double.isNaN(trend[i])) {
				index[i % season] += multiplied ? values[i] / trend[i] : values[i] - trend[i];
				counts[i % season]++;
			}
		}
		for (int phase = 0; phase < season; phase++) {
			index[phase] /= counts[phase];
		}
		double mean = Arrays.stream(index).average().orElseThrow();
		for (int phase = 0; phase < season; phase++) {
			index[phase] = multiplied ? index[phase] / mean : index[phase] - mean;
		}
		return new Decomposition(index, multiplied);
	}

	/** Over a whole season, half of each end where it is even; {@code NaN} where the season does not fit in. */
	private static double[] movingAverage(double[] values, int season) {
		double[] sums = new double[values.length + 1];
		for (int i = 0; i < values.length; i++) {
			sums[i + 1] = sums[i] + values[i];
		}
		double[] average = new double[values.length];
		Arrays.fill(average, Double.NaN);
		int half = season / 2;
		boolean even = season % 2 == 0;
		for (int i = half; i + half < values.length; i++) {
			double sum = sums[i + half + 1] - sums[i - half];
			average[i] = (even ? sum - (values[i - half] + values[i + half]) / 2 : sum) / season;
		}
		return average;
	}

	/** A value without its season. */
	double remove(double value, long at) {
		return index.length == 0 ? value : multiplied ? value / index[phase(at)] : value - index[phase(at)];
	}

	/** A value with its season. */
	double add(double value, long at) {
		return index.length == 0 ? value : multiplied ? value * index[phase(at)] : value + index[phase(at)];
	}

	private int phase(long at) {
		return (int) (at % index.length);
	}
}
