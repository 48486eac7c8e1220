// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting.capacity;

import java.util.Arrays;

/** What is remembered of a demand. */
final class RecentDemand {
	private static final int SIX = 6;
	private static final double SMOOTHING = .3;
	/** Over how many samples the level is a mean. */
	private static final int LEVEL = 2000;

	private final int day;
	private final int back;
	private final double[] ring;
	private final SlidingMaximum six = new SlidingMaximum(SIX);
	private final SlidingMaximum ofDay;
	private long step = -1;
	private long samples;
	private double newest = Double.NaN;
	private double smoothed;
	private double level;

	/**
	 * @param lead in steps
	 * @param day  the steps of a day
	 */
	RecentDemand(int lead, int day) {
		this.day = day;
		back = Math.ceilDiv(lead + 1, day) * day - lead;
		ring = new double[back + 2];
		Arrays.fill(ring, Double.NaN);
		ofDay = new SlidingMaximum(day);
	}

	/** Takes the demand of the next step; {@code NaN} for a gap. */
	void add(double demand) {
		step++;
		ring[(int) (step % ring.length)] = demand;
		six.add(step, demand);
		ofDay.add(step, demand);
		if (!Double.isNaN(demand)) {
			smoothed = samples == 0 ? demand : smoothed + SMOOTHING * (demand - smoothed);
			samples++;
			level += (demand - level) * Math.max(1. / samples, 1. / LEVEL);
			newest = demand;
		}
	}

	boolean isEmpty() {
		return samples == 0;
	}

	double newest() {
		return newest;
	}

	double smoothed() {
		return smoothed;
	}

	/** The mean of the past. */
	double level() {
		return level;
	}

	double maximumOfSix() {
		return six.value();
	}

	double maximumOfDay() {
		return ofDay.value();
	}

	/** The largest value around the time of day that is one lead ahead, a day before it, or as many days as the lead needs. */
	double daysBefore() {
		double largest = Double.NaN;
		for (long at = step - back - 1; at <= step - back + 1; at++) {
			double value = at < 0 ? Double.NaN : ring[(int) (at % ring.length)];
			largest = Double.isNaN(largest) || value > largest ? value : largest;
		}
		return largest;
	}
}
