// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.util.Arrays;

/**
 * Makes the forecasts of members and of their group agree: the reconciled members add up to the reconciled group, with the least sum
 * of error variances among all unbiased linear ways to do so (MinT: Wickramasuriya, Athanasopoulos and Hyndman, Optimal Forecast
 * Reconciliation Through Trace Minimization, 2019). For one group the solution is closed: with W the covariance of the errors and
 * c = (1, …, 1, −1), forecasts move by W c times what is missing ÷ c′ W c. It is for means; quantiles do not add up, and those of a
 * group come from its own series. Pure; any thread.
 */
public final class Reconciliation {
	private final double[] moves;

	private Reconciliation(double[] moves) {
		this.moves = moves;
	}

	/**
	 * From the variances of errors alone, as if they were not correlated (WLS).
	 *
	 * @param members variance of the errors of each member, not negative
	 * @param group   that of the group; 0 where the group's forecast is to stay as it is
	 * @return what reconciles
	 * @throws IllegalArgumentException when a variance is negative or not finite, or there is no member
	 */
	public static Reconciliation ofVariances(double[] members, double group) {
		double[] weights = Arrays.copyOf(members, members.length + 1);
		weights[members.length] = -group;
		for (int i = 0; i < weights.length; i++) {
			double variance = i < members.length ? members[i] : group;
			if (!(variance >= 0 && variance < Double.POSITIVE_INFINITY)) {
				throw new IllegalArgumentException("a variance of " + variance);
			}
		}
		return of(weights);
	}

	/**
	 * From past errors, whose correlations are shrunk towards none as far as their number asks for (Schäfer and Strimmer, A Shrinkage
	 * Approach to Large-Scale Covariance Matrix Estimation, 2005).
	 *
	 * @param errors by time, then series: of each member, and of the group as the last; all finite, at least three times
	 * @return what reconciles
	 * @throws IllegalArgumentException when the errors are not so
	 */
	public static Reconciliation ofErrors(double[][] errors) {
		int times = errors.length;
		if (times < 3 || errors[0].length < 2) {
			throw new IllegalArgumentException("errors of three times or more, of a member and the group or more");
		}
		int series = errors[0].length;
		double[] variance = new double[series];
		for (double[] row : errors) {
			for (int i = 0; i < series; i++) {
				if (row.length != series || !Double.isFinite(row[i])) {
					throw new IllegalArgumentException("an error is missing or not finite");
				}
				variance[i] += row[i] * row[i] / times;
			}
		}
		double shrink = shrink(errors, variance);
		double[] weights = new double[series];
		for (double[] row : errors) {
			double sum = -row[series - 1];
			for (int i = 0; i < series - 1; i++) {
				sum += row[i];
			}
			for (int i = 0; i < series; i++) {
				weights[i] += (1 - shrink) * row[i] * sum / times;
			}
		}
		for (int i = 0; i < series; i++) {
			weights[i] += shrink * (i < series - 1 ? variance[i] : -variance[i]);
		}
		return of(weights);
	}

	/** How far correlations are taken for chance: the variance of their estimates ÷ their squares, 0 to 1. */
	private static double shrink(double[][] errors, double[] variance) {
		int times = errors.length;
		double chance = 0;
		double squares = 0;
		for (int i = 0; i < variance.length; i++) {
			for (int j = 0; j < i; j++) {
				double scale = Math.sqrt(variance[i] * variance[j]);
				if (scale > 0) {
					double mean = 0;
					double square = 0;
					for (double[] row : errors) {
						double product = row[i] * row[j] / scale;
						mean += product / times;
						square += product * product / times;
					}
					chance += (square - mean * mean) / (times - 1);
					squares += mean * mean;
				}
			}
		}
		return squares > 0 ? Math.clamp(chance / squares, 0, 1) : 1;
	}

	/** @param weights W c: how the error of each series goes with what is missing */
	private static Reconciliation of(double[] weights) {
		if (weights.length < 2) {
			throw new IllegalArgumentException("no member");
		}
		int last = weights.length - 1;
		double all = -weights[last];
		for (int i = 0; i < last; i++) {
			all += weights[i];
		}
		double[] moves = new double[weights.length];
		for (int i = 0; i < moves.length; i++) {
			// without errors to go by all members move alike
			moves[i] = all > 0 ? weights[i] / all : i < last ? 1. / last : 0;
		}
		return new Reconciliation(moves);
	}

	/**
	 * Reconciles one time.
	 *
	 * @param members the forecast mean of each member
	 * @param group   that of the group
	 * @return members in the same order, and the group as the last: the sum of the members; means of what cannot be negative may become
	 *         so and are the caller's to cut
	 */
	public double[] apply(double[] members, double group) {
		if (members.length != moves.length - 1) {
			throw new IllegalArgumentException(members.length + " members instead of " + (moves.length - 1));
		}
		double missing = group - Arrays.stream(members).sum();
		double[] coherent = new double[moves.length];
		double sum = 0;
		for (int i = 0; i < members.length; i++) {
			coherent[i] = members[i] + moves[i] * missing;
			sum += coherent[i];
		}
		coherent[members.length] = sum;
		return coherent;
	}
}
