// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.kit.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Recursive least squares with exponential forgetting (Ljung, System Identification, 11.2). The trace of the covariance is
 * capped: without that it winds up while the regressors are flat, and the first change afterwards throws the weights away.
 */
public final class RecursiveLeastSquares {
	private final double forgetting;
	private final double traceCap;
	private final double[] weights;
	private final double[] covariance;
	private final double[] gain;

	/**
	 * @param solution   where it starts
	 * @param forgetting what an observation keeps of its weight a step, such as .9995
	 */
	public RecursiveLeastSquares(NormalEquations.Solution solution, double forgetting) {
		int n = solution.weights().length;
		this.forgetting = forgetting;
		weights = solution.weights().clone();
		covariance = new double[n * n];
		gain = new double[n];
		double trace = 0;
		for (int i = 0; i < n; i++) {
			System.arraycopy(solution.inverse()[i], 0, covariance, i * n, n);
			trace += solution.inverse()[i][i];
		}
		traceCap = 10 * trace;
	}

	private RecursiveLeastSquares(double forgetting, double traceCap, double[] weights, double[] covariance) {
		this.forgetting = forgetting;
		this.traceCap = traceCap;
		this.weights = weights;
		this.covariance = covariance;
		gain = new double[weights.length];
	}

	/** The dot product of the weights and the regressors. */
	public double predict(double[] x) {
		double sum = 0;
		for (int i = 0; i < weights.length; i++) {
			sum += weights[i] * x[i];
		}
		return sum;
	}

	/** A weight. */
	public double weight(int i) {
		return weights[i];
	}

	/**
	 * Takes an observation.
	 *
	 * @param x     the regressors, finite
	 * @param error the observation less {@link #predict}, which the caller may have clipped
	 */
	public void update(double[] x, double error) {
		int n = weights.length;
		double scale = forgetting;
		for (int i = 0; i < n; i++) {
			double sum = 0;
			for (int j = 0; j < n; j++) {
				sum += covariance[i * n + j] * x[j];
			}
			gain[i] = sum;
			scale += sum * x[i];
		}
		double trace = 0;
		for (int i = 0; i < n; i++) {
			trace += covariance[i * n + i];
		}
		double growth = trace < traceCap ? 1 / forgetting : 1;
		for (int i = 0; i < n; i++) {
			double k = gain[i] / scale;
			weights[i] += k * error;
			for (int j = 0; j <= i; j++) {
				double value = (covariance[i * n + j] - k * gain[j]) * growth;
				covariance[i * n + j] = value;
				covariance[j * n + i] = value;
			}
		}
	}

	/** Writes the state. */
	public void save(DataOutput out) throws IOException {
		out.writeInt(weights.length);
		out.writeDouble(forgetting);
		out.writeDouble(traceCap);
		for (double weight : weights) {
			out.writeDouble(weight);
		}
		for (double value : covariance) {
			out.writeDouble(value);
		}
	}

	/** Reads a state; the size is checked against the one expected. */
	public static RecursiveLeastSquares read(DataInput in, int size) throws IOException {
		int n = in.readInt();
		if (n != size) {
			throw new IOException("a regression of " + n + " weights where " + size + " are expected");
		}
		double forgetting = in.readDouble();
		double traceCap = in.readDouble();
		double[] weights = new double[n];
		double[] covariance = new double[n * n];
		for (int i = 0; i < n; i++) {
			weights[i] = in.readDouble();
		}
		for (int i = 0; i < n * n; i++) {
			covariance[i] = in.readDouble();
		}
		return new RecursiveLeastSquares(forgetting, traceCap, weights, covariance);
	}
}
