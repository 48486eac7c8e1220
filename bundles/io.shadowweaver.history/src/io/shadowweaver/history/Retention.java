// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.history;

import java.time.Duration;

/**
 * How long samples are kept. A series whose own step is as coarse as a roll-up is kept as long as that roll-up.
 *
 * @param raw         how long samples are kept as they came; they go when their roll-ups are written, so up to half a day
 *                    later
 * @param fiveMinutes how long means of five minutes are kept, not less than {@code raw}
 * @param hourly      how long means of an hour are kept, not less than {@code fiveMinutes}
 * @param maxBytes    bytes on disk from which the oldest samples go before their time, positive
 */
public record Retention(Duration raw, Duration fiveMinutes, Duration hourly, long maxBytes) {
	/** 30 days raw, half a year in five minutes, five years in hours, at most 8 GiB. */
	public static final Retention DEFAULT = new Retention(Duration.ofDays(30), Duration.ofDays(183), Duration.ofDays(1827),
			8L << 30);

	/** Checks the order. */
	public Retention {
		if (raw.isNegative() || raw.isZero() || fiveMinutes.compareTo(raw) < 0 || hourly.compareTo(fiveMinutes) < 0) {
			throw new IllegalArgumentException(
					"need 0 < raw <= fiveMinutes <= hourly: " + raw + ", " + fiveMinutes + ", " + hourly);
		}
		if (maxBytes <= 0) {
			throw new IllegalArgumentException("maxBytes must be positive: " + maxBytes);
		}
	}
}
