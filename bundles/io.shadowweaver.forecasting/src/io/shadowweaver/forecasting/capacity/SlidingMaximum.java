// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting.capacity;

/** The maximum of the values of the newest steps, at a constant cost a step: values that a newer one exceeds are forgotten. */
final class SlidingMaximum {
	private final long[] steps;
	private final double[] values;
	private int first;
	private int count;

	/** @param length over how many steps */
	SlidingMaximum(int length) {
		steps = new long[length];
		values = new double[length];
	}

	/** Moves to a step; {@code NaN} for a gap. */
	void add(long step, double value) {
		if (count > 0 && steps[first] <= step - steps.length) {
			first = (first + 1) % steps.length;
			count--;
		}
		if (!Double.isNaN(value)) {
			while (count > 0 && values[(first + count - 1) % steps.length] <= value) {
				count--;
			}
			int place = (first + count++) % steps.length;
			steps[place] = step;
			values[place] = value;
		}
	}

	/** The maximum; {@code NaN} where there are only gaps. */
	double value() {
		return count == 0 ? Double.NaN : values[first];
	}
}
