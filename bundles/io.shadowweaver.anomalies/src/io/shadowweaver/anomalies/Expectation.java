// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.anomalies;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What the next value will be: the last one, two smoothed ones, and those of the day and of the week, weighted by the inverse
 * square of their recent mean absolute errors (Bates and Granger, The Combination of Forecasts, 1969).
 */
final class Expectation {
	private static final int MEMBERS = 5;
	private static final double FAST = .2;
	private static final double MEDIUM = .05;
	/** Weight of the newest error. */
	private static final double ERROR = .01;
	private static final long HALF_HOUR = 1_800_000;
	private static final long HOUR = 3_600_000;
	private static final double TINY = 1e-12;

	private final Profile day = new Profile(48, HALF_HOUR);
	private final Profile week = new Profile(168, HOUR);
	private final double[] errors = new double[MEMBERS];
	private final int[] judged = new int[MEMBERS];
	private double last = Double.NaN;
	private double fast;
	private double medium;

	/** What is expected at a time; {@code NaN} before the first value. */
	double at(long millis) {
		double[] members = members(millis);
		double best = Double.MAX_VALUE;
		for (int i = 0; i < MEMBERS; i++) {
			if (counts(members, i)) {
				best = Math.min(best, errors[i]);
			}
		}
		double sum = 0;
		double weights = 0;
		for (int i = 0; i < MEMBERS; i++) {
			if (counts(members, i)) {
				double ratio = (best + TINY) / (errors[i] + TINY);
				sum += ratio * ratio * members[i];
				weights += ratio * ratio;
			}
		}
		return weights == 0 ? last : sum / weights;
	}

	private boolean counts(double[] members, int i) {
		return judged[i] > 0 && !Double.isNaN(members[i]);
	}

	private double[] members(long millis) {
		return new double[] { last, fast, medium, day.at(millis), week.at(millis) };
	}

	/** Takes a value in. */
	void add(long millis, double value) {
		if (Double.isNaN(last)) {
			last = value;
			fast = value;
			medium = value;
		} else {
			double[] members = members(millis);
			for (int i = 0; i < MEMBERS; i++) {
				if (!Double.isNaN(members[i])) {
					judged[i] = Math.min(judged[i] + 1, Integer.MAX_VALUE - 1);
					errors[i] += Math.max(1.0 / judged[i], ERROR) * (Math.abs(value - members[i]) - errors[i]);
				}
			}
			last = value;
			fast += FAST * (value - fast);
			medium += MEDIUM * (value - medium);
		}
		day.add(millis, value);
		week.add(millis, value);
	}

	void save(DataOutput out) throws IOException {
		for (double number : new double[] { last, fast, medium }) {
			out.writeDouble(number);
		}
		for (int i = 0; i < MEMBERS; i++) {
			out.writeDouble(errors[i]);
			out.writeInt(judged[i]);
		}
		day.save(out);
		week.save(out);
	}

	void load(DataInput in) throws IOException {
		last = in.readDouble();
		fast = in.readDouble();
		medium = in.readDouble();
		Arrays.setAll(errors, i -> 0);
		for (int i = 0; i < MEMBERS; i++) {
			errors[i] = in.readDouble();
			judged[i] = in.readInt();
		}
		day.load(in);
		week.load(in);
	}
}
