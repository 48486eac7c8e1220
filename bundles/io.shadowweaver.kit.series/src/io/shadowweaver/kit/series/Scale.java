// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.kit.series;

import java.util.Arrays;

/** Location and scale that a few wild values do not move. Gaps are passed over. */
public final class Scale {
	/** Makes the median absolute deviation of a normal distribution its standard deviation. */
	private static final double NORMAL = 1.4826;

	private Scale() {
	}

	/** The finite values, sorted. */
	public static double[] sorted(double[] values) {
		double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
		Arrays.sort(finite);
		return finite;
	}

	/**
	 * A quantile by linear interpolation (type 7 of Hyndman and Fan, 1996).
	 *
	 * @param sorted ascending
	 * @param level  0 to 1
	 * @return the quantile; {@code NaN} of nothing
	 */
	public static double quantile(double[] sorted, double level) {
		if (sorted.length == 0) {
			return Double.NaN;
		}
		double at = level * (sorted.length - 1);
		int below = (int) at;
		int above = Math.min(below + 1, sorted.length - 1);
		return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
	}

	/** The median; {@code NaN} of nothing. */
	public static double median(double[] values) {
		return quantile(sorted(values), .5);
	}

	/**
	 * A robust standard deviation: the median absolute deviation, scaled for the normal distribution; where more than half of
	 * the values are equal, so that it is 0, the ordinary one.
	 *
	 * @return 0 only for a constant; {@code NaN} of nothing
	 */
	public static double robustDeviation(double[] values) {
		double[] finite = sorted(values);
		double median = quantile(finite, .5);
		double[] distances = new double[finite.length];
		for (int i = 0; i < finite.length; i++) {
			distances[i] = Math.abs(finite[i] - median);
		}
		Arrays.sort(distances);
		double mad = NORMAL * quantile(distances, .5);
		return mad > 0 ? mad : deviation(finite);
	}

	/** The mean of the finite values; {@code NaN} of nothing. */
	public static double mean(double[] values) {
		double sum = 0;
		int count = 0;
		for (double value : values) {
			if (Double.isFinite(value)) {
				sum += value;
				count++;
			}
		}
		return count == 0 ? Double.NaN : sum / count;
	}

	/** The standard deviation of the finite values about their mean; {@code NaN} of nothing. */
	public static double deviation(double[] values) {
		double mean = mean(values);
		double sum = 0;
		int count = 0;
		for (double value : values) {
			if (Double.isFinite(value)) {
				sum += (value - mean) * (value - mean);
				count++;
			}
		}
		return count == 0 ? Double.NaN : Math.sqrt(sum / count);
	}
}
