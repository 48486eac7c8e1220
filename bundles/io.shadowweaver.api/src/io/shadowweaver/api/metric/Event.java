// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.metric;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Something that happened, or is known to be coming, and may explain a series.
 *
 * @param kind     what it is
 * @param time     when it begins
 * @param duration how long it lasts; zero for a moment
 * @param subject  the resource or group ({@link SeriesId#GROUP_PREFIX}) that it concerns; empty for the whole estate
 * @param text     one line for the operator
 * @param known    since when it is known: a forecast issued before must not have used it
 */
public record Event(Kind kind, Instant time, Duration duration, String subject, String text, Instant known) {
	/** What kind of event it is. */
	public enum Kind {
		/** A new version was rolled out. */
		DEPLOYMENT,
		/** A day unlike others. */
		HOLIDAY,
		/** More demand is expected. */
		LAUNCH,
		/** Capacity was added, removed or resized: members re-share, models are not reset. */
		CAPACITY,
		/** Something broke or recovered. */
		INCIDENT,
		/** Anything else worth a mark. */
		NOTE
	}

	/** Checks that nothing is {@code null}. */
	public Event {
		Objects.requireNonNull(kind, "kind");
		Objects.requireNonNull(time, "time");
		Objects.requireNonNull(duration, "duration");
		Objects.requireNonNull(subject, "subject");
		Objects.requireNonNull(text, "text");
		Objects.requireNonNull(known, "known");
	}

	/** Something that nobody knew before it happened. */
	public Event(Kind kind, Instant time, Duration duration, String subject, String text) {
		this(kind, time, duration, subject, text, time);
	}
}
