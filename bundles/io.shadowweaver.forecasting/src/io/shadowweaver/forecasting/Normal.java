// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

/** The normal distribution. */
final class Normal {
	private Normal() {
	}

	/** The probability of less than a value: formula 26.2.17 of Abramowitz and Stegun (1964), exact to 7.5e-8. */
	static double below(double value) {
		double t = 1 / (1 + .2316419 * Math.abs(value));
		double tail = Math.exp(-value * value / 2) / Math.sqrt(2 * Math.PI)
				* t * (.319381530 + t * (-.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
		return value > 0 ? 1 - tail : tail;
	}
}
