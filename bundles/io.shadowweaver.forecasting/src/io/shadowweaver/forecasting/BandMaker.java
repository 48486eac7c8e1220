// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.time.Instant;
import java.util.Arrays;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Levels;

/** Puts bands around the curve of a series. */
final class BandMaker {
	private static final double LARGEST = 1e37;

	private final LeadPlan plan;
	private final double[] row = new double[Levels.COUNT];

	BandMaker(LeadPlan plan) {
		this.plan = plan;
	}

	/**
	 * Bands at the leads of the plan.
	 *
	 * @param leads how many of them, from the shortest
	 * @return the bands; {@code null} when the values are too large for it
	 */
	Bands standard(Track track, Instant origin, int leads) {
		float[] values = new float[leads * Levels.COUNT];
		double millis = origin.toEpochMilli();
		for (int lead = 0; lead < leads; lead++) {
			double centre = track.centre(millis + plan.leads[lead]);
			double median = centre + track.calibration.gain(lead) * track.deviation();
			double scale = track.scale(centre);
			for (int level = 0; level < Levels.COUNT; level++) {
				row[level] = median + scale * track.calibration.deviation(lead, level);
			}
			if (!put(row, track.lower, values, lead)) {
				return null;
			}
		}
		return new Bands(origin, leads == plan.leads.length ? plan.leads : Arrays.copyOf(plan.leads, leads), values);
	}

	/** Puts quantiles into a row of bands so that they keep the bound and do not cross. */
	static boolean put(double[] quantiles, double lower, float[] values, int lead) {
		double least = lower;
		for (int level = 0; level < Levels.COUNT; level++) {
			if (!(Math.abs(quantiles[level]) < LARGEST)) {
				return false;
			}
			least = Math.max(least, quantiles[level]);
			values[lead * Levels.COUNT + level] = (float) least;
		}
		return true;
	}
}
