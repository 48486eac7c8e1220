// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.calendar;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.shadowweaver.api.metric.Event;

/** The events that an operator has entered. Immutable; any thread. */
public final class EventCalendar {
	/** A calendar without entries. */
	public static final EventCalendar EMPTY = new EventCalendar(List.of());
	/** What is asked for again and again lies within so much of what was asked for before. */
	private static final Duration MARGIN = Duration.ofDays(30);
	/** What iCalendar can write. */
	private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
	private static final Instant LAST = Instant.parse("9999-12-01T00:00:00Z");

	private final List<CalendarEntry> entries;
	private volatile Expanded expanded = new Expanded(Instant.EPOCH, Instant.EPOCH, List.of());

	/** Events that were followed out of the rules once. */
	private record Expanded(Instant from, Instant to, List<Event> events) {
		boolean covers(Instant begin, Instant end) {
			return !begin.isBefore(from) && !end.isAfter(to);
		}
	}

	/**
	 * @param entries of two with the same id the later counts
	 */
	public EventCalendar(Collection<CalendarEntry> entries) {
		Map<String, CalendarEntry> byId = new LinkedHashMap<>();
		entries.forEach(entry -> byId.put(entry.id(), entry));
		this.entries = byId.values().stream().sorted(Comparator.comparing(CalendarEntry::start).thenComparing(CalendarEntry::id)).toList();
	}

	/** The entries, by their first beginning. */
	public List<CalendarEntry> entries() {
		return entries;
	}

	/** This and more; an entry of an id that is there already replaces it. */
	public EventCalendar with(Collection<CalendarEntry> more) {
		List<CalendarEntry> all = new ArrayList<>(entries);
		all.addAll(more);
		return new EventCalendar(all);
	}

	/** This without the entries of some ids; an id that is not there is passed over. */
	public EventCalendar without(Collection<String> ids) {
		return new EventCalendar(entries.stream().filter(entry -> !ids.contains(entry.id())).toList());
	}

	/**
	 * The events in a time.
	 *
	 * @param from  inclusive
	 * @param to    exclusive
	 * @param known what became known later is left out
	 * @return those that lie in the time at least in part, by their beginning
	 */
	public List<Event> events(Instant from, Instant to, Instant known) {
		if (entries.isEmpty() || !from.isBefore(to) || from.isAfter(LAST) || to.isBefore(FIRST)) {
			return List.of();
		}
		Expanded all = expanded;
		if (!all.covers(from.isBefore(FIRST) ? FIRST : from, to.isAfter(LAST) ? LAST : to)) {
			all = expand(from.isBefore(FIRST) ? FIRST : from.minus(MARGIN), to.isAfter(LAST) ? LAST : to.plus(MARGIN));
			expanded = all;
		}
		return all.events.stream().filter(event -> !event.known().isAfter(known) && lies(event, from, to)).toList();
	}

	/**
	 * Whether an event lies in a time, at least in part.
	 *
	 * @param from inclusive
	 * @param to   exclusive
	 */
	public static boolean lies(Event event, Instant from, Instant to) {
		return event.time().isBefore(to)
				&& (event.duration().isZero() ? !event.time().isBefore(from) : event.time().plus(event.duration()).isAfter(from));
	}

	private Expanded expand(Instant from, Instant to) {
		List<Event> events = new ArrayList<>();
		entries.forEach(entry -> entry.events(from, to, events::add));
		events.sort(Comparator.comparing(Event::time));
		return new Expanded(from, to, List.copyOf(events));
	}
}
