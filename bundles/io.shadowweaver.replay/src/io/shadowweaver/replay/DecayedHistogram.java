// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.replay;

import java.util.Arrays;

/**
 * The moving-window rule of Autopilot (Rzadca et al., Autopilot: workload autoscaling at Google, EuroSys 2020) as vertical autoscalers
 * have it: a histogram of the past with buckets that grow by a twentieth, whose samples lose half of their weight a day; capacity is a
 * percentile of it. Up to a generosity of 1 that is the percentile, above it the largest value × generosity.
 */
final class DecayedHistogram {
	private static final double HALF_LIFE = 86_400_000;
	private static final double GROWTH = 1.05;
	private static final double NOTHING = 1e-6;
	private static final int BUCKETS = 400;

	private final int[] bucket;
	private final double[] upper = new double[BUCKETS];
	private final int lead;
	private final double growth;

	DecayedHistogram(double[] demand, int lead, double stepMillis) {
		this.lead = lead;
		growth = Math.pow(2, stepMillis / HALF_LIFE);
		// edges are powers of the growth, whatever the demand; what is tiny beside the largest is in the first bucket
		double largest = Arrays.stream(demand).filter(value -> !Double.isNaN(value)).max().orElse(0);
		int first = largest > 0 ? power(largest) - BUCKETS + 2 : 0;
		for (int b = 1; b < BUCKETS; b++) {
			upper[b] = Math.pow(GROWTH, first + b - 1);
		}
		bucket = new int[demand.length];
		for (int t = 0; t < bucket.length; t++) {
			bucket[t] = Double.isNaN(demand[t]) ? -1 : demand[t] == 0 ? 0 : Math.clamp(power(demand[t]) - first + 1, 1, BUCKETS - 1);
		}
	}

	/** The least power of the growth that is not below a value, give or take what arithmetic leaves. */
	private static int power(double value) {
		return (int) Math.ceil(Math.log(value) / Math.log(GROWTH) - 1e-9);
	}

	/** The capacity of each step. */
	double[] decide(double generosity) {
		double[] capacity = new double[bucket.length];
		double[] weight = new double[BUCKETS];
		double total = 0;
		double unit = 1;
		double above = 0;
		int place = 0;
		double level = Math.min(1, generosity);
		for (int t = 0; t < capacity.length; t++) {
			int at = bucket[Math.max(0, t - lead)];
			// newer samples weigh more instead of older ones less
			unit *= growth;
			if (at >= 0) {
				weight[at] += unit;
				total += unit;
				above += at > place ? unit : 0;
			}
			if (unit > 1e100) {
				for (int b = 0; b < BUCKETS; b++) {
					weight[b] /= unit;
				}
				total /= unit;
				above /= unit;
				unit = 1;
			}
			double allowed = Math.max(1 - level, NOTHING) * total;
			while (place < BUCKETS - 1 && above > allowed) {
				above -= weight[++place];
			}
			while (place > 0 && above + weight[place] <= allowed) {
				above += weight[place--];
			}
			capacity[t] = upper[place] * Math.max(1, generosity);
		}
		return capacity;
	}
}
