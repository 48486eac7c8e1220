// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.kit.series;

/** Fills gaps, so that methods which need every value can work. */
public final class Gaps {
	private Gaps() {
	}

	/**
	 * Fills every gap. A short one gets a straight line; one longer than an eighth of the season gets the shape of the season
	 * before, moved so that it meets its left end; the ends of the series repeat the nearest value.
	 *
	 * @param values with {@code NaN} for gaps; not changed
	 * @param season in steps; 0 for none
	 * @return as long and without gaps, or all {@code NaN} when there is no value at all
	 */
	public static double[] fill(double[] values, int season) {
		double[] filled = values.clone();
		int last = -1;
		for (int i = 0; i < filled.length; i++) {
			if (!Double.isFinite(filled[i])) {
				continue;
			}
			if (last < 0) {
				for (int j = 0; j < i; j++) {
					filled[j] = filled[i];
				}
			} else if (i - last > 1) {
				fill(filled, last, i, season);
			}
			last = i;
		}
		if (last < 0) {
			java.util.Arrays.fill(filled, Double.NaN);
			return filled;
		}
		for (int j = last + 1; j < filled.length; j++) {
			filled[j] = season > 0 && j - last > season / 8 && j - season >= 0 ? filled[j - season] : filled[last];
		}
		return filled;
	}

	private static void fill(double[] filled, int left, int right, int season) {
		boolean seasonal = season > 0 && right - left > season / 8 && left - season >= 0;
		for (int j = left + 1; j < right; j++) {
			double share = (double) (j - left) / (right - left);
			filled[j] = seasonal ? filled[j - season] + filled[left] - filled[left - season]
					: filled[left] * (1 - share) + filled[right] * share;
		}
	}

	/** How many values are no gaps. */
	public static int count(double[] values) {
		int count = 0;
		for (double value : values) {
			if (Double.isFinite(value)) {
				count++;
			}
		}
		return count;
	}
}
