// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.prophet;

import java.util.Arrays;

import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;

/**
 * The maximum a posteriori estimate under Prophet's priors: normal ones, and the Laplace prior of changes of the trend, by
 * iteratively reweighted least squares (a Laplace density is a normal one whose variance is the present coefficient). Each pass is one
 * Cholesky solve of the moments.
 */
final class Estimate {
	/** Scale of the constant, the slope and, in logistic growth, what stands for them. */
	private static final double TREND = 5;
	/** Scale of the Laplace prior of a change of slope. */
	private static final double CHANGE = .05;
	/** Scale of coefficients of seasons and regressors. */
	private static final double REST = 10;
	/** A change as small as this is none. */
	private static final double TINY = 1e-5;
	private static final double LEAST_NOISE = 1e-10;
	private static final double SETTLED = 1e-4;

	private final Design design;
	/** Present coefficients. */
	double[] coefficients;
	/** Present variance of the noise. */
	double noise;

	/**
	 * @param design the columns
	 * @param noise  a first guess of the variance
	 */
	Estimate(Design design, double noise) {
		this.design = design;
		this.noise = Math.max(LEAST_NOISE, noise);
		coefficients = new double[design.size];
	}

	/** The precision of the prior of a column; infinite for a change that is not looked at yet. */
	private double precision(int column, double[] spread, double until) {
		if (column < Design.HINGES) {
			return 1 / (TREND * TREND);
		}
		if (column < design.trend()) {
			int change = column - Design.HINGES;
			return design.changes[change] > until ? Double.POSITIVE_INFINITY : 1 / (CHANGE * spread[change]);
		}
		return 1 / (REST * REST);
	}

	/**
	 * Estimates, beginning at the present changes of the trend.
	 *
	 * @param gram   the moments
	 * @param until  changes behind this step are not looked at: too little is behind them
	 * @param passes at most
	 * @param widest the least spread that changes begin with, so that one that was none can become one
	 * @throws IllegalArgumentException when the moments are not finite
	 */
	void solve(Gram gram, double until, int passes, double widest) {
		double[] spread = new double[design.changes.length];
		for (int i = 0; i < spread.length; i++) {
			spread[i] = Math.max(widest, Math.abs(coefficients[Design.HINGES + i]));
		}
		for (int pass = 0; pass < passes; pass++) {
			double[] next = pass(gram, spread, until);
			double moved = 0;
			double largest = 0;
			for (int i = 0; i < next.length; i++) {
				moved = Math.max(moved, Math.abs(next[i] - coefficients[i]));
				largest = Math.max(largest, Math.abs(next[i]));
			}
			coefficients = next;
			noise = Math.max(LEAST_NOISE, gram.squares(next) / gram.rows());
			for (int i = 0; i < spread.length; i++) {
				spread[i] = Math.max(TINY, Math.abs(next[Design.HINGES + i]));
			}
			if (moved <= SETTLED * largest) {
				break;
			}
		}
	}

	private double[] pass(Gram gram, double[] spread, double until) {
		int size = design.size;
		int[] used = new int[size];
		int count = 0;
		for (int i = 0; i < size; i++) {
			if (Double.isFinite(precision(i, spread, until))) {
				used[count++] = i;
			}
		}
		double[][] matrix = new double[count][count];
		double[] right = new double[count];
		for (int a = 0; a < count; a++) {
			for (int b = 0; b < a; b++) {
				double value = gram.xx(used[a], used[b]) / noise;
				matrix[a][b] = value;
				matrix[b][a] = value;
			}
			matrix[a][a] = gram.xx(used[a], used[a]) / noise + precision(used[a], spread, until);
			right[a] = gram.xy(used[a]) / noise;
		}
		double[] next = new double[size];
		try {
			double[] solved = new CholeskyDecomposition(new Array2DRowRealMatrix(matrix, false), 1e-8, 0).getSolver()
					.solve(new ArrayRealVector(right, false)).toArray();
			for (int a = 0; a < count; a++) {
				next[used[a]] = solved[a];
			}
		} catch (MathRuntimeException e) {
			throw new IllegalArgumentException("The regression has no solution: " + e.getMessage(), e);
		}
		if (!Arrays.stream(next).allMatch(Double::isFinite)) {
			throw new IllegalArgumentException("The regression has no finite solution.");
		}
		return next;
	}
}
