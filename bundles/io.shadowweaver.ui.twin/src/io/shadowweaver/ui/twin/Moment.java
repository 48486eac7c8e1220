// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

import io.shadowweaver.ui.core.CursorPosition;

/**
 * A moment that is seen beside that of the time line.
 *
 * @param time    an instant that stays; empty follows now
 * @param horizon how far ahead 'predicted' is where it follows now; empty for that of the windows
 */
record Moment(Optional<Instant> time, Optional<Duration> horizon) {
	/** What is now, and predicted as far ahead as elsewhere. */
	static final Moment NOW = new Moment(Optional.empty(), Optional.empty());

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ENGLISH);

	/** What is predicted so far ahead of now, whenever that is. */
	static Moment ahead(Duration horizon) {
		return new Moment(Optional.empty(), Optional.of(horizon));
	}

	/** An instant, past or predicted. */
	static Moment at(Instant time) {
		return new Moment(Optional.of(time), Optional.empty());
	}

	/** Where the time line stands: an instant that stays where it stands on one. */
	static Moment of(CursorPosition position) {
		return new Moment(position.time(), position.time().isPresent() ? Optional.empty() : Optional.of(position.horizon()));
	}

	/** The position there, of the same metric, quantile and shadow. */
	CursorPosition from(CursorPosition shared) {
		CursorPosition there = shared.at(time);
		return horizon.map(there::withHorizon).orElse(there);
	}

	/** What the operator reads. */
	String text(ZoneId zone) {
		return time.map(at -> TIME.withZone(zone).format(at)).orElseGet(() -> "now" + horizon.map(ahead -> " and " + length(ahead) + " ahead").orElse(""));
	}

	private static String length(Duration ahead) {
		return ahead.toHours() >= 48 ? ahead.toDays() + " days" : ahead.toMinutes() % 60 == 0 ? ahead.toHours() + " h" : ahead.toMinutes() + " min";
	}
}
