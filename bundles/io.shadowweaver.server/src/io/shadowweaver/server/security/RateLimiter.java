// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.security;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** A token bucket for each caller. Thread-safe. */
final class RateLimiter {
	private static final int MOST = 10_000;
	private static final double NANOS = 1e9;

	private final double perSecond;
	private final double burst;
	private final LongSupplier nanos;
	private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

	private record Bucket(double tokens, long at) {
	}

	/**
	 * @param perSecond how many tokens come back a second
	 * @param burst     how many there are at most
	 * @param nanos     a time that only grows
	 */
	RateLimiter(double perSecond, double burst, LongSupplier nanos) {
		this.perSecond = perSecond;
		this.burst = burst;
		this.nanos = nanos;
	}

	/**
	 * Takes a token.
	 *
	 * @return 0 when there was one; otherwise after how many seconds, rounded up, there will be
	 */
	int take(String caller) {
		long now = nanos.getAsLong();
		forget(now);
		int[] seconds = new int[1];
		buckets.compute(caller, (key, bucket) -> {
			double tokens = filled(bucket, now);
			seconds[0] = tokens >= 1 ? 0 : wait(tokens);
			return new Bucket(tokens >= 1 ? tokens - 1 : tokens, now);
		});
		return seconds[0];
	}

	/** As {@link #take}, without taking it. */
	int look(String caller) {
		double tokens = filled(buckets.get(caller), nanos.getAsLong());
		return tokens >= 1 ? 0 : wait(tokens);
	}

	private int wait(double tokens) {
		return Math.max(1, (int) Math.ceil((1 - tokens) / perSecond));
	}

	private double filled(Bucket bucket, long now) {
		return bucket == null ? burst : Math.min(burst, bucket.tokens + (now - bucket.at) / NANOS * perSecond);
	}

	/** Whose bucket is full again is as one who never came. */
	private void forget(long now) {
		if (buckets.size() >= MOST) {
			buckets.values().removeIf(bucket -> filled(bucket, now) >= burst);
			if (buckets.size() >= MOST) {
				buckets.clear();
			}
		}
	}
}
