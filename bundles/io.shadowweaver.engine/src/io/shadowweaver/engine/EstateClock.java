// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The time of an estate. In real time it is the given clock; for data with a time of their own it stands until the weave
 * loop moves it on, tick by tick, so that a slow tick loses nothing. Thread-safe.
 */
final class EstateClock implements InstantSource {
	private final InstantSource real;
	private final LongSupplier ticker;
	private volatile Instant own;

	/** @param ticker nanoseconds of real time that nobody can set */
	EstateClock(InstantSource real, LongSupplier ticker) {
		this.real = real;
		this.ticker = ticker;
	}

	/** Sets the time of the data; from then on real time does not matter. */
	void set(Instant time) {
		own = time;
	}

	boolean isOwn() {
		return own != null;
	}

	/** Nanoseconds, from any beginning, that pass as this time should, and that nobody can set. */
	long ticks() {
		Instant time = own;
		return time != null ? Duration.between(Instant.EPOCH, time).toNanos() : ticker.getAsLong();
	}

	@Override
	public Instant instant() {
		Instant time = own;
		return time != null ? time : real.instant();
	}
}
