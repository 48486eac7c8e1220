// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The time of an estate. In real time it is the given clock; for data with a time of their own it stands until the weave
 * loop moves it on, tick by tick, so that a slow tick loses nothing. Thread-safe.
 */
final class EstateClock implements InstantSource {
	private final InstantSource real;
	private volatile Instant own;

	EstateClock(InstantSource real) {
		this.real = real;
	}

	/** Sets the time of the data; from then on real time does not matter. */
	void set(Instant time) {
		own = time;
	}

	boolean isOwn() {
		return own != null;
	}

	@Override
	public Instant instant() {
		Instant time = own;
		return time != null ? time : real.instant();
	}
}
