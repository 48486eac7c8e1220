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
		double largest = Arrays.stream(demand).filter(value -> !Double.isNaN(value)).max().orElse(0);
		double first = largest / Math.pow(GROWTH, BUCKETS - 2);
		for (int b = 1; b < BUCKETS; b++) {
			upper[b] = b == BUCKETS - 1 ? largest : first * Math.pow(GROWTH, b - 1);
		}
		bucket = new int[demand.length];
		for (int t = 0; t < bucket.length; t++) {
			int found = Double.isNaN(demand[t]) ? -1 : Arrays.binarySearch(upper, demand[t]);
			bucket[t] = Double.isNaN(demand[t]) ? -1 : found >= 0 ? found : Math.min(BUCKETS - 1, -found - 1);
		}
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
			int at = t >= lead ? bucket[t - lead] : bucket[0];
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
