// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.lstm;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.model.TrainingSeries;
import io.shadowweaver.kit.series.Gaps;
import io.shadowweaver.kit.series.Scale;

/**
 * The last values of one series: what a forecast of it needs. Where asked for, and where all values of the training are positive, they are kept as
 * logarithms. Gaps have been filled.
 */
final class Track {
	/** The least number of samples: a window of the network, and half as much again to learn from. */
	static final int LEAST = Features.WINDOW * 3 / 2;

	private static final long DAY = 86_400_000;

	private final Shape shape;
	private final float[] ring;
	private int next;
	private int count;
	private long time;

	/**
	 * What does not change with new values.
	 *
	 * @param step  the distance of two values in milliseconds
	 * @param near  the shorter season in steps, 0 for none
	 * @param far   the longer season in steps, 0 for none
	 * @param lower no value is below
	 * @param upper no value is above
	 * @param log   whether values are kept as logarithms
	 * @param usual the standard deviation of the history, positive
	 * @param least the smallest value of the history; in logarithms nothing below counts
	 */
	record Shape(long step, int near, int far, double lower, double upper, boolean log, double usual, double least) {
		/** How many values a forecast looks back. */
		int reach() {
			return Features.WINDOW + Math.max(2 * near, far);
		}
	}

	/**
	 * @param shape  the shape
	 * @param values the history, without gaps
	 * @param time   of the next value, in milliseconds
	 */
	private Track(Shape shape, float[] values, long time) {
		this.shape = shape;
		this.time = time;
		ring = new float[shape.reach()];
		for (float value : values) {
			push(value);
		}
	}

	/** A series as the network learns from it. */
	record History(Shape shape, float[] values, long start) {
		/** The time of a value, in milliseconds. */
		long time(int index) {
			return start + shape.step * index;
		}

		/** The state after the last value. */
		Track track() {
			return new Track(shape, values, time(values.length));
		}
	}

	/**
	 * Reads a series.
	 *
	 * @param series    the series
	 * @param logarithm whether values are kept as logarithms where all are positive
	 * @return the history
	 * @throws IllegalArgumentException with a sentence, when the network cannot learn from it
	 */
	static History history(TrainingSeries series, boolean logarithm) {
		Series given = series.values();
		double[] raw = given.values();
		if (Gaps.count(raw) < LEAST) {
			throw new IllegalArgumentException("The LSTM needs " + LEAST + " samples; there are " + Gaps.count(raw) + ".");
		}
		long step = given.step().toMillis();
		int near = near(series, step);
		int far = far(series, step, near);
		double[] filled = Gaps.fill(raw, near);
		double least = Arrays.stream(filled).min().orElse(0);
		boolean log = logarithm && least > 0;
		if (log) {
			for (int i = 0; i < filled.length; i++) {
				filled[i] = Math.log(filled[i]);
			}
		}
		double usual = Scale.deviation(filled);
		if (!Double.isFinite(usual) || !(usual > 1e-9 * Math.abs(Scale.mean(filled)))) {
			throw new IllegalArgumentException("The series is constant or not finite.");
		}
		float[] values = new float[filled.length];
		for (int i = 0; i < values.length; i++) {
			values[i] = (float) filled[i];
		}
		return new History(new Shape(step, near, far, series.lower(), series.upper(), log, usual, least), values, given.start().toEpochMilli());
	}

	/** The strongest season of which two are there; where none was found, a day. */
	private static int near(TrainingSeries series, long step) {
		int season = series.seasons().isEmpty() ? (int) Math.min(DAY / step, 1440) : series.seasons().getFirst();
		return season < 2 || series.values().length() < 2 * season ? 0 : season;
	}

	/** The first longer season of which one and a half are there; where none was found, a week. */
	private static int far(TrainingSeries series, long step, int near) {
		int week = (int) Math.min(7 * DAY / step, 7 * 1440);
		int season = series.seasons().stream().filter(one -> one > near).findFirst().orElse(week);
		return season <= near || series.values().length() < season + season / 2 ? 0 : season;
	}

	Shape shape() {
		return shape;
	}

	private void push(float value) {
		ring[next] = value;
		next = next + 1 == ring.length ? 0 : next + 1;
		count = Math.min(count + 1, ring.length);
	}

	private float back(int steps) {
		return ring[Math.floorMod(next - 1 - steps, ring.length)];
	}

	/** Moves on by one value; a gap repeats the value a season before, or the last. */
	void update(double value) {
		time += shape.step;
		if (Double.isFinite(value)) {
			double bounded = Math.clamp(value, -1e30, 1e30);
			push((float) (shape.log ? Math.log(Math.max(bounded, shape.least)) : bounded));
		} else {
			push(back(shape.near > 0 && shape.near <= count ? shape.near - 1 : 0));
		}
	}

	/** The values that are kept, oldest first. */
	float[] values() {
		float[] values = new float[count];
		for (int i = 0; i < count; i++) {
			values[i] = back(count - 1 - i);
		}
		return values;
	}

	/** The time of the last value, in milliseconds. */
	long last() {
		return time - shape.step;
	}

	/** What the network gives, in the unit of the series and within its bounds. */
	double value(double kept) {
		return Math.clamp(shape.log ? Math.exp(Math.min(kept, 700)) : kept, shape.lower, shape.upper);
	}

	void save(DataOutput out) throws IOException {
		out.writeLong(shape.step);
		out.writeInt(shape.near);
		out.writeInt(shape.far);
		out.writeDouble(shape.lower);
		out.writeDouble(shape.upper);
		out.writeBoolean(shape.log);
		out.writeDouble(shape.usual);
		out.writeDouble(shape.least);
		out.writeLong(time);
		out.writeInt(count);
		for (float value : values()) {
			out.writeFloat(value);
		}
	}

	static Track read(DataInput in) throws IOException {
		Shape shape = new Shape(in.readLong(), in.readInt(), in.readInt(), in.readDouble(), in.readDouble(), in.readBoolean(), in.readDouble(), in.readDouble());
		long time = in.readLong();
		int count = in.readInt();
		if (shape.step < 1 || shape.near < 0 || shape.far < 0 || Math.max(shape.near, shape.far) > 1 << 20 || !(shape.lower < shape.upper)
				|| !(shape.usual > 0) || count < 1 || count > shape.reach()) {
			throw new IOException("a saved state of the LSTM has " + count + " values of " + shape);
		}
		float[] values = new float[count];
		for (int i = 0; i < count; i++) {
			values[i] = in.readFloat();
			if (!Float.isFinite(values[i])) {
				throw new IOException("a saved state of the LSTM holds a value that is not finite");
			}
		}
		return new Track(shape, values, time);
	}
}
