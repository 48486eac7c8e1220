// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.events;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

import io.shadowweaver.api.metric.Event;
import io.shadowweaver.engine.calendar.CalendarEntry;

/**
 * What is typed into the dialog of an event. Immutable.
 *
 * @param kind     what it is
 * @param start    when it begins, by the clocks of the zone
 * @param allDay   whether it is whole days
 * @param hours    how long, without a meaning for whole days
 * @param minutes  and so many minutes more
 * @param days     how many whole days
 * @param subject  what it concerns; empty for the whole estate
 * @param text     one line
 * @param repeat   how often
 */
record EventDraft(Event.Kind kind, LocalDateTime start, boolean allDay, int hours, int minutes, int days, String subject, String text, Repeat repeat) {
	/** How an event repeats. */
	enum Repeat {
		/** Not. */
		ONCE("once", ""),
		/** Each day. */
		DAILY("each day", "FREQ=DAILY"),
		/** On the same day of each week. */
		WEEKLY("each week", "FREQ=WEEKLY"),
		/** On the same day of each month. */
		MONTHLY("each month", "FREQ=MONTHLY"),
		/** On the same day of each year. */
		YEARLY("each year", "FREQ=YEARLY");

		private final String label;
		private final String rule;

		Repeat(String label, String rule) {
			this.label = label;
			this.rule = rule;
		}

		/** What the operator reads. */
		String label() {
			return label;
		}
	}

	/** The kinds that an operator enters; changes of capacity are noted by the engine itself. */
	static final List<Event.Kind> KINDS = List.of(Event.Kind.LAUNCH, Event.Kind.DEPLOYMENT, Event.Kind.HOLIDAY, Event.Kind.INCIDENT, Event.Kind.NOTE);

	/** What is wrong, in a sentence; empty when nothing is. */
	String wrong() {
		return text.isBlank() ? "Say in a few words what it is: it is drawn on the time line." : allDay && days < 1 ? "An event of whole days lasts a day at least." : "";
	}

	/**
	 * The entry of the calendar.
	 *
	 * @param id    unique
	 * @param zone  whose clocks the times are of
	 * @param known since when it is known
	 */
	CalendarEntry entry(String id, ZoneId zone, Instant known) {
		LocalDateTime begin = allDay ? start.toLocalDate().atTime(LocalTime.MIDNIGHT) : start;
		Duration length = allDay ? Duration.ofDays(days) : Duration.ofHours(hours).plusMinutes(minutes);
		return new CalendarEntry(id, kind, begin, zone, allDay, length, subject, text.strip(), known, repeat.rule, Set.of());
	}
}
