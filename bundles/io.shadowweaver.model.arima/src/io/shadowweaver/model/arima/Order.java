// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.arima;

/**
 * The orders of a SARIMA (p,d,q)(P,D,Q) model.
 *
 * @param p         of the autoregression
 * @param d         ordinary differences
 * @param q         of the moving average
 * @param seasonalP of the seasonal autoregression
 * @param seasonalD seasonal differences
 * @param seasonalQ of the seasonal moving average
 * @param period    of the season in steps; 1 where there is none, and then the seasonal orders are 0
 */
record Order(int p, int d, int q, int seasonalP, int seasonalD, int seasonalQ, int period) {
	Order {
		if (Math.min(Math.min(p, d), Math.min(q, seasonalP)) < 0 || Math.min(seasonalD, seasonalQ) < 0 || period < 1
				|| period == 1 && seasonalP + seasonalD + seasonalQ > 0) {
			throw new IllegalArgumentException("orders (" + p + "," + d + "," + q + ")(" + seasonalP + "," + seasonalD + "," + seasonalQ + ")" + period);
		}
	}

	/** The same differences with other orders. */
	Order with(int newP, int newQ, int newSeasonalP, int newSeasonalQ) {
		return new Order(newP, d, newQ, newSeasonalP, seasonalD, newSeasonalQ, period);
	}

	/** How many coefficients of the polynomials are estimated. */
	int parameters() {
		return p + q + seasonalP + seasonalQ;
	}

	/** How many values at the start the differences use up. */
	int lost() {
		return d + seasonalD * period;
	}

	@Override
	public String toString() {
		String text = "(" + p + "," + d + "," + q + ")";
		return period == 1 ? text : text + "(" + seasonalP + "," + seasonalD + "," + seasonalQ + ")" + period;
	}
}
