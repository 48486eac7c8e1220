// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.prophet;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.model.Regressor;
import io.shadowweaver.api.model.TrainingSeries;

/** The series of {@code oracle/prophet.R}, hour by hour. */
enum Simulated {
	LINE(11, 3), BENDS(12, 3), GAPS(13, 4), EVENTS(14, 3), SATURATING(15, 1.5);

	static final int HOURS = 720;
	static final int AHEAD = 48;

	private final long seed;
	private final double size;

	Simulated(long seed, double size) {
		this.seed = seed;
		this.size = size;
	}

	/** Park and Miller, exact in double precision; a normal number is a sum of twelve uniform ones. */
	static double[] noise(long seed, int count) {
		long state = seed;
		double[] noise = new double[count];
		for (int i = 0; i < count; i++) {
			double sum = 0;
			for (int k = 0; k < 12; k++) {
				state = state * 16807 % 2147483647;
				sum += state / 2147483647.;
			}
			noise[i] = sum - 6;
		}
		return noise;
	}

	/** The series without noise, behind the history too. */
	double expected(int hour) {
		double day = 20 * Math.sin(2 * Math.PI * hour / 24) + 6 * Math.cos(4 * Math.PI * hour / 24);
		double week = 8 * Math.cos(2 * Math.PI * hour / 168);
		return switch (this) {
		case LINE -> 100 + .05 * hour + day + week;
		case BENDS -> 100 + .1 * hour - .25 * Math.max(0, hour - 240) + .3 * Math.max(0, hour - 480) + day;
		case GAPS -> 80 + day + week;
		case EVENTS -> 60 + day + 25 * event(hour);
		case SATURATING -> 95 / (1 + Math.exp(-(hour - 250) / 120.)) + .15 * day;
		};
	}

	static double event(int hour) {
		return hour % 200 >= 150 && hour % 200 < 160 ? 1 : 0;
	}

	TrainingSeries training() {
		double[] noise = noise(seed, HOURS);
		double[] values = new double[HOURS];
		double[] event = new double[HOURS];
		for (int hour = 0; hour < HOURS; hour++) {
			values[hour] = expected(hour) + size * noise[hour];
			event[hour] = event(hour);
		}
		if (this == GAPS) {
			Arrays.fill(values, 100, 160, Double.NaN);
			values[399] = Double.NaN;
			values[401] = Double.NaN;
		}
		boolean bounded = this == SATURATING;
		return new TrainingSeries(0, Series.of(Instant.parse("2026-03-02T00:00:00Z"), Duration.ofHours(1), values), List.of(24, 168),
				bounded ? 0 : Double.NEGATIVE_INFINITY, bounded ? 100 : Double.POSITIVE_INFINITY,
				this == EVENTS ? List.of(new Regressor("event:launch", Regressor.Kind.EVENT, event)) : List.of());
	}
}
