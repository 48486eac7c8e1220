// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.arima;

import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;

import io.shadowweaver.kit.series.NormalEquations;

/**
 * Estimates a regression with ARMA errors: Levenberg and Marquardt's method for the ARMA part, on the errors of a {@link Whitening}, and
 * generalised least squares for the regression, in turn until neither gains.
 */
final class Estimator {
	private static final double RIDGE = 1e-9;
	private static final double STEP = 1e-5;

	private final Whitening whitening;
	private final double[] y;
	private final double[][] x;

	/**
	 * @param y as the whitening wants it
	 * @param x regressors, each as long
	 */
	Estimator(Whitening whitening, double[] y, double[][] x) {
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
	 */
	record Fit(Order order, double[] point, double[] beta, double sumOfSquares, int count) {
		/** The variance of an innovation. */
		double variance() {
			return sumOfSquares / count;
		}

		/** The Gaussian log-likelihood. */
		double logLikelihood() {
			return -count / 2. * (Math.log(2 * Math.PI * Math.max(variance(), Double.MIN_NORMAL)) + 1);
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
	 * @param order       of the model
	 * @param start       where the ARMA part starts, unbounded partial autocorrelations
	 * @param rounds      how often the two parts are estimated in turn, at most
	 * @param evaluations of the errors in each, those for derivatives not counted, at most
	 */
	Fit fit(Order order, double[] start, int rounds, int evaluations) {
		double[] point = start;
		double[] beta = regress(Arma.of(order, point));
		Fit best = null;
		for (int round = 0; round < rounds; round++) {
			double[] rest = rest(y, x, beta);
			point = minimise(order, rest, point, evaluations);
			beta = regress(Arma.of(order, point));
			Whitening.Errors errors = whitening.errors(Arma.of(order, point), rest(y, x, beta));
			Fit fit = new Fit(order, point, beta, errors.sumOfSquares(), errors.count());
			boolean gained = best == null || fit.sumOfSquares() < best.sumOfSquares() * (1 - 1e-7);
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

	private double[] minimise(Order order, double[] rest, double[] start, int evaluations) {
		if (start.length == 0) {
			return start;
		}
		Best best = new Best(order, rest, start);
		try {
			new LevenbergMarquardtOptimizer().withCostRelativeTolerance(1e-8).withParameterRelativeTolerance(1e-6)
					.optimize(new LeastSquaresBuilder().model(best::errors, best::derivatives).target(new double[best.length()]).start(start)
							.lazyEvaluation(true).maxEvaluations(evaluations).maxIterations(evaluations).build());
		} catch (MathRuntimeException e) {
			// out of evaluations, or no more to gain: the best point stands
		}
		return best.point;
	}

	/** Remembers the best point of a search. */
	private final class Best {
		private final Order order;
		private final double[] rest;
		private double[] point;
		private double sum;
		private double[] latest;
		private double[] latestErrors;

		Best(Order order, double[] rest, double[] start) {
			this.order = order;
			this.rest = rest;
			point = start;
			sum = Double.POSITIVE_INFINITY;
			errors(start);
		}

		int length() {
			return latestErrors.length;
		}

		double[] errors(double[] at) {
			if (latest != null && java.util.Arrays.equals(latest, at)) {
				return latestErrors;
			}
			latestErrors = whitening.errors(Arma.of(order, at), rest).values();
			latest = at.clone();
			double squares = 0;
			for (double error : latestErrors) {
				squares += error * error;
			}
			if (squares < sum) {
				sum = squares;
				point = latest;
			}
			return latestErrors;
		}

		double[][] derivatives(double[] at) {
			double[] base = errors(at);
			double[][] rows = new double[base.length][at.length];
			double[] moved = at.clone();
			for (int k = 0; k < at.length; k++) {
				double step = STEP * Math.max(1, Math.abs(at[k]));
				moved[k] = at[k] + step;
				double[] there = whitening.errors(Arma.of(order, moved), rest).values();
				moved[k] = at[k];
				for (int t = 0; t < base.length; t++) {
					rows[t][k] = (there[t] - base[t]) / step;
				}
			}
			return rows;
		}
	}
}
