// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

/**
 * How probable it is that a series exceeds a limit at some time up to another, which is more than at any single time in between.
 *
 * @param probability 0 to 1, never quite either; {@code NaN} where there is no forecast that reaches so far
 * @param paths       on how many paths of past errors it stands; while these are few, the largest probability of a single time counts
 */
public record BreachRisk(double probability, int paths) {
	static final BreachRisk UNKNOWN = new BreachRisk(Double.NaN, 0);
}
