// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.events;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.shadowweaver.api.metric.Event;
import io.shadowweaver.engine.calendar.CalendarEntry;
import io.shadowweaver.engine.calendar.EventCalendar;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.views.AlertRow;

/**
 * An event in the table: one that a source told, or an entry of the calendar at its next, or last, time.
 *
 * @param event   what and when
 * @param entry   the id of its entry in the calendar; empty for what a source told, which cannot be removed
 * @param subject the name of what it concerns
 * @param time    when, and how far away
 * @param length  how long
 * @param again   how it repeats; empty for once
 * @param coming  whether it has not begun yet
 */
record EventRow(Event event, Optional<String> entry, String subject, String time, String length, String again, boolean coming) {
	/** What is coming first, the next on top; then what is past, the newest first. */
	static final Comparator<EventRow> NATURAL = Comparator.comparing((EventRow row) -> !row.coming)
			.thenComparing(row -> row.coming ? row.event.time().toEpochMilli() : -row.event.time().toEpochMilli()).thenComparing(row -> row.event.text());

	private static final Duration LOOK = Duration.ofDays(366);
	/** What becomes known later is listed too. */
	private static final Instant FAR = Instant.parse("9999-01-01T00:00:00Z");

	/** The rows of an estate. */
	static List<EventRow> of(Frame frame, List<CalendarEntry> calendar) {
		Instant now = frame.now();
		List<EventRow> rows = new ArrayList<>();
		Set<Event> planned = new HashSet<>();
		for (CalendarEntry entry : calendar) {
			List<Event> events = new EventCalendar(List.of(entry)).events(now.minus(LOOK), now.plus(LOOK), FAR);
			planned.addAll(events);
			Optional<Event> next = events.stream().filter(event -> event.time().plus(event.duration()).isAfter(now)).findFirst()
					.or(() -> events.isEmpty() ? Optional.empty() : Optional.of(events.getLast()));
			// one far away is listed at its first time
			Event shown = next.orElseGet(() -> new Event(entry.kind(), entry.start().atZone(entry.zone()).toInstant(), entry.duration(), entry.subject(), entry.text(),
					entry.known()));
			rows.add(row(frame, shown, Optional.of(entry.id()), entry.rule()));
		}
		for (Event event : frame.state().events()) {
			if (!planned.contains(event)) {
				rows.add(row(frame, event, Optional.empty(), ""));
			}
		}
		return rows;
	}

	private static EventRow row(Frame frame, Event event, Optional<String> entry, String rule) {
		boolean coming = event.time().isAfter(frame.now());
		String subject = event.subject().isEmpty() ? "everything" : AlertRow.subject(frame.state(), event.subject());
		return new EventRow(event, entry, subject, Formats.timeAndDistance(event.time(), frame.now()), event.duration().isZero() ? "a moment"
				: Formats.span(event.duration()), again(rule), coming);
	}

	private static String again(String rule) {
		if (rule.isEmpty()) {
			return "";
		}
		for (String part : rule.split(";")) {
			if (part.startsWith("FREQ=")) {
				return part.substring("FREQ=".length()).toLowerCase(java.util.Locale.ROOT);
			}
		}
		return rule;
	}

	/** What identifies it. */
	Object key() {
		return entry.<Object>map(id -> id).orElse(event);
	}

	/** Where it comes from. */
	String origin() {
		return entry.isPresent() ? "calendar" : "source";
	}
}
