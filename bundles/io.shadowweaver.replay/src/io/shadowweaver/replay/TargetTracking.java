// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.replay;

/**
 * Target tracking as the large clouds document it: above the target utilisation capacity grows at once to what restores the target;
 * below nine tenths of it for fifteen minutes without a break it shrinks to the same.
 */
final class TargetTracking {
	private static final double LOW = .9;
	private static final double CALM = 900_000;

	private final int calm;
	private final Units units;

	TargetTracking(double stepMillis, Units units) {
		calm = (int) Math.max(1, Math.ceil(CALM / stepMillis));
		this.units = units;
	}

	/**
	 * @param known      the newest known value for each step
	 * @param generosity 1 ÷ target utilisation
	 * @return the capacity of each step
	 */
	double[] decide(double[] known, double generosity) {
		double[] capacity = new double[known.length];
		double now = 0;
		int low = 0;
		for (int t = 0; t < capacity.length; t++) {
			double wanted = units.up(known[t] * generosity);
			low = wanted < now * LOW ? low + 1 : 0;
			if (wanted > now || low >= calm) {
				now = wanted;
				low = 0;
			}
			capacity[t] = now;
		}
		return capacity;
	}
}
