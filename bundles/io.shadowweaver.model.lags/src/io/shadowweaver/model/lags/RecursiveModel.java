// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.lags;

import java.io.DataInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.TreeSet;

import io.shadowweaver.api.model.Regressor;
import io.shadowweaver.api.model.SingleSeriesModel;
import io.shadowweaver.api.model.TrainingSeries;
import io.shadowweaver.kit.series.Gaps;
import io.shadowweaver.kit.series.NormalEquations;
import io.shadowweaver.kit.series.RecursiveLeastSquares;
import io.shadowweaver.kit.series.Scale;

/**
 * Ridge regression of the next value on the last ones, on those a season and two seasons ago and a long season ago, and on regressors; later
 * leads follow by feeding forecasts back. After training it goes on by recursive least squares with forgetting. Positive series whose
 * values spread widely are regressed in logarithms.
 */
final class RecursiveModel extends SingleSeriesModel {
	/** The shortest history. */
	static final int LEAST = 40;
	private static final int[] NEAR = { 1, 2, 3 };
	private static final int[] UNSEASONAL = { 1, 2, 3, 4, 6, 12 };
	private static final int LONGEST = 2100;
	private static final int MOST_ROWS = 3000;
	private static final double RIDGE = 2e-4;
	private static final double FORGETTING = .9995;
	/** Logarithms are used where the largest value is so many times the smallest. */
	private static final double WIDE = 3;

	@Override
	protected Fitted fit(TrainingSeries series) {
		int length = series.values().length();
		int season = 0;
		int longSeason = 0;
		for (int period : series.seasons()) {
			if (season == 0 && length >= 3 * period && period <= LONGEST) {
				season = period;
			} else if (season > 0 && longSeason == 0 && period > 2 * season && length >= 1.5 * period && period <= LONGEST) {
				longSeason = period;
			}
		}
		double[] values = Gaps.fill(series.values().values(), season);
		if (length < LEAST || Double.isNaN(values[0])) {
			throw new IllegalArgumentException("A regression on lags needs " + LEAST + " values.");
		}
		boolean logs = wide(values);
		if (logs) {
			values = Arrays.stream(values).map(Math::log).toArray();
		}
		double size = Scale.deviation(values);
		if (!(size > 0) || !Double.isFinite(size)) {
			throw new IllegalArgumentException("The series is constant or not finite.");
		}
		int[] lags = lags(season, longSeason);
		int first = lags[lags.length - 1];
		RecursiveState.Frame frame = new RecursiveState.Frame(lags, series.regressors().size(), Scale.mean(values), size, logs);
		int rows = length - first;
		if (rows < 2 * frame.count()) {
			throw new IllegalArgumentException("The history is too short for a regression on " + frame.count() + " features.");
		}
		RecursiveState state = new RecursiveState(frame, regress(frame, values, series, first), series.lower(), series.upper());
		state.start(values);
		return state;
	}

	/** Whether all values are positive and the largest is far above the smallest. */
	private static boolean wide(double[] values) {
		double[] sorted = Scale.sorted(values);
		double low = Scale.quantile(sorted, .01);
		return sorted[0] > 0 && sorted[0] > .01 * Scale.quantile(sorted, .5) && Scale.quantile(sorted, .99) > WIDE * low;
	}

	private static int[] lags(int season, int longSeason) {
		if (season == 0) {
			return UNSEASONAL;
		}
		TreeSet<Integer> lags = new TreeSet<>();
		for (int lag : NEAR) {
			lags.add(lag);
		}
		for (int lag : new int[] { season - 1, season, season + 1, 2 * season }) {
			lags.add(lag);
		}
		if (longSeason > 0) {
			for (int lag : new int[] { longSeason - 1, longSeason, longSeason + 1 }) {
				lags.add(lag);
			}
		}
		return lags.stream().mapToInt(Integer::intValue).toArray();
	}

	private static RecursiveLeastSquares regress(RecursiveState.Frame frame, double[] values, TrainingSeries series, int first) {
		NormalEquations equations = new NormalEquations(frame.count());
		double[] x = new double[frame.count()];
		int last = values.length - 1;
		int stride = Math.max(1, Math.ceilDiv(last - first, MOST_ROWS));
		for (int now = last; now >= first; now -= stride) {
			int at = now;
			frame.fill(x, lag -> values[at - lag], regressor -> driver(series, regressor)[at]);
			equations.add(x, frame.scaled(values[now]), stride * Math.pow(FORGETTING, last - now));
		}
		return new RecursiveLeastSquares(equations.solve(RIDGE), FORGETTING);
	}

	private static double[] driver(TrainingSeries series, int regressor) {
		Regressor of = series.regressors().get(regressor);
		return of.values();
	}

	@Override
	protected Fitted read(DataInput in) throws IOException {
		return RecursiveState.read(in);
	}
}
