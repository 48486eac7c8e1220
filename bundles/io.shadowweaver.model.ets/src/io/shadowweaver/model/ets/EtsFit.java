// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.ets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.SimpleValueChecker;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.hipparchus.optim.nonlinear.scalar.noderiv.SimplexOptimizer;

import io.shadowweaver.kit.series.Differences;
import io.shadowweaver.kit.series.Scale;
import io.shadowweaver.kit.series.Seasons;

/**
 * Fits the members of the family to one series and chooses one: the rates of each maximise the likelihood (Nelder and Mead on the logit
 * scale, the start coming from the profile of the first seasons). All members are tried shortly, those with the least error a season
 * ahead are fitted well. An information criterion would judge one step ahead, where a trend is good at following the season; many
 * steps ahead it then runs away.
 */
final class EtsFit {
	private static final int SHORT = 24;
	private static final int LONG = 160;
	private static final int FINALISTS = 4;
	/** Longer series are chosen by their last values: what was right weeks ago is no reason. */
	private static final int MOST = 4000;

	private final double[] values;
	private final double[] recent;
	private final int period;
	private final int lead;

	/** One member with its rates, and the sum of its squared errors a season ahead. */
	private record Trial(EtsForm form, double[] point, double far) {
	}

	/**
	 * @param values without gaps
	 * @param period of the season in steps; 0 for none
	 */
	EtsFit(double[] values, int period) {
		this.values = values;
		this.period = period;
		recent = Arrays.copyOfRange(values, Math.max(0, values.length - Math.max(MOST, 4 * period)), values.length);
		lead = Math.max(1, Math.min(period == 0 ? 12 : period, recent.length / 4));
	}

	/** The state of the chosen member behind the last value. */
	EtsState best() {
		List<Trial> trials = new ArrayList<>();
		for (EtsForm form : EtsForm.usable(period > 0, positive())) {
			trials.add(optimise(form, guess(form), SHORT));
		}
		trials.sort(Comparator.comparingDouble(Trial::far));
		Trial best = trials.stream().limit(FINALISTS).map(trial -> optimise(trial.form, trial.point, LONG))
				.min(Comparator.comparingDouble(Trial::far)).orElseThrow();
		EtsState state = start(values, best.form, rates(best.form, best.point));
		state.run(values);
		return state;
	}

	private boolean positive() {
		double[] sorted = Scale.sorted(values);
		return sorted[0] > 0 && sorted[0] > .01 * Scale.quantile(sorted, .5);
	}

	private Trial optimise(EtsForm form, double[] from, int evaluations) {
		double[] best = from.clone();
		double[] least = { Double.POSITIVE_INFINITY };
		double[] steps = new double[from.length];
		Arrays.fill(steps, 1.5);
		try {
			new SimplexOptimizer(new SimpleValueChecker(1e-6, 1e-3)).optimize(new MaxEval(evaluations), new ObjectiveFunction(point -> {
				double value = deviance(form, point);
				if (value < least[0]) {
					least[0] = value;
					System.arraycopy(point, 0, best, 0, best.length);
				}
				return value;
			}), GoalType.MINIMIZE, new InitialGuess(from), new NelderMeadSimplex(steps));
		} catch (MathRuntimeException e) {
			// out of evaluations: the best so far stands
		}
		double far = start(recent, form, rates(form, best)).far(recent, lead);
		return new Trial(form, best, Double.isFinite(far) ? far : Double.MAX_VALUE);
	}

	private double deviance(EtsForm form, double[] point) {
		double deviance = start(recent, form, rates(form, point)).run(recent);
		return Double.isFinite(deviance) ? deviance : Double.MAX_VALUE;
	}

	/** Where a search begins: level, season, trend, damping, as far as the form has them, on the logit scale. */
	private static double[] guess(EtsForm form) {
		double[] guess = new double[form.rates()];
		boolean seasonal = form.season() != EtsForm.Season.NONE;
		guess[0] = seasonal ? -.8 : .4;
		int at = 1;
		if (seasonal) {
			guess[at++] = -2;
		}
		if (form.trend() != EtsForm.Trend.NONE) {
			guess[at++] = -4;
		}
		if (form.trend() == EtsForm.Trend.DAMPED) {
			guess[at] = 1.5;
		}
		return guess;
	}

	private static double[] rates(EtsForm form, double[] point) {
		int at = 1;
		double gamma = form.season() == EtsForm.Season.NONE ? 0 : logit(point[at++], 0, .6);
		double beta = form.trend() == EtsForm.Trend.NONE ? 0 : logit(point[at++], 0, .3);
		double damping = form.trend() == EtsForm.Trend.DAMPED ? logit(point[at], .8, .98) : 1;
		return new double[] { logit(point[0], .001, .999), beta, damping, gamma };
	}

	private static double logit(double x, double low, double high) {
		return low + (high - low) / (1 + Math.exp(-x));
	}

	/** The state before the first value: a line through the first seasons, and the profile about it. */
	private EtsState start(double[] of, EtsForm form, double[] rates) {
		boolean trend = form.trend() != EtsForm.Trend.NONE;
		if (period == 0) {
			double[] first = Arrays.copyOf(of, Math.min(8, of.length));
			double[] line = trend ? Differences.line(first) : new double[] { Scale.mean(first), 0 };
			return new EtsState(form, rates, line[0], line[1], new float[0]);
		}
		int whole = Math.min(of.length / period, 4) * period;
		double[] first = Arrays.copyOf(of, whole);
		boolean sloped = trend && whole >= 3 * period;
		double[] line = sloped ? Differences.line(first) : new double[] { Scale.mean(first), 0 };
		boolean multiplies = form.season() == EtsForm.Season.MULTIPLICATIVE;
		double[] rest = new double[whole];
		for (int i = 0; i < whole; i++) {
			double base = line[0] + line[1] * i;
			rest[i] = multiplies ? first[i] / Math.max(base, 1e-9 * Math.abs(line[0])) : first[i] - base;
		}
		double[] profile = Seasons.profile(rest, period);
		float[] seasonal = new float[period];
		for (int i = 0; i < period; i++) {
			seasonal[i] = (float) profile[i];
		}
		return new EtsState(form, rates, line[0], line[1], seasonal);
	}
}
