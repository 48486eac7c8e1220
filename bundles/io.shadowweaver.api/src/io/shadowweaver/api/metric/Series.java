// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.metric;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A regular series: a start, a step and values; {@code NaN} is the only gap. The array is not copied, for speed: neither
 * the giver nor the taker may change it afterwards.
 *
 * @param start  the time of the first value
 * @param step   the distance of two values, positive
 * @param values in the base unit of the metric
 * @param cause  why the series is empty or shorter than asked for; empty where there is nothing to say
 */
public record Series(Instant start, Duration step, double[] values, String cause) {

	/** Checks the step and that an empty series says why. */
	public Series {
		Objects.requireNonNull(start, "start");
		Objects.requireNonNull(values, "values");
		if (step.isZero() || step.isNegative()) {
			throw new IllegalArgumentException("step must be positive: " + step);
		}
		if (values.length == 0 && cause.isBlank()) {
			throw new IllegalArgumentException("an empty series must say why it is empty");
		}
	}

	/** A series with values and nothing to say. */
	public static Series of(Instant start, Duration step, double... values) {
		return new Series(start, step, values, values.length == 0 ? "no values" : "");
	}

	/** An empty series with its cause. */
	public static Series empty(Instant start, Duration step, String cause) {
		return new Series(start, step, new double[0], cause);
	}

	/** The number of values, gaps included. */
	public int length() {
		return values.length;
	}

	/** The time of value {@code i}. */
	public Instant time(int i) {
		return start.plusMillis(step.toMillis() * i);
	}

	/** The time behind the last value: where the next would be. */
	public Instant end() {
		return time(values.length);
	}

	/**
	 * The index of the value that covers an instant.
	 *
	 * @return the index, which may lie outside of {@code 0 … length-1}
	 */
	public int indexOf(Instant time) {
		return (int) Math.floorDiv(time.toEpochMilli() - start.toEpochMilli(), step.toMillis());
	}

	/** The number of values that are no gaps. */
	public int count() {
		int count = 0;
		for (double value : values) {
			if (!Double.isNaN(value)) {
				count++;
			}
		}
		return count;
	}
}
