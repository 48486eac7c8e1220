// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.metric.Event;
import io.shadowweaver.engine.calendar.CalendarEntry;
import io.shadowweaver.engine.calendar.EventCalendar;

class EventDraftTest {
	private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
	private static final Instant KNOWN = Instant.parse("2026-03-01T00:00:00Z");
	private static final LocalDateTime AT = LocalDateTime.of(2026, 3, 28, 9, 30);

	private static EventDraft draft(boolean allDay, int days, String text, EventDraft.Repeat repeat) {
		return new EventDraft(Event.Kind.LAUNCH, AT, allDay, 2, 15, days, "group:web", text, repeat);
	}

	@Test
	void anEventNeedsAText() {
		assertFalse(draft(false, 1, " ", EventDraft.Repeat.ONCE).wrong().isEmpty());
		assertFalse(draft(true, 0, "Sale", EventDraft.Repeat.ONCE).wrong().isEmpty());
		assertEquals("", draft(true, 1, "Sale", EventDraft.Repeat.ONCE).wrong());
	}

	@Test
	void hoursAndMinutesAreItsLength() {
		CalendarEntry entry = draft(false, 1, " Sale ", EventDraft.Repeat.ONCE).entry("1", BERLIN, KNOWN);
		assertEquals("Sale", entry.text());
		List<Event> events = new EventCalendar(List.of(entry)).events(KNOWN, KNOWN.plus(Duration.ofDays(60)), KNOWN);
		assertEquals(List.of(new Event(Event.Kind.LAUNCH, Instant.parse("2026-03-28T08:30:00Z"), Duration.ofMinutes(135), "group:web", "Sale", KNOWN)), events);
	}

	@Test
	void wholeDaysBeginAtMidnightAndFollowTheClocks() {
		CalendarEntry entry = draft(true, 2, "Holidays", EventDraft.Repeat.ONCE).entry("1", BERLIN, KNOWN);
		Event event = new EventCalendar(List.of(entry)).events(KNOWN, KNOWN.plus(Duration.ofDays(60)), KNOWN).getFirst();
		assertEquals(Instant.parse("2026-03-27T23:00:00Z"), event.time());
		assertEquals(Duration.ofHours(47), event.duration(), "clocks go forward on the 29th");
	}

	@Test
	void itRepeats() {
		CalendarEntry entry = draft(false, 1, "Backup", EventDraft.Repeat.WEEKLY).entry("1", BERLIN, KNOWN);
		List<Event> events = new EventCalendar(List.of(entry)).events(KNOWN, KNOWN.plus(Duration.ofDays(60)), KNOWN);
		assertEquals(5, events.size());
		assertTrue(events.stream().allMatch(event -> event.time().atZone(BERLIN).getHour() == 9));
	}
}
