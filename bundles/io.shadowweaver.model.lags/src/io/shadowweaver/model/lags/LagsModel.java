// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.lags;

import java.io.DataInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;

import io.shadowweaver.api.model.SingleSeriesModel;
import io.shadowweaver.api.model.TrainingSeries;
import io.shadowweaver.kit.series.Gaps;
import io.shadowweaver.kit.series.NormalEquations;
import io.shadowweaver.kit.series.RecursiveLeastSquares;
import io.shadowweaver.kit.series.Scale;

/**
 * Direct ridge regression of the change at a lead on {@link Features}: one regression at each of several leads, in between the two
 * nearest are mixed. The ridge shrinks towards what the last seasons did, not towards no change, and more at long leads, where
 * neighbouring rows say nearly the same. After training each goes on by recursive least squares with forgetting.
 */
final class LagsModel extends SingleSeriesModel {
	/** The shortest history. */
	static final int LEAST = 72;
	private static final int[] ANCHORS = { 1, 2, 3, 6, 12, 24, 72, 288 };
	private static final int MOST_ROWS = 1600;
	private static final double RIDGE = .002;
	static final double FORGETTING = .9995;

	@Override
	protected Fitted fit(TrainingSeries series) {
		int length = series.values().length();
		int season = 0;
		int longSeason = 0;
		for (int period : series.seasons()) {
			if (season == 0 && length >= 1.6 * period && period <= 2100) {
				season = period;
			} else if (season > 0 && longSeason == 0 && period > 2 * season && length >= 1.3 * period && period <= 2100) {
				longSeason = period;
			}
		}
		double[] values = Gaps.fill(series.values().values(), season);
		if (length < LEAST || Double.isNaN(values[0])) {
			throw new IllegalArgumentException("Regression on lags needs " + LEAST + " values.");
		}
		double size = Scale.robustDeviation(values);
		if (!(size > 0) || !Double.isFinite(size)) {
			throw new IllegalArgumentException("The series is constant or not finite.");
		}
		Features features = new Features(season, longSeason, size);
		int rowsAtLeast = 4 * features.count;
		int[] anchors = anchors(season).filter(anchor -> length - features.first() - anchor >= rowsAtLeast + anchor).toArray();
		if (anchors.length == 0) {
			throw new IllegalArgumentException("The history is too short for a regression on " + features.count + " features.");
		}
		Window all = new Window(length);
		for (double value : values) {
			all.add(value);
		}
		RecursiveLeastSquares[] regressions = new RecursiveLeastSquares[anchors.length];
		for (int i = 0; i < anchors.length; i++) {
			NormalEquations.Solution solution = regress(all, features, anchors[i]).solve(RIDGE * (1 + anchors[i] / 6.));
			features.addPrior(solution.weights());
			regressions[i] = new RecursiveLeastSquares(solution, FORGETTING);
		}
		LagsState state = new LagsState(features, anchors, regressions, Math.min(length, features.reach(anchors[anchors.length - 1])),
				series.lower(), series.upper());
		state.start(values);
		return state;
	}

	/**
	 * The leads of the regressions. Over whole seasons nothing changes with the season, so a regression there learns nothing of it, and
	 * would be wrong for the leads beside it: such leads give way by a quarter of a season.
	 */
	static IntStream anchors(int season) {
		return Arrays.stream(ANCHORS).map(anchor -> {
			int whole = season == 0 ? 0 : (anchor + season / 2) / season * season;
			return whole > 0 && Math.abs(anchor - whole) < season / 6. ? whole + Math.max(1, season / 4) : anchor;
		}).distinct().sorted();
	}

	private static NormalEquations regress(Window all, Features features, int lead) {
		NormalEquations equations = new NormalEquations(features.count);
		double[] x = new double[features.count];
		int first = features.first();
		int last = all.newest() - lead;
		int stride = Math.max(1, Math.ceilDiv(last - first, MOST_ROWS));
		for (int now = last; now >= first; now -= stride) {
			features.fill(all, now, lead, x);
			double change = Math.clamp((all.at(now + lead) - all.at(now)) / features.size(), -LagsState.SIGMAS, LagsState.SIGMAS);
			equations.add(x, change - features.prior(x), stride * Math.pow(FORGETTING, last - now));
		}
		return equations;
	}

	@Override
	protected Fitted read(DataInput in) throws IOException {
		return LagsState.read(in);
	}
}
