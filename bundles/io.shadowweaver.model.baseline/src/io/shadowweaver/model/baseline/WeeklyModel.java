// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.baseline;

import java.io.DataInput;
import java.io.IOException;

import io.shadowweaver.api.model.SingleSeriesModel;
import io.shadowweaver.api.model.TrainingSeries;
import io.shadowweaver.kit.series.Gaps;
import io.shadowweaver.kit.series.NormalEquations;

/**
 * The same time of the week in the last weeks, moved by how far the present lies from them. Works on cells of half an hour (of one
 * step where that is longer), so that a week is 336 values and one wild minute counts for little. What is left of a cell after the
 * mean of the same cell in the weeks before is regressed, at each of several leads, on the mean of what was left over the last two
 * hours, the last day and the last week; a ridge holds the weights near a prior, which stands alone while there is only one week. Series
 * that stay well above 0 are taken by their logarithm, so that a difference is a ratio.
 */
final class WeeklyModel extends SingleSeriesModel {
	static final long WEEK = 7 * 86_400_000L;
	private static final long CELL = 1_800_000;
	/** Leads of the regressions in hours; the last stands for all longer ones. */
	static final double[] ANCHORS = { 1, 3, 6, 12, 24, 48, 168 };
	/** The mean of two hours, a day, a week. */
	static final int FEATURES = 3;
	/** Observations that the prior is worth, in days: neighbouring ones say nearly the same. */
	private static final double PRIOR_DAYS = 1.5;
	private static final double SMALL = .03;

	@Override
	protected Fitted fit(TrainingSeries series) {
		long step = series.values().step().toMillis();
		double[] values = series.values().values();
		long length = step < CELL && CELL % step == 0 ? CELL : step;
		if (length % step != 0 || WEEK % length != 0 || WEEK / length < 7) {
			throw new IllegalArgumentException("A week is not a whole number of steps of " + series.values().step() + ".");
		}
		long first = series.values().start().toEpochMilli();
		if (values.length * step < WEEK || Gaps.count(values) * step < WEEK / 2) {
			throw new IllegalArgumentException("It needs a week of history.");
		}
		double least = Double.POSITIVE_INFINITY;
		double sum = 0;
		int count = 0;
		for (double value : values) {
			if (Double.isFinite(value)) {
				least = Math.min(least, value);
				sum += value;
				count++;
			}
		}
		boolean ratios = least > SMALL * sum / count && least > 0;
		WeeklyState state = new WeeklyState(step, length, Math.floorDiv(first, step), ratios, series.lower(), series.upper());
		NormalEquations[] equations = new NormalEquations[ANCHORS.length];
		for (int anchor = 0; anchor < equations.length; anchor++) {
			equations[anchor] = new NormalEquations(FEATURES);
		}
		for (double value : values) {
			if (state.add(value)) {
				state.learn(equations);
			}
		}
		if (!state.isReady()) {
			throw new IllegalArgumentException("It needs a week of history.");
		}
		double prior = PRIOR_DAYS * 86_400_000 / length;
		for (int anchor = 0; anchor < equations.length; anchor++) {
			state.solve(anchor, equations[anchor], prior);
		}
		return state;
	}

	@Override
	protected Fitted read(DataInput in) throws IOException {
		return WeeklyState.read(in);
	}
}
