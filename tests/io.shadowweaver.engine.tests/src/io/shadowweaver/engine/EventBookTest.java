// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.metric.Event;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Status.State;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.Topology;
import io.shadowweaver.engine.calendar.CalendarBook;
import io.shadowweaver.engine.calendar.CalendarEntry;

class EventBookTest {
	private static final Instant NOW = Instant.parse("2026-03-10T08:00:00Z");

	@TempDir
	private Path directory;

	private final Topology topology = new Topology(Map.of("db", Resource.live("db", "database", "db", Map.of(), Map.of())), Set.of(), Map.of());

	private static Event event(Event.Kind kind, int hours, String subject, Instant known) {
		return new Event(kind, NOW.plus(Duration.ofHours(hours)), Duration.ofHours(1), subject, kind + " " + hours, known);
	}

	@Test
	void whatIsPlannedIsShownAheadAndConcernsItsSubjectFromWhenItIsKnown() throws PluginException {
		Statuses statuses = new Statuses("t", () -> NOW);
		CalendarBook calendar = new CalendarBook(directory, () -> {
		});
		EventBook book = new EventBook(calendar, statuses);
		Event past = event(Event.Kind.DEPLOYMENT, -5, "db", NOW.minusSeconds(18_000));
		Event ahead = event(Event.Kind.LAUNCH, 30, "", NOW);
		Event other = event(Event.Kind.LAUNCH, 40, "web", NOW);
		Event secret = event(Event.Kind.LAUNCH, 50, "", NOW.plusSeconds(60));
		book.accept(List.of(past));
		calendar.add(List.of(CalendarEntry.of(ahead), CalendarEntry.of(other), CalendarEntry.of(secret)));
		book.tick(topology, NOW);
		assertEquals(List.of(past, ahead, other), book.shown(NOW));
		SeriesId db = new SeriesId("db", "cpu");
		Instant end = NOW.plus(Duration.ofDays(7));
		assertEquals(List.of(past, ahead), book.events(db, NOW.minus(Duration.ofDays(1)), end, NOW));
		assertEquals(List.of(past, ahead, secret), book.events(db, NOW.minus(Duration.ofDays(1)), end, NOW.plusSeconds(60)));
		assertEquals(List.of(), book.events(db, NOW.minus(Duration.ofDays(1)), end, NOW.minus(Duration.ofDays(1))));
		assertEquals(List.of(ahead), book.events(new SeriesId("elsewhere", "cpu"), NOW, end, NOW));
	}

	@Test
	void aFileThatOtherHandsSpoilIsAStatusAndOneThatTheyMendIsTakenIn() throws PluginException, IOException {
		Statuses statuses = new Statuses("t", () -> NOW);
		CalendarBook calendar = new CalendarBook(directory, () -> {
		});
		EventBook book = new EventBook(calendar, statuses);
		Event ahead = event(Event.Kind.HOLIDAY, 30, "", NOW);
		calendar.add(List.of(CalendarEntry.of(ahead)));
		Path file = directory.resolve(CalendarBook.NAME);
		String good = Files.readString(file);
		Files.writeString(file, "rubbish");
		book.tick(topology, NOW);
		book.tick(topology, NOW);
		assertEquals(State.DEGRADED, statuses.all().get("calendar").state());
		assertEquals(List.of(ahead), book.shown(NOW));
		Files.writeString(file, good.replace("HOLIDAY 30", "Another name of the day"));
		book.tick(topology, NOW);
		assertEquals(State.OK, statuses.all().get("calendar").state());
		assertEquals("Another name of the day", book.shown(NOW).getFirst().text());
	}
}
