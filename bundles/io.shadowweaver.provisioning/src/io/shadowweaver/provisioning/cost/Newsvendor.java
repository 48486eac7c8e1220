// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning.cost;

/**
 * How a planning level and the cost of a breach imply each other. With {@code c} the price of an hour of one member and {@code b} the
 * cost of an hour in which what one member carries is not served, {@code c·n + b·E[(demand ÷ unit − n)⁺]} is least where the probability
 * that demand exceeds what {@code n} members carry is {@code c ÷ b}: one sizes for the quantile {@code 1 − c ÷ b}, the critical
 * fractile of the newsvendor (Arrow, Harris, Marschak, 1951). So a planning level of .9 says that a breach costs ten members.
 */
public final class Newsvendor {
	/** However little a breach costs, the median is served. */
	public static final double LEAST_LEVEL = .5;
	/** Forecasts tell no higher quantile. */
	public static final double MOST_LEVEL = .99;

	private Newsvendor() {
	}

	/**
	 * The quantile of demand that is worth sizing for.
	 *
	 * @param price  of an hour of one member, positive
	 * @param breach cost of an hour without it, positive, in the same currency
	 * @return within {@link #LEAST_LEVEL} and {@link #MOST_LEVEL}
	 */
	public static double level(double price, double breach) {
		return Math.min(MOST_LEVEL, Math.max(LEAST_LEVEL, 1 - price / breach));
	}

	/**
	 * What an hour of a breach costs if a quantile is worth sizing for.
	 *
	 * @param price of an hour of one member
	 * @param level over 0 and under 1
	 */
	public static double breach(double price, double level) {
		return price / (1 - level);
	}
}
