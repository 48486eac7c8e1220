// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting.capacity;

import java.util.Arrays;

/** How far the demand has been from its forecasts, of late and at each time of day: what bands that were learned slowly do not know yet. */
final class ForecastErrors {
	/** About 20 samples count. */
	private static final double FAST = .05;
	/** About 500 samples count. */
	private static final double SLOW = .002;
	/** About 12 days count. */
	private static final double BY_DAY = .08;
	/** How many steps before and after a time of day count as the same. */
	private static final int AROUND = 2;
	/** An error counts for at most so many times the usual one of late. */
	private static final double LARGEST = 20;

	private final double[] medians;
	private final double[] byTime;
	private double fast;
	private double slow;

	/**
	 * @param slots how many forecasts wait at most for their time
	 * @param day   the steps of a day
	 */
	ForecastErrors(int slots, int day) {
		medians = new double[slots];
		Arrays.fill(medians, Double.NaN);
		byTime = new double[day];
	}

	/**
	 * Learns the error of the forecast of a slot, if there is one.
	 *
	 * @param step   the number of the step that has ended
	 * @param demand what was measured
	 * @param least  an error that is nothing beside the level, over 0
	 */
	void learn(int slot, long step, double demand, double least) {
		if (Double.isNaN(medians[slot])) {
			return;
		}
		double error = Math.abs(demand - medians[slot]);
		fast += FAST * (Math.min(error, LARGEST * fast + least) - fast);
		slow += SLOW * (error - slow);
		for (long at = step - AROUND; at <= step + AROUND; at++) {
			int time = (int) Math.floorMod(at, (long) byTime.length);
			byTime[time] += BY_DAY * (error - byTime[time]);
		}
	}

	/** Keeps a forecast until its time; {@code NaN} for none. */
	void expect(int slot, double median) {
		medians[slot] = median;
	}

	/** The size of errors between that of the last samples and the usual one. */
	double recent(double least) {
		return Math.sqrt((fast + least) * (slow + least));
	}

	/** The size of errors at the time of day of a step. */
	double atTimeOf(long step) {
		return byTime[(int) Math.floorMod(step, (long) byTime.length)];
	}
}
