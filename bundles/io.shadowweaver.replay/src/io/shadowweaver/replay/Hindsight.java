// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.replay;

import java.util.function.ToDoubleFunction;

/**
 * Tunes the one parameter of a rival with knowledge of the whole record, so that rules are compared at equal violations. No rule could
 * be tuned so well in life: what a policy that had no such knowledge is measured against is each rule's best.
 */
final class Hindsight {
	private static final int HALVINGS = 48;
	private static final double WIDEST = 1e9;

	private Hindsight() {
	}

	/**
	 * The least generosity with at most the wanted share of violations, by bisection. Where no generosity suffices, as for a multiple of
	 * values that are zero, the least one with as few violations as there can be.
	 *
	 * @param rival      the rule
	 * @param wanted     the wanted share
	 * @param violations the share of violations of a capacity
	 * @return the generosity, between 1e-9 and 1e9
	 */
	static double tune(Rival rival, double wanted, ToDoubleFunction<double[]> violations) {
		double target = Math.max(wanted, violations.applyAsDouble(rival.decide(WIDEST)));
		double high = 1;
		double low = 1;
		if (violations.applyAsDouble(rival.decide(1)) <= target) {
			while (low > 1 / WIDEST && violations.applyAsDouble(rival.decide(low)) <= target) {
				high = low;
				low /= 4;
			}
		} else {
			while (high < WIDEST && violations.applyAsDouble(rival.decide(high)) > target) {
				low = high;
				high = Math.min(WIDEST, high * 4);
			}
		}
		for (int i = 0; i < HALVINGS && high / low > 1 + 1e-12; i++) {
			double middle = Math.sqrt(low * high);
			if (violations.applyAsDouble(rival.decide(middle)) <= target) {
				high = middle;
			} else {
				low = middle;
			}
		}
		return high;
	}
}
