// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.replay;

/**
 * The horizontal pod autoscaler of Kubernetes with its defaults: wanted = present × utilisation ÷ target, nothing within a tenth of the
 * target; it grows at once and shrinks only to the largest wish of the last 300 seconds.
 */
final class PodAutoscaler {
	private static final double TOLERANCE = .1;
	private static final double STABILISATION = 300_000;

	private final int window;
	private final Units units;

	PodAutoscaler(double stepMillis, Units units) {
		window = (int) Math.max(1, Math.ceil(STABILISATION / stepMillis));
		this.units = units;
	}

	/**
	 * @param known      the newest known value for each step
	 * @param generosity 1 ÷ target utilisation
	 * @return the capacity of each step
	 */
	double[] decide(double[] known, double generosity) {
		double[] capacity = new double[known.length];
		double[] wishes = new double[known.length];
		double now = 0;
		for (int t = 0; t < capacity.length; t++) {
			double wanted = known[t] * generosity;
			wishes[t] = Math.abs(wanted - now) <= TOLERANCE * now ? now : units.up(wanted);
			double largest = wishes[t];
			for (int back = 1; back <= window && back <= t; back++) {
				largest = Math.max(largest, wishes[t - back]);
			}
			now = wishes[t] >= now ? wishes[t] : Math.min(now, largest);
			capacity[t] = now;
		}
		return capacity;
	}
}
