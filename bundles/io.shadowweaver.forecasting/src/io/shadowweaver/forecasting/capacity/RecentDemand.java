// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting.capacity;

import java.util.Arrays;

/** What is remembered of a demand. */
final class RecentDemand {
	private static final int SIX = 6;
	private static final double SMOOTHING = .3;
	/** Over how many samples the level is a mean. */
	private static final int LEVEL = 2000;

	private static final int DAYS = 7;

	private final int lead;
	private final int day;
	private final double[] ring;
	private final SlidingMaximum six = new SlidingMaximum(SIX);
	private final SlidingMaximum ofDay;
	private long step = -1;
	private long samples;
	private double newest = Double.NaN;
	private double smoothed;
	private double level;
	private double largest;

	/**
	 * @param lead in steps
	 * @param day  the steps of a day
	 */
	RecentDemand(int lead, int day) {
		this.lead = lead;
		this.day = day;
		ring = new double[Math.max(DAYS, Math.ceilDiv(lead + 1, day)) * day + DAYS];
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
			largest = Math.max(largest, demand);
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

	/** The largest demand there ever was. */
	double largest() {
		return largest;
	}

	double maximumOfSix() {
		return six.value();
	}

	double maximumOfDay() {
		return ofDay.value();
	}

	/** The largest value at the time of day that is one lead ahead, give or take a step, on the newest day that is known. */
	double dayBefore() {
		int back = Math.ceilDiv(lead + 1, day) * day;
		return around(step + lead - back, 1);
	}

	/** The largest value at the time of day that is one lead ahead, give or take two steps, on the last seven days. */
	double weekBefore() {
		double largest = Double.NaN;
		for (int back = day; back <= DAYS * day; back += day) {
			largest = larger(largest, around(step + lead - back, 2));
		}
		return largest;
	}

	private double around(long middle, int steps) {
		double largest = Double.NaN;
		for (long at = Math.max(0, Math.max(middle - steps, step - ring.length + 1)); at <= Math.min(step, middle + steps); at++) {
			largest = larger(largest, ring[(int) (at % ring.length)]);
		}
		return largest;
	}

	private static double larger(double one, double other) {
		return Double.isNaN(one) || other > one ? other : one;
	}
}
