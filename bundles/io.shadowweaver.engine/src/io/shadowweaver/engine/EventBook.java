// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.shadowweaver.api.metric.Event;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Status.State;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.Topology;
import io.shadowweaver.engine.calendar.CalendarBook;
import io.shadowweaver.engine.calendar.EventCalendar;
import io.shadowweaver.forecasting.EventSource;

/**
 * The events of an estate: what sources have told, changes of capacity, and the operator's calendar. The weave thread writes; {@link #events}
 * may be asked from any thread.
 */
final class EventBook implements EventSource {
	/** A little more than a training reads. */
	private static final Duration KEPT = Duration.ofDays(22);
	/** As far as anything is forecast. */
	private static final Duration AHEAD = Duration.ofDays(90);
	private static final int AT_MOST = 1000;

	private final CalendarBook calendar;
	private final Statuses statuses;
	private final List<Event> seen = new ArrayList<>();
	private final Map<String, Set<String>> lastMembers = new HashMap<>();
	private volatile List<Event> told = List.of();
	private volatile Topology topology = Topology.EMPTY;

	EventBook(CalendarBook calendar, Statuses statuses) {
		this.calendar = calendar;
		this.statuses = statuses;
	}

	/** What a source has told. */
	void accept(Collection<Event> events) {
		if (!events.isEmpty()) {
			seen.addAll(events);
			told = List.copyOf(seen);
		}
	}

	/** One tick: looks whether the calendar was changed by other hands, and notes how the groups have changed. */
	void tick(Topology present, Instant now) {
		topology = present;
		try {
			calendar.refresh();
			if (statuses.all().containsKey("calendar")) {
				statuses.set("calendar", State.OK, "", "The calendar has " + calendar.calendar().entries().size() + " entries.");
			}
		} catch (PluginException e) {
			statuses.set("calendar", State.DEGRADED, "FILE", e.getMessage());
		}
		capacity(now);
		seen.removeIf(event -> event.time().plus(event.duration()).isBefore(now.minus(KEPT)));
		seen.sort(Comparator.comparing(Event::time));
		while (seen.size() > AT_MOST) {
			seen.removeFirst();
		}
		told = List.copyOf(seen);
	}

	private void capacity(Instant now) {
		for (String group : topology.groups().keySet()) {
			Set<String> live = new HashSet<>(topology.liveMembers(group).stream().map(Resource::id).toList());
			Set<String> before = lastMembers.put(group, live);
			if (before != null && !before.isEmpty() && !before.equals(live)) {
				seen.add(new Event(Event.Kind.CAPACITY, now, Duration.ZERO, SeriesId.GROUP_PREFIX + group,
						topology.groups().get(group).name() + ": " + before.size() + " → " + live.size() + " members"));
			}
		}
	}

	/** What an operator sees at a time: what is past, and what is known to be coming, by time. */
	List<Event> shown(Instant now) {
		List<Event> planned = calendar.calendar().events(now.minus(KEPT), now.plus(AHEAD), now);
		return Stream.concat(told.stream(), planned.stream().limit(AT_MOST)).sorted(Comparator.comparing(Event::time)).toList();
	}

	@Override
	public List<Event> events(SeriesId id, Instant from, Instant to, Instant known) {
		Set<String> subjects = subjects(id);
		Stream<Event> past = told.stream().filter(event -> !event.known().isAfter(known) && EventCalendar.lies(event, from, to));
		return Stream.concat(past, calendar.calendar().events(from, to, known).stream()).filter(event -> subjects.contains(event.subject()))
				.sorted(Comparator.comparing(Event::time)).toList();
	}

	/** The whole estate, the subject itself, and the group that it is a member of. */
	private Set<String> subjects(SeriesId id) {
		Set<String> subjects = new HashSet<>(List.of("", id.subject()));
		topology.groupOf(id.subject()).ifPresent(group -> subjects.add(SeriesId.GROUP_PREFIX + group));
		return subjects;
	}
}
