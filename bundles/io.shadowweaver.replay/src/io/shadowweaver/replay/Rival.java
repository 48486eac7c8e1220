// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.replay;

/**
 * A rule that our policy is compared with. It has one free parameter, its generosity, which {@link Hindsight} sets with knowledge of
 * the whole record; apart from that a rule decides each step from the samples up to one lead before.
 */
interface Rival {
	/**
	 * Decides all steps.
	 *
	 * @param generosity over 0; more is more capacity
	 * @return the capacity of each step, before it is rounded up to units unless the rule needs to round by itself
	 */
	double[] decide(double generosity);

	/** A rule whose capacity is a reference value times the generosity. */
	static Rival headroom(double[] reference) {
		return generosity -> {
			double[] capacity = new double[reference.length];
			for (int t = 0; t < capacity.length; t++) {
				capacity[t] = reference[t] * generosity;
			}
			return capacity;
		};
	}
}
