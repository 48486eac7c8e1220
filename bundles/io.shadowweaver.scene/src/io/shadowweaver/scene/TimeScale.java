// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * The linear scale of the time line: now is at 40 % of its width.
 *
 * @param now  the estate's time
 * @param span from the left to the right end, an hour to 150 days: at most 60 days back and 90 days ahead
 */
public record TimeScale(Instant now, Duration span) {
	/** Where now is. */
	public static final double NOW = .4;
	private static final Duration LEAST = Duration.ofHours(1);
	private static final Duration MOST = Duration.ofDays(150);

	/** Brings the span into its range. */
	public TimeScale {
		Objects.requireNonNull(now, "now");
		span = span.compareTo(LEAST) < 0 ? LEAST : span.compareTo(MOST) > 0 ? MOST : span;
	}

	/** Sixteen hours back, a day ahead. */
	public static TimeScale usual(Instant now) {
		return new TimeScale(now, Duration.ofHours(40));
	}

	/** Where a time is, 0 at the left to 1 at the right end; outside of that when it is not in the picture. */
	public double place(Instant time) {
		return NOW + (double) Duration.between(now, time).toMillis() / span.toMillis();
	}

	/** The time of a place. */
	public Instant time(double place) {
		return now.plusMillis(Math.round((place - NOW) * span.toMillis()));
	}

	/** Closer (below 1) or wider (over 1). */
	public TimeScale zoom(double factor) {
		return new TimeScale(now, Duration.ofMillis(Math.round(span.toMillis() * factor)));
	}

	/** The distance of the marks of the axis: the shortest usual one that leaves room for texts. */
	public Duration tick(double pixels) {
		for (long minutes : new long[] { 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080 }) {
			if (pixels * minutes * 60_000 / span.toMillis() >= 70) {
				return Duration.ofMinutes(minutes);
			}
		}
		return Duration.ofDays(14);
	}
}
