// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.kit.rest;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** By how much a provider's clock differs from ours, as the dates of its answers tell. Thread-safe. */
public final class Skew {
	/** Two clocks that differ by more do not agree. */
	public static final Duration LARGEST = Duration.ofMinutes(5);

	private final InstantSource clock;
	private volatile Duration last = Duration.ZERO;

	/** @param clock ours */
	public Skew(InstantSource clock) {
		this.clock = clock;
	}

	/** @param date of an answer that has just come */
	public void answered(Instant date) {
		last = Duration.between(clock.instant(), date);
	}

	/** By how much the provider's clock was ahead of ours at its last answer; empty before the first, and where they agree within {@link #LARGEST}. */
	public Optional<Duration> disagreement() {
		Duration skew = last;
		return skew.abs().compareTo(LARGEST) <= 0 ? Optional.empty() : Optional.of(skew);
	}
}
