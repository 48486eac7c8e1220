// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.arima;

import io.shadowweaver.kit.series.NormalEquations;

/**
 * Estimates a regression with ARMA errors: Levenberg and Marquardt's method for the ARMA part, on the errors of a {@link Whitening}, and
 * generalised least squares for the regression, in turn until neither gains.
 */
final class Estimator {
	private static final double RIDGE = 1e-9;
	/** Of a difference quotient. */
	private static final double STEP = 1e-5;
	private static final int TRIALS = 4;
	/** A longer step would leave where the errors are about linear. */
	private static final double LONGEST_STEP = 1;
	/** Unbounded partial autocorrelations beyond this are ±1 but for rounding. */
	private static final double EDGE = 50;

	private final Whitening whitening;
	private final double[] y;
	private final double[][] x;
	private final double tolerance;

	/**
	 * @param y         as the whitening wants it
	 * @param x         regressors, each as long
	 * @param tolerance an estimation ends where an iteration lowers the sum of squares by a smaller share
	 */
	Estimator(Whitening whitening, double[] y, double[][] x, double tolerance) {
		this.tolerance = tolerance;
		this.whitening = whitening;
		this.y = y;
		this.x = x;
	}

	/**
	 * What an estimation gives.
	 *
	 * @param order        of the model
	 * @param point        unbounded partial autocorrelations
	 * @param beta         weights of the regressors
	 * @param sumOfSquares of the errors of the whitening
	 * @param count        how many errors there are
	 * @param spread       geometric mean of their variances, in that of an innovation
	 */
	record Fit(Order order, double[] point, double[] beta, double sumOfSquares, int count, double spread) {
		/** The variance of an innovation. */
		double variance() {
			return sumOfSquares / count / spread;
		}

		/** The Gaussian log-likelihood. */
		double logLikelihood() {
			return -count / 2. * (Math.log(2 * Math.PI * Math.max(sumOfSquares / count, Double.MIN_NORMAL)) + 1);
		}

		/** The corrected criterion of Akaike (Hurvich and Tsai, 1989); infinite where there are too few values for so many parameters. */
		double aicc() {
			int k = order.parameters() + beta.length + 1;
			int room = count - k - 1;
			double aicc = -2 * logLikelihood() + 2 * k + 2. * k * (k + 1) / room;
			return room <= 0 || Double.isNaN(aicc) ? Double.POSITIVE_INFINITY : aicc;
		}

		Arma arma() {
			return Arma.of(order, point);
		}
	}

	/**
	 * @param order      of the model
	 * @param start      where the ARMA part starts, unbounded partial autocorrelations
	 * @param rounds     how often the two parts are estimated in turn, at most
	 * @param iterations of the ARMA part in each, at most
	 */
	Fit fit(Order order, double[] start, int rounds, int iterations) {
		double[] point = start;
		double[] beta = regress(Arma.of(order, point));
		Fit best = null;
		for (int round = 0; round < rounds; round++) {
			double[] rest = rest(y, x, beta);
			point = minimise(order, rest, point, iterations);
			beta = regress(Arma.of(order, point));
			Whitening.Errors errors = whitening.errors(Arma.of(order, point), rest(y, x, beta));
			Fit fit = new Fit(order, point, beta, errors.sumOfSquares(), errors.count(), errors.spread());
			boolean gained = best == null || fit.sumOfSquares() < best.sumOfSquares() * (1 - tolerance);
			if (best == null || fit.sumOfSquares() <= best.sumOfSquares()) {
				best = fit;
			}
			if (!gained || x.length == 0) {
				break;
			}
		}
		return best;
	}

	/** A series less what its regressors say. */
	static double[] rest(double[] y, double[][] x, double[] beta) {
		double[] rest = y.clone();
		for (int k = 0; k < x.length; k++) {
			for (int t = 0; t < rest.length; t++) {
				rest[t] -= beta[k] * x[k][t];
			}
		}
		return rest;
	}

	private double[] regress(Arma arma) {
		if (x.length == 0) {
			return new double[0];
		}
		double[] target = whitening.errors(arma, y).values();
		double[][] columns = new double[x.length][];
		for (int k = 0; k < x.length; k++) {
			columns[k] = whitening.errors(arma, x[k]).values();
		}
		NormalEquations equations = new NormalEquations(x.length);
		double[] row = new double[x.length];
		for (int t = 0; t < target.length; t++) {
			for (int k = 0; k < row.length; k++) {
				row[k] = columns[k][t];
			}
			equations.add(row, target[t], 1);
		}
		return equations.solve(RIDGE).weights();
	}

	/** Each trial is a step of Gauss and Newton, shortened by Marquardt's damping until it gains. */
	private double[] minimise(Order order, double[] rest, double[] start, int iterations) {
		double[] point = start;
		double[] errors = whitening.errors(Arma.of(order, point), rest).values();
		double sum = squares(errors);
		double damping = .001;
		for (int iteration = 0; iteration < iterations && point.length > 0; iteration++) {
			NormalEquations equations = linear(order, rest, point, errors);
			double before = sum;
			for (int trial = 0; trial < TRIALS && sum == before; trial++) {
				double[] step = equations.solve(damping).weights();
				double[] next = new double[point.length];
				for (int k = 0; k < next.length; k++) {
					next[k] = Math.clamp(point[k] + Math.clamp(step[k], -LONGEST_STEP, LONGEST_STEP), -EDGE, EDGE);
				}
				double[] there = whitening.errors(Arma.of(order, next), rest).values();
				double squares = squares(there);
				if (squares < sum) {
					point = next;
					errors = there;
					sum = squares;
				}
				damping = squares < before ? Math.max(damping / 10, 1e-7) : damping * 10;
			}
			if (!(sum < before * (1 - tolerance))) {
				break;
			}
		}
		return point;
	}

	/** The errors as a linear function of a step of the point. */
	private NormalEquations linear(Order order, double[] rest, double[] point, double[] errors) {
		double[][] there = new double[point.length][];
		double[] moved = point.clone();
		for (int k = 0; k < point.length; k++) {
			moved[k] = point[k] + STEP;
			there[k] = whitening.errors(Arma.of(order, moved), rest).values();
			moved[k] = point[k];
		}
		NormalEquations equations = new NormalEquations(point.length);
		double[] row = new double[point.length];
		for (int t = 0; t < errors.length; t++) {
			for (int k = 0; k < row.length; k++) {
				row[k] = (errors[t] - there[k][t]) / STEP;
			}
			equations.add(row, errors[t], 1);
		}
		return equations;
	}

	private static double squares(double[] errors) {
		double sum = 0;
		for (double error : errors) {
			sum += error * error;
		}
		return sum;
	}
}
