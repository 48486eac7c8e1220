// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting.capacity;

import java.util.Arrays;

/**
 * One thing that capacity can be measured from, such as the newest value or the forecast. A demand scores (demand − base) ÷ width, and
 * the capacity that a share of demands exceeds is base + width × the quantile of past scores. So whatever the base is worth, its capacity
 * is calibrated; how much it is worth shows in what its capacities cost.
 */
final class Reference {
	/** What costs keep at each sample: about eighty count, so that the better reference of the moment does. */
	private static final double MEMORY = 1 - 1. / 80;

	private final ScoreWindow scores;
	private final double[] base;
	private final double[] width;
	private final double[][] capacity;
	private final double[] cost;

	/**
	 * @param targets how many targets there are
	 * @param slots   how many decisions wait at most for their time
	 * @param window  how many scores are kept
	 */
	Reference(int targets, int slots, int window) {
		scores = new ScoreWindow(window);
		base = new double[slots];
		width = new double[slots];
		capacity = new double[slots][targets];
		cost = new double[targets];
		for (double[] row : capacity) {
			Arrays.fill(row, Double.NaN);
		}
	}

	/**
	 * Learns from a demand what was said for it.
	 *
	 * @param slot    of the decision
	 * @param demand  what was measured
	 * @param targets the shares of violations
	 * @param scale   the level of the demand, over 0
	 */
	void learn(int slot, double demand, double[] targets, double scale) {
		if (!(width[slot] > 0)) {
			return;
		}
		double score = (demand - base[slot]) / width[slot];
		if (Double.isFinite(score)) {
			scores.add(score);
		}
		for (int target = 0; target < targets.length; target++) {
			double over = (capacity[slot][target] - demand) / scale;
			if (Double.isFinite(over)) {
				// quantile loss: what is unused and what is missing, at the ratio under which the target is optimal
				cost[target] = cost[target] * MEMORY + (over > 0 ? over * targets[target] : -over * (1 - targets[target]));
			}
		}
	}

	/** Says what the next decision is measured from; a width that is not over 0 says that there is nothing. */
	void refer(int slot, double from, double by) {
		base[slot] = from;
		width[slot] = Double.isFinite(from) ? by : Double.NaN;
	}

	/**
	 * Decides the capacity that a share of demands exceeds; {@code NaN} while it cannot be said.
	 *
	 * @param largest more than this is not believed
	 */
	double decide(int slot, int target, double share, double largest) {
		boolean able = width[slot] > 0 && scores.isReady();
		capacity[slot][target] = able ? Math.clamp(base[slot] + width[slot] * scores.exceededBy(share), 0, largest) : Double.NaN;
		return capacity[slot][target];
	}

	/** What was decided. */
	double capacity(int slot, int target) {
		return capacity[slot][target];
	}

	/** The cost of past capacities, the recent ones counting more. */
	double cost(int target) {
		return cost[target];
	}
}
