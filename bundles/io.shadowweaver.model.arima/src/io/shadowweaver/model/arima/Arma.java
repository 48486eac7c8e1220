// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.arima;

import java.util.stream.IntStream;

/**
 * A stationary and invertible ARMA process with innovations of variance 1; the seasonal polynomials are multiplied out. In
 * {@code y(t) = Σ phi(j) y(t-j) + e(t) + Σ theta(j) e(t-j)} index 0 of an array is lag 1.
 */
final class Arma {
	/** Autoregression and moving average, multiplied out. */
	final double[] phi;
	final double[] theta;
	/** Lags of {@link #phi} and {@link #theta} that are not 0: few, when the period is long. */
	final int[] phiLags;
	final int[] thetaLags;
	/** Dimension of the state in Harvey's form. */
	final int size;

	private Arma(double[] phi, double[] theta) {
		this.phi = phi;
		this.theta = theta;
		phiLags = lags(phi);
		thetaLags = lags(theta);
		size = Math.max(phi.length, theta.length + 1);
	}

	/**
	 * @param order of the model
	 * @param point unbounded partial autocorrelations of the four polynomials: p, q, P, Q
	 */
	static Arma of(Order order, double[] point) {
		double[][] blocks = coefficients(order, point);
		return new Arma(multiply(blocks[0], blocks[2], order.period(), -1), multiply(blocks[1], blocks[3], order.period(), 1));
	}

	/** An ARMA process by the coefficients of its polynomials, which the caller knows to be stationary and invertible. */
	static Arma of(Order order, double[] ar, double[] ma, double[] seasonalAr, double[] seasonalMa) {
		return new Arma(multiply(ar, seasonalAr, order.period(), -1), multiply(ma, seasonalMa, order.period(), 1));
	}

	/** The coefficients of the four polynomials: φ, θ, Φ, Θ. */
	static double[][] coefficients(Order order, double[] point) {
		int[] lengths = { order.p(), order.q(), order.seasonalP(), order.seasonalQ() };
		double[][] blocks = new double[4][];
		int at = 0;
		for (int block = 0; block < 4; block++) {
			double[] partial = new double[lengths[block]];
			for (int i = 0; i < partial.length; i++) {
				partial[i] = PartialAutocorrelations.bounded(point[at++]);
			}
			blocks[block] = PartialAutocorrelations.coefficients(partial);
			if (block % 2 == 1) {
				for (int i = 0; i < partial.length; i++) {
					blocks[block][i] = -blocks[block][i];
				}
			}
		}
		return blocks;
	}

	private static double[] multiply(double[] simple, double[] seasonal, int period, int sign) {
		double[] product = new double[simple.length + seasonal.length * period];
		System.arraycopy(simple, 0, product, 0, simple.length);
		for (int j = 1; j <= seasonal.length; j++) {
			product[j * period - 1] += seasonal[j - 1];
			for (int i = 1; i <= simple.length; i++) {
				product[j * period + i - 1] += sign * seasonal[j - 1] * simple[i - 1];
			}
		}
		return product;
	}

	private static int[] lags(double[] polynomial) {
		return IntStream.rangeClosed(1, polynomial.length).filter(lag -> polynomial[lag - 1] != 0).toArray();
	}

	/** The weight of each state on a new innovation: 1, theta(1), theta(2), … */
	double[] impact() {
		double[] impact = new double[size];
		impact[0] = 1;
		System.arraycopy(theta, 0, impact, 1, theta.length);
		return impact;
	}

	/**
	 * Covariances of the state's elements with the first, which is the series itself, in the stationary distribution.
	 *
	 * @return one an element
	 */
	double[] stationary() {
		double[] gamma = autocovariances(size);
		double[] psi = responses(size);
		double[] column = new double[size];
		column[0] = gamma[0];
		for (int lag : phiLags) {
			for (int i = 1; i < lag; i++) {
				column[i] += phi[lag - 1] * gamma[lag - i];
			}
		}
		for (int lag : thetaLags) {
			for (int i = 1; i <= lag; i++) {
				column[i] += theta[lag - 1] * psi[lag - i];
			}
		}
		return column;
	}

	/** How an innovation acts on after 0, 1, … steps. */
	private double[] responses(int count) {
		double[] psi = new double[count];
		psi[0] = 1;
		for (int k = 1; k < count; k++) {
			double sum = k <= theta.length ? theta[k - 1] : 0;
			for (int lag : phiLags) {
				if (lag > k) {
					break;
				}
				sum += phi[lag - 1] * psi[k - lag];
			}
			psi[k] = sum;
		}
		return psi;
	}

	/** Autocovariances of lags 0 … count-1: those of the autoregression, spread by the moving average. */
	private double[] autocovariances(int count) {
		double[] pure = autoregressive(count + theta.length);
		double[] gamma = new double[count];
		for (int i = 0; i <= thetaLags.length; i++) {
			int lagI = i == 0 ? 0 : thetaLags[i - 1];
			for (int j = 0; j <= thetaLags.length; j++) {
				int lagJ = j == 0 ? 0 : thetaLags[j - 1];
				double weight = (i == 0 ? 1 : theta[lagI - 1]) * (j == 0 ? 1 : theta[lagJ - 1]);
				for (int k = 0; k < count; k++) {
					gamma[k] += weight * pure[Math.abs(k + lagI - lagJ)];
				}
			}
		}
		return gamma;
	}

	/** Autocovariances of the autoregression alone: Durbin and Levinson's recursion down to order 0 and up again. */
	private double[] autoregressive(int count) {
		int order = phi.length;
		double[][] down = new double[order + 1][];
		down[order] = phi;
		double variance = 1;
		for (int k = order; k >= 1; k--) {
			double r = down[k][k - 1];
			double rest = Math.max(1e-12, 1 - r * r);
			variance /= rest;
			down[k - 1] = new double[k - 1];
			for (int j = 0; j < k - 1; j++) {
				down[k - 1][j] = (down[k][j] + r * down[k][k - 2 - j]) / rest;
			}
		}
		double[] gamma = new double[count];
		gamma[0] = variance;
		for (int k = 1; k < count; k++) {
			double sum = 0;
			if (k <= order) {
				for (int j = 1; j <= k; j++) {
					sum += down[k][j - 1] * gamma[k - j];
				}
			} else {
				for (int lag : phiLags) {
					sum += phi[lag - 1] * gamma[k - lag];
				}
			}
			gamma[k] = sum;
		}
		return gamma;
	}
}
