// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;

/**
 * Quantiles of a value over leads: {@link Levels#COUNT} levels at each lead. They are finite and do not cross, which the
 * constructor checks. Immutable; kept as floats, since there are many.
 */
public final class Bands {
	private final Instant origin;
	private final long[] leads;
	private final float[] values;

	/**
	 * @param origin the instant from which leads count
	 * @param leads  milliseconds after the origin, positive and ascending; not copied
	 * @param values the levels of the first lead, then of the second, and so on; not copied
	 */
	public Bands(Instant origin, long[] leads, float[] values) {
		this.origin = Objects.requireNonNull(origin, "origin");
		this.leads = leads;
		this.values = values;
		if (leads.length == 0 || values.length != leads.length * Levels.COUNT) {
			throw new IllegalArgumentException(leads.length + " leads need " + leads.length * Levels.COUNT + " values, not " + values.length);
		}
		for (int lead = 0; lead < leads.length; lead++) {
			if (leads[lead] <= (lead == 0 ? 0 : leads[lead - 1])) {
				throw new IllegalArgumentException("leads must be positive and ascending: " + Arrays.toString(leads));
			}
			for (int level = 0; level < Levels.COUNT; level++) {
				float value = values[lead * Levels.COUNT + level];
				if (!Float.isFinite(value) || level > 0 && value < values[lead * Levels.COUNT + level - 1]) {
					throw new IllegalArgumentException("quantiles at lead " + Duration.ofMillis(leads[lead]) + " cross or are not finite: "
							+ Arrays.toString(Arrays.copyOfRange(values, lead * Levels.COUNT, (lead + 1) * Levels.COUNT)));
				}
			}
		}
	}

	/** The instant from which leads count. */
	public Instant origin() {
		return origin;
	}

	/** The number of leads. */
	public int leads() {
		return leads.length;
	}

	/** A lead in milliseconds after the origin. */
	public long leadMillis(int lead) {
		return leads[lead];
	}

	/** The time of a lead. */
	public Instant time(int lead) {
		return origin.plusMillis(leads[lead]);
	}

	/** The last time that is covered. */
	public Instant end() {
		return time(leads.length - 1);
	}

	/** The value of a level at a lead, both as indices. */
	public double value(int lead, int level) {
		return values[lead * Levels.COUNT + level];
	}

	/**
	 * The value of any level at any time: linear between leads and between levels, flat outside of the levels.
	 *
	 * @param time  at or before the first lead the first lead's value is given
	 * @param level 0 to 1
	 * @return the value, or {@code NaN} behind the last lead
	 */
	public double at(Instant time, double level) {
		long millis = time.toEpochMilli() - origin.toEpochMilli();
		if (millis > leads[leads.length - 1]) {
			return Double.NaN;
		}
		int right = 0;
		while (leads[right] < millis) {
			right++;
		}
		if (right == 0) {
			return levelAt(0, level);
		}
		double share = (double) (millis - leads[right - 1]) / (leads[right] - leads[right - 1]);
		return levelAt(right - 1, level) * (1 - share) + levelAt(right, level) * share;
	}

	private double levelAt(int lead, double level) {
		int above = 0;
		while (above < Levels.COUNT && Levels.level(above) < level) {
			above++;
		}
		if (above == 0) {
			return value(lead, 0);
		}
		if (above == Levels.COUNT) {
			return value(lead, Levels.COUNT - 1);
		}
		double low = Levels.level(above - 1);
		double share = (level - low) / (Levels.level(above) - low);
		return value(lead, above - 1) * (1 - share) + value(lead, above) * share;
	}

	/**
	 * The probability that the value exceeds a limit at a lead, by the levels: linear between them, and at most 1 - .01/2
	 * outside of them, since nothing is certain.
	 *
	 * @param lead  the index of the lead
	 * @param limit in the unit of the values
	 * @return 0.005 to 0.995
	 */
	public double probabilityAbove(int lead, double limit) {
		if (limit < value(lead, 0)) {
			return .995;
		}
		for (int level = 1; level < Levels.COUNT; level++) {
			double high = value(lead, level);
			if (limit < high) {
				double low = value(lead, level - 1);
				double share = (limit - low) / (high - low);
				return 1 - (Levels.level(level - 1) + share * (Levels.level(level) - Levels.level(level - 1)));
			}
		}
		return .005;
	}

	/**
	 * The same with each value mapped by a function that does not decrease, such as a division by capacity.
	 *
	 * @param map what becomes of a value at a lead
	 * @return new bands on the same leads
	 */
	public Bands map(Mapping map) {
		float[] mapped = new float[values.length];
		for (int lead = 0; lead < leads.length; lead++) {
			for (int level = 0; level < Levels.COUNT; level++) {
				mapped[lead * Levels.COUNT + level] = (float) map.apply(lead, values[lead * Levels.COUNT + level]);
			}
		}
		return new Bands(origin, leads, mapped);
	}

	/** Maps a value at a lead. */
	@FunctionalInterface
	public interface Mapping {
		/**
		 * @param lead  the index of the lead
		 * @param value the value
		 * @return the mapped value, not less for a larger value
		 */
		double apply(int lead, double value);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Bands that && origin.equals(that.origin) && Arrays.equals(leads, that.leads)
				&& Arrays.equals(values, that.values);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(values) * 31 + origin.hashCode();
	}
}
