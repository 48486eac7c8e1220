// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.whatif;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A moment of a scenario: an instant, or a time after the present of whoever solves it.
 *
 * @param at    the instant; empty for a time after the present
 * @param after that time; zero with an instant
 */
public record When(Optional<Instant> at, Duration after) {
	/** The present. */
	public static final When NOW = new When(Optional.empty(), Duration.ZERO);

	/** Checks that a time after the present is not before it. */
	public When {
		Objects.requireNonNull(at, "at");
		if (after.isNegative()) {
			throw new IllegalArgumentException("a moment lies in the past: " + after);
		}
	}

	/** So long after the present. */
	public static When in(Duration after) {
		return new When(Optional.empty(), after);
	}

	/**
	 * Reads a moment.
	 *
	 * @param text {@code now}, {@code +2h}, {@code +90m}, {@code +3d}, or an ISO instant such as {@code 2026-12-24T18:00:00Z}
	 * @throws IllegalArgumentException naming the text and what is allowed
	 */
	@JsonCreator
	public static When parse(String text) {
		if (text.equalsIgnoreCase("now")) {
			return NOW;
		}
		try {
			if (text.startsWith("+")) {
				String rest = text.substring(1).toUpperCase(Locale.ROOT);
				return in(Duration.parse(rest.endsWith("D") ? "P" + rest : "PT" + rest));
			}
			return new When(Optional.of(Instant.parse(text)), Duration.ZERO);
		} catch (DateTimeException e) {
			throw new IllegalArgumentException("'" + text + "' is no moment: 'now', '+2h', '+90m', '+3d' and '2026-12-24T18:00:00Z' are", e);
		}
	}

	/** The instant, seen from a present. */
	public Instant from(Instant now) {
		return at.orElseGet(() -> now.plus(after));
	}

	/** As {@link #parse} reads it. */
	@JsonValue
	@Override
	public String toString() {
		return at.map(Instant::toString).orElseGet(() -> {
			if (after.isZero()) {
				return "now";
			}
			long seconds = after.toSeconds();
			return "+" + (seconds % 86400 == 0 ? seconds / 86400 + "d" : seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s");
		});
	}
}
