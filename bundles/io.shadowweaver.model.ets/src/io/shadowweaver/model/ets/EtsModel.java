// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.ets;

import java.io.DataInput;
import java.io.IOException;

import io.shadowweaver.api.model.SingleSeriesModel;
import io.shadowweaver.api.model.TrainingSeries;
import io.shadowweaver.kit.series.Gaps;
import io.shadowweaver.kit.series.Scale;
import io.shadowweaver.kit.series.Seasons;

/**
 * Exponential smoothing: the member of the family that fits a series best ({@link EtsFit}), with a season where there are at least two of
 * them.
 */
final class EtsModel extends SingleSeriesModel {
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
		EtsState state = new EtsFit(values, season).best();
		state.name(season == 0 ? "" : Seasons.name(series.values().step().multipliedBy(season)));
		state.bound(Math.max(size, Scale.deviation(values)) * FAR, Scale.mean(values));
		return state;
	}

	@Override
	protected Fitted read(DataInput in) throws IOException {
		return EtsState.read(in);
	}
}
