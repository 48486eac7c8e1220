// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.time.Instant;
import java.util.Arrays;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Levels;

/** Puts bands around the curve of a series. */
final class BandMaker {
	private static final double LARGEST = 1e37;
	/** A series that is forecast without models is forecast no further than this multiple of what was seen of it. */
	private static final int REACH = 8;

	private final LeadPlan plan;
	private final double[] row = new double[Levels.COUNT];

	BandMaker(LeadPlan plan) {
		this.plan = plan;
	}

	/** Bands at the leads of the plan, as far as they reach; {@code null} when the values are too large for it. */
	Bands standard(Track track, Instant origin) {
		int leads = plan.leads.length;
		while (leads > 1 && track.curve() == null && plan.leads[leads - 1] > REACH * track.samples * plan.step) {
			leads--;
		}
		float[] values = new float[leads * Levels.COUNT];
		double millis = origin.toEpochMilli();
		for (int lead = 0; lead < leads; lead++) {
			double centre = track.centre(millis + plan.leads[lead]);
			track.calibration.spread.row(lead, centre, track.deviation(), row);
			if (!put(track.transform(), row, track.lower, values, lead)) {
				return null;
			}
		}
		return new Bands(origin, leads == plan.leads.length ? plan.leads : Arrays.copyOf(plan.leads, leads), values);
	}

	/** Puts quantiles into a row of bands, in the unit of the series, so that they keep the bound and do not cross. */
	static boolean put(Transform transform, double[] quantiles, double lower, float[] values, int lead) {
		double least = transform.from(lower);
		for (int level = 0; level < Levels.COUNT; level++) {
			double quantile = transform.from(quantiles[level]);
			if (!(Math.abs(quantile) < LARGEST)) {
				return false;
			}
			least = Math.max(least, quantile);
			values[lead * Levels.COUNT + level] = (float) least;
		}
		return true;
	}
}
