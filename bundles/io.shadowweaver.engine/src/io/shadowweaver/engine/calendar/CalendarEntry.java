// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.calendar;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import io.shadowweaver.api.metric.Event;

/**
 * An event of the calendar, once or again and again.
 *
 * @param id       unique in its calendar; an entry of the same id replaces it
 * @param kind     what it is
 * @param start    when it begins first, by the clocks of its zone; midnight for whole days
 * @param zone     whose clocks count
 * @param allDay   whether it is whole days, however long those are where clocks change
 * @param duration how long it lasts; zero for a moment; a multiple of 24 hours for whole days
 * @param subject  what it concerns, as in {@link Event#subject()}
 * @param text     one line for the operator
 * @param known    since when it is known
 * @param rule     how it repeats, as an RRULE of RFC 5545 such as {@code FREQ=YEARLY}; empty for once
 * @param except   beginnings that the rule makes and that do not take place, by the clocks of the zone
 */
public record CalendarEntry(String id, Event.Kind kind, LocalDateTime start, ZoneId zone, boolean allDay, Duration duration,
		String subject, String text, Instant known, String rule, Set<LocalDateTime> except) {
	/** Copies and checks. */
	public CalendarEntry {
		Objects.requireNonNull(kind, "kind");
		Objects.requireNonNull(start, "start");
		Objects.requireNonNull(zone, "zone");
		Objects.requireNonNull(subject, "subject");
		Objects.requireNonNull(text, "text");
		Objects.requireNonNull(known, "known");
		except = Set.copyOf(except);
		if (id.isBlank()) {
			throw new IllegalArgumentException("An entry of a calendar needs an id.");
		}
		if (duration.isNegative()) {
			throw new IllegalArgumentException("An event cannot end before it begins: " + duration + ".");
		}
		if (allDay && (duration.toDays() < 1 || !duration.equals(Duration.ofDays(duration.toDays())))) {
			throw new IllegalArgumentException("An event of whole days lasts whole days, not " + duration + ".");
		}
		Rules.check(rule);
	}

	/**
	 * An event that takes place once.
	 *
	 * @param event what; the id follows from its kind, time, subject and text, so that the same event is entered once
	 */
	public static CalendarEntry of(Event event) {
		String content = event.kind() + "\n" + event.time() + "\n" + event.subject() + "\n" + event.text();
		String id = UUID.nameUUIDFromBytes(content.getBytes(StandardCharsets.UTF_8)).toString();
		return new CalendarEntry(id, event.kind(), LocalDateTime.ofInstant(event.time(), ZoneOffset.UTC), ZoneOffset.UTC, false,
				event.duration(), event.subject(), event.text(), event.known(), "", Set.of());
	}

	/** The same with exceptions more. */
	CalendarEntry without(Set<LocalDateTime> more) {
		Set<LocalDateTime> all = new java.util.HashSet<>(except);
		all.addAll(more);
		return new CalendarEntry(id, kind, start, zone, allDay, duration, subject, text, known, rule, all);
	}

	/** Whether it repeats. */
	public boolean isRepeated() {
		return !rule.isEmpty();
	}

	/**
	 * Where it takes place in a time.
	 *
	 * @param from inclusive
	 * @param to   exclusive
	 * @param sink takes every event that lies in the time at least in part, a moment where it is
	 */
	void events(Instant from, Instant to, Consumer<Event> sink) {
		// a day more to either side: days are up to 25 hours long, and clocks up to a day apart
		LocalDateTime first = LocalDateTime.ofInstant(from, zone).minus(duration).minusDays(1);
		LocalDateTime last = LocalDateTime.ofInstant(to, zone).plusDays(1);
		List<LocalDateTime> starts = rule.isEmpty() ? List.of(start) : Rules.starts(rule, start, zone, first, last);
		for (LocalDateTime at : starts) {
			if (except.contains(at)) {
				continue;
			}
			Event event = event(at);
			if (EventCalendar.lies(event, from, to)) {
				sink.accept(event);
			}
		}
	}

	private Event event(LocalDateTime at) {
		Instant begin = at.atZone(zone).toInstant();
		Duration lasts = allDay ? Duration.between(begin, at.plusDays(duration.toDays()).atZone(zone).toInstant()) : duration;
		return new Event(kind, begin, lasts, subject, text, known);
	}
}
