// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.arima;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.shadowweaver.kit.series.Differences;
import io.shadowweaver.kit.series.Gaps;
import io.shadowweaver.kit.series.NormalEquations;
import io.shadowweaver.model.arima.OrderSearch.Candidate;

/**
 * Finds the model of a series: its season, how often it is differenced, its harmonics, its orders; then estimates it by exact likelihood.
 *
 * @param fit        the estimate
 * @param regression with its weights
 */
record Identification(Estimator.Fit fit, Regression regression) {
	/** Fewer values than this are searched by exact likelihood. */
	private static final int SHORT = 250;
	private static final int MODELS = 40;
	/** Values times models, so that long series cost no more than others. */
	private static final int WORK = 60_000;
	private static final int MOST_HARMONICS = 20;
	/** So many harmonics need a model of their own for the exact fit. */
	private static final int MANY = 12;
	/** Iterations of the estimate with gaps, whose filter is dear and whose start is good. */
	private static final int GAPPED = 2;
	/** Values times states squared: where that filter costs more, the estimate from filled values stands. */
	private static final double GAPPED_WORK = 5e6;
	private static final double RIDGE = 1e-9;
	private static final double ROUGH = 1e-4;
	private static final double FINE = 1e-7;

	/**
	 * @param scaled  of mean 0 and variance 1, with {@code NaN} for gaps
	 * @param drivers each as long, finite
	 * @param seasons candidates for periods in steps, strongest first
	 */
	static Identification of(double[] scaled, double[][] drivers, List<Integer> seasons) {
		int n = scaled.length;
		int period = 1;
		List<Integer> longer = new ArrayList<>();
		for (int season : seasons) {
			if (season > 1 && season <= ArimaModel.LONGEST_EXACT && n >= 3 * season && period == 1) {
				period = season;
			} else if (season > ArimaModel.LONGEST_EXACT && n >= 3 * season) {
				longer.add(season);
			}
		}
		double[] filled = Gaps.fill(scaled, period > 1 ? period : longer.isEmpty() ? 0 : longer.getFirst());
		List<Harmonics> possible = new ArrayList<>();
		for (int season : longer) {
			possible.add(Harmonics.first(season, Math.min(MOST_HARMONICS, n / 20), period));
		}
		double[] rest = withoutRegression(filled, Regression.columns(possible, drivers, 0, n));
		int seasonalD = period > 1 && Stationarity.strongSeason(rest, period) ? 1 : 0;
		double[] differenced = seasonalD == 1 ? Differences.of(rest, period) : rest;
		int d = Stationarity.differences(differenced, 2 - seasonalD);
		Order differences = new Order(0, d, 0, 0, seasonalD, 0, period);
		List<Harmonics> harmonics = possible.isEmpty() ? possible : harmonics(possible, filled, drivers, differences, difference(rest, differences));
		return estimate(scaled, filled, drivers, harmonics, differences);
	}

	/** What a regression by ordinary least squares leaves over, with a trend beside its columns. */
	private static double[] withoutRegression(double[] y, double[][] columns) {
		if (columns.length == 1) {
			return y;
		}
		double[][] x = Arrays.copyOf(columns, columns.length + 1);
		x[columns.length] = new double[y.length];
		Arrays.setAll(x[columns.length], t -> (double) t / y.length);
		double[] beta = leastSquares(y, x);
		// the trend and the level stay in: whether they are there is tested for
		return Estimator.rest(y, Arrays.copyOf(columns, columns.length - 1), beta);
	}

	private static double[] leastSquares(double[] y, double[][] x) {
		NormalEquations equations = new NormalEquations(x.length);
		double[] row = new double[x.length];
		for (int t = 0; t < y.length; t++) {
			for (int k = 0; k < row.length; k++) {
				row[k] = x[k][t];
			}
			equations.add(row, y[t], 1);
		}
		return equations.solve(RIDGE).weights();
	}

	static double[] difference(double[] values, Order order) {
		double[] differenced = values;
		for (int i = 0; i < order.seasonalD(); i++) {
			differenced = Differences.of(differenced, order.period());
		}
		for (int i = 0; i < order.d(); i++) {
			differenced = Differences.of(differenced, 1);
		}
		return differenced;
	}

	private static double[][] difference(double[][] columns, Order order) {
		return Arrays.stream(columns).map(column -> difference(column, order)).toArray(double[][]::new);
	}

	/** Chooses how many harmonics of each season are kept, on what a simple ARMA model whitens. */
	private static List<Harmonics> harmonics(List<Harmonics> possible, double[] filled, double[][] drivers, Order differences, double[] rest) {
		Order simple = differences.with(1, 1, 0, differences.period() > 1 ? 1 : 0);
		Arma arma = new Estimator(Whitening::conditional, rest, new double[0][], ROUGH).fit(simple, new double[simple.parameters()], 1, 12).arma();
		double[] target = whitened(arma, filled, differences);
		double[][] base = Arrays.stream(Regression.columns(List.of(), drivers, differences.lost() == 0 ? 0 : -1, filled.length))
				.map(column -> whitened(arma, column, differences)).toArray(double[][]::new);
		List<Harmonics> chosen = new ArrayList<>();
		for (Harmonics season : possible) {
			double[][] columns = Arrays.stream(season.columns(filled.length)).map(column -> whitened(arma, column, differences)).toArray(double[][]::new);
			int count = Harmonics.choose(target, base, columns);
			if (count > 0) {
				chosen.add(season.truncated(count));
				double[][] more = Arrays.copyOf(base, base.length + 2 * count);
				System.arraycopy(columns, 0, more, base.length, 2 * count);
				base = more;
			}
		}
		return chosen;
	}

	private static double[] whitened(Arma arma, double[] values, Order differences) {
		return Whitening.conditional(arma, difference(values, differences)).values();
	}

	private static Identification estimate(double[] scaled, double[] filled, double[][] drivers, List<Harmonics> harmonics, Order differences) {
		int n = filled.length;
		int rise = differences.d() + differences.seasonalD() > 1 ? -1 : differences.d() == 1 ? 1 : differences.seasonalD() == 1 ? differences.period() : 0;
		double[][] columns = Regression.columns(harmonics, drivers, rise, n);
		double[][] x = difference(columns, differences);
		double[] y = difference(filled, differences);
		double[][] fixed = rise < 0 ? x : Arrays.copyOf(x, x.length - 1);
		double[] rest = fixed.length == 0 ? y : Estimator.rest(y, fixed, leastSquares(y, x));
		Whitening quick = y.length < SHORT ? Whitening::exact : Whitening::conditional;
		OrderSearch search = new OrderSearch(quick, rest, rise < 0 ? null : x[x.length - 1], Math.clamp(WORK / n, 14, MODELS));
		boolean many = fixed.length > MANY;
		boolean gaps = Gaps.count(scaled) < n;
		Estimator.Fit best = null;
		boolean constant = false;
		for (Candidate candidate : search.run(differences, many ? 1 : 3)) {
			Estimator.Fit fit = new Estimator(Whitening::exact, y, candidate.constant() ? x : fixed, FINE).fit(candidate.order(), search.point(candidate),
					many ? 2 : 6, 20);
			if (gaps && n < SHORT) {
				fit = gapped(fit, scaled, columns);
			}
			if (best == null || fit.aicc() < best.aicc()) {
				best = fit;
				constant = candidate.constant();
			}
		}
		if (gaps && n >= SHORT) {
			best = gapped(best, scaled, columns);
		}
		return new Identification(best, new Regression(harmonics, drivers.length, constant ? rise : -1, best.beta()));
	}

	/** Estimates once more, from the values alone: until then gaps were filled. */
	private static Estimator.Fit gapped(Estimator.Fit fit, double[] scaled, double[][] columns) {
		double states = fit.arma().size + fit.order().lost();
		if (scaled.length * states * states > GAPPED_WORK) {
			return fit;
		}
		double[][] used = masked(Arrays.copyOf(columns, fit.beta().length), scaled);
		return new Estimator(Whitening.gapped(fit.order()), scaled, used, FINE).fit(fit.order(), fit.point(), 2, GAPPED);
	}

	private static double[][] masked(double[][] columns, double[] values) {
		double[][] masked = new double[columns.length][];
		for (int k = 0; k < columns.length; k++) {
			masked[k] = columns[k].clone();
			for (int t = 0; t < values.length; t++) {
				if (Double.isNaN(values[t])) {
					masked[k][t] = Double.NaN;
				}
			}
		}
		return masked;
	}
}
