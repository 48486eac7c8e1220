// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.ets;

import java.io.DataInput;
import java.io.IOException;
import java.util.Arrays;

import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.SimpleValueChecker;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.hipparchus.optim.nonlinear.scalar.noderiv.SimplexOptimizer;

import io.shadowweaver.api.model.SingleSeriesModel;
import io.shadowweaver.api.model.TrainingSeries;
import io.shadowweaver.kit.series.Differences;
import io.shadowweaver.kit.series.Gaps;
import io.shadowweaver.kit.series.Scale;
import io.shadowweaver.kit.series.Seasons;

/**
 * Additive exponential smoothing, with a season where the series has at least two of them, and with a damped trend where that is
 * no worse a season ahead: ETS(A,N,N), (A,N,A), (A,Ad,N) or (A,Ad,A) in the taxonomy of Hyndman, Koehler, Ord and Snyder, Forecasting with Exponential Smoothing, 2008. The rates
 * minimise the sum of squared one-step errors (Nelder and Mead on the logit scale); the start comes from the profile of the season.
 */
final class EtsModel extends SingleSeriesModel {
	private static final int EVALUATIONS = 140;
	private static final double FAR = 8;

	@Override
	protected Fitted fit(TrainingSeries series) {
		double[] raw = series.values().values();
		int season = 0;
		for (int period : series.seasons()) {
			if (season == 0 && raw.length >= 2 * period) {
				season = period;
			}
		}
		double[] values = Gaps.fill(raw, season);
		if (values.length < 8 || Gaps.count(raw) < 8) {
			throw new IllegalArgumentException("Exponential smoothing needs eight values.");
		}
		double size = Scale.robustDeviation(values);
		if (!(size > 0) || !Double.isFinite(size)) {
			throw new IllegalArgumentException("The series is constant or not finite.");
		}
		int period = season;
		// one step ahead a trend is good at following the season, many steps ahead it then runs away
		double[] damped = optimise(values, period, true);
		double[] flat = optimise(values, period, false);
		int lead = Math.max(1, Math.min(period == 0 ? 12 : period, values.length / 4));
		double[] rates = start(values, period, flat).far(values, lead) <= start(values, period, damped).far(values, lead) ? flat : damped;
		EtsState state = start(values, period, rates);
		state.run(values);
		state.bound(Math.max(size, Scale.deviation(values)) * FAR, Scale.mean(values));
		return state;
	}

	private static double[] optimise(double[] values, int season, boolean trend) {
		// level and season, trend and damping on the logit scale
		double[] guess = season > 0 ? new double[] { -.8, -2, -4, 1.5 } : new double[] { .4, 0, -3, 1.5 };
		if (!trend) {
			guess = Arrays.copyOf(guess, 2);
		}
		double[] steps = new double[guess.length];
		Arrays.fill(steps, 1.5);
		try {
			return rates(new SimplexOptimizer(new SimpleValueChecker(1e-4, 1e-12)).optimize(new MaxEval(EVALUATIONS),
					new ObjectiveFunction(point -> error(values, season, point)), GoalType.MINIMIZE, new InitialGuess(guess),
					new NelderMeadSimplex(steps)).getPoint());
		} catch (MathRuntimeException e) {
			// out of evaluations: the grid below is coarse but never far off
			return rates(grid(values, season, guess));
		}
	}

	private static double[] grid(double[] values, int season, double[] guess) {
		double[] best = guess;
		double least = error(values, season, guess);
		for (double alpha : new double[] { -2.2, -.8, .8, 2.2 }) {
			for (double gamma : season > 0 ? new double[] { -3, -1.5 } : new double[] { 0 }) {
				double[] point = guess.clone();
				point[0] = alpha;
				if (season > 0) {
					point[1] = gamma;
				}
				double error = error(values, season, point);
				if (error < least) {
					least = error;
					best = point;
				}
			}
		}
		return best;
	}

	private static double error(double[] values, int season, double[] point) {
		double error = start(values, season, rates(point)).run(values);
		return Double.isFinite(error) ? error : Double.MAX_VALUE;
	}

	private static double logit(double x, double low, double high) {
		return low + (high - low) / (1 + Math.exp(-x));
	}

	private static double[] rates(double[] point) {
		boolean trend = point.length > 2;
		return new double[] { logit(point[0], .001, .999), trend ? logit(point[2], 0, .3) : 0, trend ? logit(point[3], .8, .98) : .8,
				logit(point[1], 0, .6) };
	}

	/** The state before the first value: a line through the first seasons, and the profile about it. */
	private static EtsState start(double[] values, int season, double[] rates) {
		if (season == 0) {
			double level = Scale.mean(Arrays.copyOf(values, Math.min(8, values.length)));
			return new EtsState(rates, level, 0, new float[0]);
		}
		int whole = Math.min(values.length / season, 4) * season;
		double[] first = Arrays.copyOf(values, whole);
		double[] line = Differences.line(first);
		double slope = whole >= 3 * season ? line[1] : 0;
		double level = whole >= 3 * season ? line[0] : Scale.mean(first);
		double[] rest = new double[whole];
		for (int i = 0; i < whole; i++) {
			rest[i] = first[i] - level - slope * i;
		}
		double[] profile = Seasons.profile(rest, season);
		float[] seasonal = new float[season];
		for (int i = 0; i < season; i++) {
			seasonal[i] = (float) profile[i];
		}
		return new EtsState(rates, level, slope, seasonal);
	}

	@Override
	protected Fitted read(DataInput in) throws IOException {
		return EtsState.read(in);
	}
}
