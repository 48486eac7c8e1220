// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.theta;

import java.io.DataInput;
import java.io.IOException;
import java.util.Arrays;

import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.univariate.BrentOptimizer;
import org.hipparchus.optim.univariate.SearchInterval;
import org.hipparchus.optim.univariate.UnivariateObjectiveFunction;

import io.shadowweaver.api.model.SingleSeriesModel;
import io.shadowweaver.api.model.TrainingSeries;
import io.shadowweaver.kit.series.Differences;
import io.shadowweaver.kit.series.Gaps;
import io.shadowweaver.kit.series.Scale;
import io.shadowweaver.kit.series.Seasons;

/**
 * The Theta method (Assimakopoulos and Nikolopoulos, The theta model, International Journal of Forecasting 16, 2000) in the form that
 * Hyndman and Billah showed it to have (Unmasking the Theta method, ibid. 19, 2003): simple exponential smoothing with a drift of half the slope of
 * the history, after a significant season was taken out by classical decomposition.
 */
final class ThetaModel extends SingleSeriesModel {
	private static final int LEAST = 8;
	private static final int EVALUATIONS = 40;
	private static final double SLOWEST = 1e-4;
	private static final double FASTEST = .9999;
	/** A season whose indices come near 0 is added, since dividing by them would blow up small errors. */
	private static final double SMALLEST_INDEX = .05;

	@Override
	protected Fitted fit(TrainingSeries series) {
		double[] raw = series.values().values();
		int season = series.seasons().stream().filter(period -> raw.length >= 2 * period).findFirst().orElse(0);
		double[] values = Gaps.fill(raw, season);
		if (Gaps.count(raw) < LEAST) {
			throw new IllegalArgumentException("The Theta method needs " + LEAST + " values.");
		}
		double size = Scale.deviation(values);
		if (!(size > 0) || !Double.isFinite(size)) {
			throw new IllegalArgumentException("The series is constant or not finite.");
		}
		Decomposition decomposition = decompose(values, season);
		double[] plain = new double[values.length];
		for (int i = 0; i < plain.length; i++) {
			plain[i] = decomposition.remove(values[i], i);
		}
		double drift = Differences.line(plain)[1] / 2;
		double alpha = new BrentOptimizer(1e-4, 1e-6).optimize(new MaxEval(EVALUATIONS * 4), GoalType.MINIMIZE,
				new UnivariateObjectiveFunction(rate -> squares(plain, rate)), new SearchInterval(SLOWEST, FASTEST, .3)).getPoint();
		ThetaState state = new ThetaState(decomposition, alpha, drift, plain[0], size,
				season == 0 ? "" : Seasons.name(series.values().step().multipliedBy(season)));
		for (double value : values) {
			state.update(value);
		}
		return state;
	}

	private static Decomposition decompose(double[] values, int season) {
		if (!Decomposition.isSeasonal(values, season)) {
			return Decomposition.NONE;
		}
		if (Arrays.stream(values).allMatch(value -> value > 0)) {
			Decomposition multiplied = Decomposition.of(values, season, true);
			if (Arrays.stream(multiplied.index()).allMatch(index -> index > SMALLEST_INDEX)) {
				return multiplied;
			}
		}
		return Decomposition.of(values, season, false);
	}

	/** The sum of squared one-step errors of simple exponential smoothing. */
	private static double squares(double[] values, double alpha) {
		double level = values[0];
		double sum = 0;
		for (int i = 1; i < values.length; i++) {
			double error = values[i] - level;
			sum += error * error;
			level += alpha * error;
		}
		return sum;
	}

	@Override
	protected Fitted read(DataInput in) throws IOException {
		return ThetaState.read(in);
	}
}
