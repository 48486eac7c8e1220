// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.kit.series;

/** Differences and straight lines. */
public final class Differences {
	private Differences() {
	}

	/**
	 * Each value less the one some steps before.
	 *
	 * @param values the series
	 * @param lag    in steps, positive
	 * @return shorter by the lag; empty for a series that is not longer
	 */
	public static double[] of(double[] values, int lag) {
		double[] differences = new double[Math.max(0, values.length - lag)];
		for (int i = 0; i < differences.length; i++) {
			differences[i] = values[i + lag] - values[i];
		}
		return differences;
	}

	/** The mean absolute difference at a lag, pairs with a gap left out; {@code NaN} without a pair. */
	public static double meanAbsolute(double[] values, int lag) {
		double sum = 0;
		int count = 0;
		for (int i = lag; i < values.length; i++) {
			double difference = Math.abs(values[i] - values[i - lag]);
			if (!Double.isNaN(difference)) {
				sum += difference;
				count++;
			}
		}
		return count == 0 ? Double.NaN : sum / count;
	}

	/**
	 * The least-squares line through the finite values.
	 *
	 * @return its value at index 0 and its slope a step
	 */
	public static double[] line(double[] values) {
		double n = 0;
		double t = 0;
		double y = 0;
		double tt = 0;
		double ty = 0;
		for (int i = 0; i < values.length; i++) {
			if (Double.isFinite(values[i])) {
				n++;
				t += i;
				y += values[i];
				tt += (double) i * i;
				ty += i * values[i];
			}
		}
		double spread = tt - t * t / Math.max(1, n);
		double slope = n < 2 || spread <= 0 ? 0 : (ty - t * y / n) / spread;
		return new double[] { n == 0 ? Double.NaN : (y - slope * t) / n, slope };
	}
}
