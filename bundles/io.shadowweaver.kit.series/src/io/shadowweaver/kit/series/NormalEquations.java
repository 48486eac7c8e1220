// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.kit.series;

import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;

/** Linear regression by its normal equations, filled row by row, solved with a ridge (Hoerl and Kennard, 1970). */
public final class NormalEquations {
	private final int size;
	private final double[][] xx;
	private final double[] xy;
	private long rows;

	/**
	 * @param size number of regressors
	 */
	public NormalEquations(int size) {
		this.size = size;
		xx = new double[size][size];
		xy = new double[size];
	}

	/** Adds an observation. */
	public void add(double[] x, double y, double weight) {
		for (int i = 0; i < size; i++) {
			double xi = x[i] * weight;
			for (int j = 0; j <= i; j++) {
				xx[i][j] += xi * x[j];
			}
			xy[i] += xi * y;
		}
		rows++;
	}

	/** The number of observations. */
	public long rows() {
		return rows;
	}

	/** What the ridge is measured in: the square sum of a regressor, or 1 for one that was always 0. */
	private double diagonal(int i) {
		return xx[i][i] > 0 ? xx[i][i] : 1;
	}

	/**
	 * Solves for the weights.
	 *
	 * @param ridge shrinks each weight, as a share of its regressor's square sum; over 0
	 * @return the weights and the inverse of the ridged moments
	 * @throws IllegalArgumentException when the regressors are not finite
	 */
	public Solution solve(double ridge) {
		RealMatrix matrix = ridged(ridge);
		try {
			CholeskyDecomposition cholesky = new CholeskyDecomposition(matrix, 1e-8, 0);
			double[] weights = cholesky.getSolver().solve(new ArrayRealVector(xy)).toArray();
			return new Solution(weights, cholesky.getSolver().getInverse().getData());
		} catch (MathRuntimeException e) {
			throw new IllegalArgumentException("the regression has no solution: " + e.getMessage(), e);
		}
	}

	private RealMatrix ridged(double ridge) {
		RealMatrix matrix = new Array2DRowRealMatrix(size, size);
		for (int i = 0; i < size; i++) {
			for (int j = 0; j < i; j++) {
				matrix.setEntry(i, j, xx[i][j]);
				matrix.setEntry(j, i, xx[i][j]);
			}
			matrix.setEntry(i, i, xx[i][i] + ridge * diagonal(i));
		}
		return matrix;
	}

	/**
	 * By how much each regressor, entered after all before it, lowers the sum of squares of the errors.
	 *
	 * @param ridge as in {@link #solve}
	 * @return one a regressor, at least 0
	 * @throws IllegalArgumentException when the regressors are not finite
	 */
	public double[] explained(double ridge) {
		try {
			RealMatrix lower = new CholeskyDecomposition(ridged(ridge), 1e-8, 0).getL();
			double[] explained = new double[size];
			double[] rest = xy.clone();
			for (int i = 0; i < size; i++) {
				double coordinate = rest[i] / lower.getEntry(i, i);
				explained[i] = coordinate * coordinate;
				for (int j = i + 1; j < size; j++) {
					rest[j] -= lower.getEntry(j, i) * coordinate;
				}
			}
			return explained;
		} catch (MathRuntimeException e) {
			throw new IllegalArgumentException("the regression has no solution: " + e.getMessage(), e);
		}
	}

	/**
	 * What a regression gives.
	 *
	 * @param weights one a regressor
	 * @param inverse of X'X with the ridge: where a recursive estimate goes on
	 */
	public record Solution(double[] weights, double[][] inverse) {
	}
}
