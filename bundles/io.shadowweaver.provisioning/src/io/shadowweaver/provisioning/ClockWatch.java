// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Tells when a clock did not go on as time did: it was set, or the machine slept. Judged by a ticker that nobody can set, from one look to
 * the next, so that a clock which is only slewed is left alone. One thread.
 */
final class ClockWatch {
	/** A difference that is smaller than this is a slow thread or a slewed clock. */
	static final Duration TOLERANCE = Duration.ofSeconds(2);

	/**
	 * The clock was set.
	 *
	 * @param at what it says now
	 * @param by how far it went ahead of time; negative where it was set back
	 */
	record Jump(Instant at, Duration by) {
		String sentence() {
			return by.isNegative() ? "The clock was set back by " + Texts.span(by.negated()) + " at " + at + "."
					: "The clock went ahead by " + Texts.span(by) + " at " + at + ": it was set, or the machine slept.";
		}
	}

	private final InstantSource clock;
	private final LongSupplier ticker;
	private Instant said;
	private long ticked;

	/**
	 * @param clock  the time of the estate
	 * @param ticker nanoseconds that never go back, from any beginning, and pass as the time of the estate should
	 */
	ClockWatch(InstantSource clock, LongSupplier ticker) {
		this.clock = clock;
		this.ticker = ticker;
		said = clock.instant();
		ticked = ticker.getAsLong();
	}

	/** For a clock that nobody sets: it never jumps. */
	static LongSupplier follows(InstantSource clock) {
		return () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos();
	}

	/** Looks; whether the clock was set since the last look. */
	Optional<Jump> look() {
		Instant now = clock.instant();
		long ticks = ticker.getAsLong();
		Duration by = Duration.between(said, now).minusNanos(ticks - ticked);
		said = now;
		ticked = ticks;
		return by.abs().compareTo(TOLERANCE) > 0 ? Optional.of(new Jump(now, by)) : Optional.empty();
	}
}
