// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.bench;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Levels;

/**
 * Weighted quantile loss: of one series the mean over levels of twice the pinball loss, divided by the sum of absolute values; then the mean over series, so that large
 * ones do not outvote the others.
 */
final class QuantileLoss {
	private final double[] losses;
	private final double[] sizes;

	QuantileLoss(int series) {
		losses = new double[series];
		sizes = new double[series];
	}

	/** Counts what was measured against the quantiles of a lead; a gap is passed over. */
	void add(int series, double value, Bands bands, int lead) {
		double[] quantiles = new double[Levels.COUNT];
		for (int level = 0; level < Levels.COUNT; level++) {
			quantiles[level] = bands.value(lead, level);
		}
		add(series, value, quantiles);
	}

	/** The same of plain quantiles. */
	void add(int series, double value, double[] quantiles) {
		if (!Double.isFinite(value)) {
			return;
		}
		for (int level = 0; level < Levels.COUNT; level++) {
			double error = value - quantiles[level];
			losses[series] += 2 * error * (Levels.level(level) - (error < 0 ? 1 : 0)) / Levels.COUNT;
		}
		sizes[series] += Math.abs(value);
	}

	/** Of one series; {@code NaN} where all values were 0. */
	double of(int series) {
		return sizes[series] > 0 ? losses[series] / sizes[series] : Double.NaN;
	}

	/** Over all series. */
	double mean() {
		double sum = 0;
		int count = 0;
		for (int i = 0; i < losses.length; i++) {
			if (sizes[i] > 0) {
				sum += of(i);
				count++;
			}
		}
		return sum / count;
	}
}
