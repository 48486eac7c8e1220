// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting.capacity;

/**
 * Holds the share of violations at its target, whatever the demand does. It keeps the balance of violations allowed and happened, and
 * plans with a share that is the target × e^(gain × balance): the integral control of conformal prediction (Angelopoulos, Candès,
 * Tibshirani, Conformal PID Control for Time Series Prediction, 2023), on the logarithm of the level that adaptive conformal inference
 * moves. Were violations independent, the balance would stay within about 1 ÷ √(2 × gain). Violations that come in runs say less each, so
 * the gain falls with the usual length of a run.
 */
final class ViolationBudget {
	private static final double GAIN = .35;
	private static final double FURTHEST = 25;
	private static final double STRICTEST = 1. / 8;
	private static final double LOOSEST = .9;
	/** The power of the length of a run by which the gain falls. */
	private static final double CAUTION = .75;
	private static final double MEMORY = .95;
	/** A run of one at first, as firmly believed as three of them. */
	private static final double BELIEF = 3;

	private final double target;
	private double balance;
	private int run;
	private double runs = BELIEF;
	private double squares = BELIEF;

	ViolationBudget(double target) {
		this.target = target;
	}

	/** Books a step. */
	void book(boolean violated) {
		double furthest = FURTHEST * caution();
		balance = Math.clamp(balance + target - (violated ? 1 : 0), -furthest, furthest);
		if (violated) {
			run++;
		} else if (run > 0) {
			runs = runs * MEMORY + run;
			squares = squares * MEMORY + (double) run * run;
			run = 0;
		}
	}

	/** The share of violations to plan with now. */
	double share() {
		return Math.min(LOOSEST, target * Math.max(STRICTEST, Math.exp(GAIN / caution() * balance)));
	}

	/** How much less a violation says where they come in runs, at least 1. */
	private double caution() {
		return Math.pow(Math.max(1, squares / runs), CAUTION);
	}
}
