// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.replay;

import java.time.Duration;

/**
 * What a capacity would have meant for a demand. Steps without a demand ({@code NaN}) and those of the warm-up do not count.
 *
 * @param counted        the number of steps that count
 * @param violations     the share of them with more demand than capacity, 0 to 1; {@code NaN} where none counts
 * @param overProvision  Σ max(0, capacity − demand) ÷ Σ demand; {@code NaN} where the demand is zero throughout
 * @param slack          the mean of max(0, capacity − demand) ÷ capacity, 0 to 1, where there is no capacity 0
 * @param shortfall      Σ max(0, demand − capacity) ÷ Σ demand; {@code NaN} where the demand is zero throughout
 * @param longestBreach  the longest unbroken run of violations, as a time; a gap ends a run
 * @param changesPerDay  how often a day the capacity changed
 */
public record Outcome(int counted, double violations, double overProvision, double slack, double shortfall, Duration longestBreach,
		double changesPerDay) {
	private static final double DAY = 86_400_000;

	/**
	 * Judges a capacity.
	 *
	 * @param demand   of each step, not negative; {@code NaN} for a gap
	 * @param capacity of each step; not {@code NaN} from {@code first} on
	 * @param first    the first step that counts
	 * @param step     the time of a step
	 * @return what it would have meant
	 */
	public static Outcome of(double[] demand, double[] capacity, int first, Duration step) {
		double scale = largest(demand, capacity, first);
		int counted = 0;
		int violations = 0;
		int run = 0;
		int longest = 0;
		int changes = 0;
		double total = 0;
		double over = 0;
		double under = 0;
		double slack = 0;
		for (int t = first; t < demand.length; t++) {
			if (t > first && capacity[t] != capacity[t - 1]) {
				changes++;
			}
			if (Double.isNaN(demand[t])) {
				run = 0;
				continue;
			}
			counted++;
			// in parts of the largest, so that no sum overflows
			total += demand[t] / scale;
			if (demand[t] > capacity[t]) {
				violations++;
				longest = Math.max(longest, ++run);
				under += demand[t] / scale - capacity[t] / scale;
			} else {
				run = 0;
				over += capacity[t] / scale - demand[t] / scale;
				slack += capacity[t] > 0 ? 1 - demand[t] / capacity[t] : 0;
			}
		}
		double days = (demand.length - first) * (step.toMillis() / DAY);
		return new Outcome(counted, ratio(violations, counted), ratio(over, total), ratio(slack, counted), ratio(under, total),
				step.multipliedBy(longest), ratio(changes, days));
	}

	/** The share of the steps that count with more demand than capacity; 0 where none counts. */
	static double violations(double[] demand, double[] capacity, int first) {
		int counted = 0;
		int violations = 0;
		for (int t = first; t < demand.length; t++) {
			counted += Double.isNaN(demand[t]) ? 0 : 1;
			violations += demand[t] > capacity[t] ? 1 : 0;
		}
		return counted == 0 ? 0 : (double) violations / counted;
	}

	private static double ratio(double part, double whole) {
		return whole > 0 ? part / whole : Double.NaN;
	}

	private static double largest(double[] demand, double[] capacity, int first) {
		double largest = Double.MIN_NORMAL;
		for (int t = first; t < demand.length; t++) {
			largest = Math.max(largest, Math.max(Double.isNaN(demand[t]) ? 0 : demand[t], capacity[t]));
		}
		return largest;
	}

	/**
	 * The cost, in units of the whole demand.
	 *
	 * @param penalty what a unit of demand that was not met costs, in units of unused capacity
	 * @return unused + penalty × shortfall
	 */
	public double cost(double penalty) {
		return overProvision + penalty * shortfall;
	}
}
