// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.anomalies;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How rare a large value of a statistic is in its own past: peaks over a threshold with an exponential tail (Siffer et al.,
 * Anomaly Detection in Streams with Extreme Value Theory, KDD 2017, with shape 0). The threshold is a quantile tracked by
 * stochastic approximation (Robbins and Monro, 1951), so that nothing of the past is kept but three numbers.
 */
final class Tail {
	/** The share of values above the threshold. */
	private static final double LEVEL = .02;
	/** Samples after which a value counts for a third. */
	private static final double MEMORY = 3000;
	/** Samples before anything is said. */
	private static final int WARM_UP = 60;
	/** One excess counts at most as so many mean ones, or a single outlier would blind the tail. */
	private static final double CLIP = 10;
	/** How far the threshold moves with a sample, in mean excesses. */
	private static final double PACE = .1;
	/** Decades of rarity that a decade of samples can show. */
	private static final double TRUST = 1.5;

	private long samples;
	private double threshold;
	private double excess;
	private double[] first = new double[WARM_UP];

	/**
	 * Decades of rarity of a value: minus the logarithm of the probability to see as much, 0 below the threshold.
	 *
	 * @param value of the statistic, not negative
	 * @param least excess that matters: what is smaller is rounding
	 */
	double rarity(double value, double least) {
		if (first != null || !(value > threshold + least)) {
			return 0;
		}
		double decades = -Math.log10(LEVEL) + (value - threshold) / Math.max(excess, least) / Math.log(10);
		return Math.min(decades, TRUST * Math.log10(samples));
	}

	/**
	 * Takes a value in.
	 *
	 * @param value of the statistic, not negative
	 * @param least as in {@link #rarity}; the first excess above it sets the scale of what was constant so far
	 */
	void add(double value, double least) {
		samples++;
		if (first != null) {
			first[(int) samples - 1] = value;
			if (samples == WARM_UP) {
				begin();
			}
			return;
		}
		double weight = Math.max(1.0 / samples, 1 / MEMORY);
		double step = PACE * weight * Math.max(excess, Double.MIN_NORMAL);
		if (value > threshold) {
			double over = excess > least ? Math.min(value - threshold, CLIP * excess) : value - threshold;
			threshold += step * (1 - LEVEL) / LEVEL;
			excess += (excess > least ? Math.min(1, weight / LEVEL) : 1) * (over - excess);
		} else {
			threshold -= step;
		}
	}

	private void begin() {
		Arrays.sort(first);
		int at = (int) (WARM_UP * (1 - LEVEL));
		threshold = first[at];
		double mean = Arrays.stream(first).average().orElse(0);
		excess = Math.max(first[WARM_UP - 1] - threshold, .1 * mean);
		first = null;
	}

	void save(DataOutput out) throws IOException {
		out.writeLong(samples);
		out.writeDouble(threshold);
		out.writeDouble(excess);
		for (int i = 0; first != null && i < samples; i++) {
			out.writeDouble(first[i]);
		}
	}

	void load(DataInput in) throws IOException {
		samples = in.readLong();
		threshold = in.readDouble();
		excess = in.readDouble();
		if (samples >= WARM_UP) {
			first = null;
		}
		for (int i = 0; first != null && i < samples; i++) {
			first[i] = in.readDouble();
		}
	}
}
