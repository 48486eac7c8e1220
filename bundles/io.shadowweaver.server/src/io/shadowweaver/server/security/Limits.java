// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.security;

import java.time.Duration;

/**
 * How much is answered.
 *
 * @param requestsPerSecond of one caller, over time; twice as many at once
 * @param failuresPerMinute attempts with a wrong key or token from one address, before it is not listened to for a while
 * @param bodyBytes         the largest body of a request
 * @param connections       open at once
 * @param streams           open at once, of all callers
 * @param streamsPerCaller  open at once, of one caller
 * @param time              the longest that an answer may take to compute, over 0 and at most an hour
 * @param idle              how long a connection may say nothing, in the middle of a request too, before it is closed; over 0 and at most an hour
 */
public record Limits(int requestsPerSecond, int failuresPerMinute, long bodyBytes, int connections, int streams, int streamsPerCaller, Duration time, Duration idle) {
	/** What holds where nothing is said. */
	public static final Limits DEFAULT = new Limits(500, 20, 1 << 20, 4096, 2048, 1024, Duration.ofSeconds(30), Duration.ofSeconds(30));

	/**
	 * Checks the ranges.
	 *
	 * @throws IllegalArgumentException names the limit that is out of its range
	 */
	public Limits {
		positive("requestsPerSecond", requestsPerSecond);
		positive("failuresPerMinute", failuresPerMinute);
		positive("bodyBytes", bodyBytes);
		positive("connections", connections);
		positive("streams", streams);
		positive("streamsPerCaller", streamsPerCaller);
		upToAnHour("time", time);
		upToAnHour("idle", idle);
	}

	private static void upToAnHour(String name, Duration value) {
		if (value.isNegative() || value.isZero() || value.compareTo(Duration.ofHours(1)) > 0) {
			throw new IllegalArgumentException(name + " must be over 0 and at most an hour: " + value);
		}
	}

	private static void positive(String name, long value) {
		if (value < 1) {
			throw new IllegalArgumentException(name + " must be at least 1: " + value);
		}
	}
}
