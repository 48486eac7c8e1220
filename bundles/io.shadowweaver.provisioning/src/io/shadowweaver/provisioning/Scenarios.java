// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Instant;

import io.shadowweaver.api.forecast.Levels;

/**
 * The demand of one metric at one time as it may turn out: each quantile of the forecast with the share of probability that is nearer
 * to it than to the others.
 *
 * @param values  rising
 * @param weights positive, their sum is 1
 */
record Scenarios(double[] values, double[] weights) {
	/**
	 * @param floor demand is at least what is observed now times this; 0 for no floor
	 */
	static Scenarios of(DemandView demand, Instant time, double floor) {
		double least = floor > 0 && !Double.isNaN(demand.observedNow()) ? demand.observedNow() * floor : 0;
		double median = demand.demand().map(bands -> bands.at(time, .5)).orElse(Double.NaN);
		if (Double.isNaN(median)) {
			return new Scenarios(new double[] { least }, new double[] { 1 });
		}
		double[] values = new double[Levels.COUNT];
		double[] weights = new double[Levels.COUNT];
		for (int i = 0; i < Levels.COUNT; i++) {
			values[i] = Math.max(least, demand.demand().get().at(time, Levels.level(i)));
			double below = i == 0 ? 0 : (Levels.level(i - 1) + Levels.level(i)) / 2;
			double above = i == Levels.COUNT - 1 ? 1 : (Levels.level(i) + Levels.level(i + 1)) / 2;
			weights[i] = above - below;
		}
		return new Scenarios(values, weights);
	}

	/** The same in another unit. */
	Scenarios in(double unit) {
		double[] scaled = new double[values.length];
		for (int i = 0; i < scaled.length; i++) {
			scaled[i] = values[i] / unit;
		}
		return new Scenarios(scaled, weights);
	}

	/** How much demand exceeds a capacity by, on average. */
	double above(double capacity) {
		double sum = 0;
		for (int i = 0; i < values.length; i++) {
			sum += weights[i] * Math.max(0, values[i] - capacity);
		}
		return sum;
	}
}
