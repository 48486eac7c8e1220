// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.util.Random;

/** Makes series like a fleet's request rate: a day, a week, growth, slow wandering and noise. */
final class Load {
	private Load() {
	}

	/** The rate without noise at a minute. */
	static double shape(double minute) {
		double day = minute / 1440 % 1;
		int weekday = (int) (minute / 1440) % 7;
		double height = .45 + .4 * Math.sin(2 * Math.PI * (day - .3)) + .12 * Math.sin(4 * Math.PI * (day - .1));
		double weekend = weekday >= 5 ? .62 : 1;
		return 1000 * (.25 + Math.max(0, height) * weekend) * (1 + .02 * minute / 10080);
	}

	/**
	 * @param samples how many
	 * @param minutes of a step
	 * @param noise   relative white noise of a sample
	 */
	static double[] fleet(int samples, double minutes, double noise, long seed) {
		Random random = new Random(seed);
		double[] values = new double[samples];
		double wander = 0;
		double keep = Math.pow(.98, minutes);
		for (int i = 0; i < samples; i++) {
			wander = wander * keep + .04 * Math.sqrt(1 - keep * keep) * random.nextGaussian();
			values[i] = shape(i * minutes) * (1 + wander) * (1 + noise * random.nextGaussian());
		}
		return values;
	}
}
