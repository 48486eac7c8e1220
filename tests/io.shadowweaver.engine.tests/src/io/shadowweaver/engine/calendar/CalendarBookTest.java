// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.calendar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.shadowweaver.api.metric.Event;
import io.shadowweaver.api.plugin.PluginException;

class CalendarBookTest {
	private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
	private static final Instant NOW = Instant.parse("2026-03-10T08:00:00Z");
	private static final ImportOptions OPTIONS = new ImportOptions(Event.Kind.NOTE, "", BERLIN, NOW);

	@TempDir
	private Path directory;
	private final AtomicInteger changes = new AtomicInteger();

	private CalendarBook book() {
		return new CalendarBook(directory.resolve("estate"), changes::incrementAndGet);
	}

	private Path file(String name, String... events) throws IOException {
		String text = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:test\n" + String.join("\n", events) + "\nEND:VCALENDAR\n";
		return Files.writeString(directory.resolve(name), text.replace("\n", "\r\n"));
	}

	private static String event(String... lines) {
		return "BEGIN:VEVENT\nUID:" + Integer.toHexString(String.join("", lines).hashCode()) + "\n" + String.join("\n", lines) + "\nEND:VEVENT";
	}

	private static List<Event> all(CalendarBook book, String from, String to) {
		return book.calendar().events(Instant.parse(from), Instant.parse(to), Instant.MAX);
	}

	private static List<String> begins(CalendarBook book, String from, String to) {
		return all(book, from, to).stream().map(event -> event.time().toString()).toList();
	}

	@Test
	void whatIsEnteredIsInTheFileAndReadAgain() throws PluginException {
		CalendarBook book = book();
		Event launch = new Event(Event.Kind.LAUNCH, Instant.parse("2026-04-01T10:00:00Z"), Duration.ofHours(3), "group:web", "Sale; part 1, \\ all", NOW);
		CalendarEntry days = new CalendarEntry("feast", Event.Kind.HOLIDAY, LocalDateTime.parse("2026-12-25T00:00"), BERLIN, true, Duration.ofDays(2), "",
				"Feast days of a text that is long enough for its line to be folded over more than one line of the file", NOW, "FREQ=YEARLY",
				Set.of(LocalDateTime.parse("2027-12-25T00:00")));
		CalendarEntry weekly = new CalendarEntry("release", Event.Kind.DEPLOYMENT, LocalDateTime.parse("2026-03-03T09:30"), BERLIN, false,
				Duration.ofMinutes(45), "web-1", "Release", NOW, "FREQ=WEEKLY;BYDAY=TU,TH", Set.of(LocalDateTime.parse("2026-03-05T09:30")));
		book.add(List.of(CalendarEntry.of(launch), days));
		book.add(List.of(weekly));
		CalendarBook other = book();
		other.refresh();
		assertEquals(book.calendar().entries(), other.calendar().entries());
		assertEquals(3, other.calendar().entries().size());
		assertEquals(List.of(launch), all(other, "2026-04-01T12:59:00Z", "2026-04-01T13:00:00Z"));
		assertEquals(3, changes.get());
		assertEquals(1, book.remove(List.of("feast", "nobody")));
		other.refresh();
		assertEquals(2, other.calendar().entries().size());
	}

	@Test
	void theSameEventIsEnteredOnceAndAnotherOfItsIdReplacesIt() throws PluginException {
		CalendarBook book = book();
		Event event = new Event(Event.Kind.LAUNCH, NOW, Duration.ZERO, "", "Go", NOW);
		book.add(List.of(CalendarEntry.of(event)));
		book.add(List.of(CalendarEntry.of(event)));
		assertEquals(1, book.calendar().entries().size());
	}

	@Test
	void anEventCountsFromWhenItIsKnown() throws PluginException {
		CalendarBook book = book();
		book.add(List.of(CalendarEntry.of(new Event(Event.Kind.LAUNCH, NOW.plusSeconds(7200), Duration.ofHours(1), "", "Go", NOW))));
		Instant end = NOW.plusSeconds(86_400);
		assertEquals(1, book.calendar().events(NOW, end, NOW).size());
		assertEquals(0, book.calendar().events(NOW, end, NOW.minusSeconds(1)).size());
	}

	@Test
	void repetitionGoesByTheClocksOfItsZone() throws PluginException, IOException {
		CalendarBook book = book();
		book.importFiles(List.of(file("a.ics", event("SUMMARY:Standup", "DTSTART;TZID=Europe/Berlin:20260327T093000", "DTEND;TZID=Europe/Berlin:20260327T100000",
				"RRULE:FREQ=DAILY;COUNT=5", "EXDATE;TZID=Europe/Berlin:20260330T093000"))), OPTIONS);
		// clocks went forward on 29 March
		assertEquals(List.of("2026-03-27T08:30:00Z", "2026-03-28T08:30:00Z", "2026-03-29T07:30:00Z", "2026-03-31T07:30:00Z"),
				begins(book, "2026-03-01T00:00:00Z", "2026-05-01T00:00:00Z"));
		assertTrue(all(book, "2026-03-01T00:00:00Z", "2026-05-01T00:00:00Z").stream().allMatch(event -> event.duration().equals(Duration.ofMinutes(30))));
	}

	@Test
	void wholeDaysAreThoseOfTheCalendarsZone() throws PluginException, IOException {
		CalendarBook book = book();
		book.importFiles(List.of(file("a.ics", "X-WR-TIMEZONE:America/New_York",
				event("SUMMARY:Clocks forward", "CATEGORIES:Public holidays", "DTSTART;VALUE=DATE:20260308", "DTEND;VALUE=DATE:20260309"))), OPTIONS);
		Event day = all(book, "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z").getFirst();
		assertEquals(Instant.parse("2026-03-08T05:00:00Z"), day.time());
		assertEquals(Duration.ofHours(23), day.duration());
		assertEquals(Event.Kind.HOLIDAY, day.kind());
		assertEquals(NOW, day.known());
		CalendarBook plain = new CalendarBook(directory.resolve("plain"), () -> {
		});
		plain.importFiles(List.of(file("b.ics", event("SUMMARY:Feast", "DTSTART;VALUE=DATE:20260501"))), OPTIONS);
		assertEquals(Instant.parse("2026-04-30T22:00:00Z"), all(plain, "2026-04-01T00:00:00Z", "2026-06-01T00:00:00Z").getFirst().time());
	}

	@Test
	void anEndOfARuleCountsInUtcAndAsADay() throws PluginException, IOException {
		CalendarBook book = book();
		book.importFiles(List.of(file("a.ics",
				event("SUMMARY:A", "DTSTART;TZID=Europe/Berlin:20260601T003000", "RRULE:FREQ=DAILY;UNTIL=20260602T223000Z"),
				event("SUMMARY:B", "DTSTART;TZID=Europe/Berlin:20260701T220000", "RRULE:FREQ=DAILY;UNTIL=20260703"))), OPTIONS);
		assertEquals(List.of("2026-05-31T22:30:00Z", "2026-06-01T22:30:00Z", "2026-06-02T22:30:00Z"), begins(book, "2026-05-01T00:00:00Z", "2026-06-20T00:00:00Z"));
		assertEquals(3, begins(book, "2026-06-25T00:00:00Z", "2026-08-01T00:00:00Z").size());
	}

	@Test
	void anOccurrenceThatWasMovedIsAnExceptionAndOneOfItsOwn() throws PluginException, IOException {
		CalendarBook book = book();
		book.importFiles(List.of(file("a.ics", "BEGIN:VEVENT\nUID:x\nSUMMARY:Weekly\nDTSTART:20260302T100000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=4\nEND:VEVENT",
				"BEGIN:VEVENT\nUID:x\nRECURRENCE-ID:20260309T100000Z\nSUMMARY:Moved\nDTSTART:20260310T120000Z\nDURATION:PT2H\nEND:VEVENT",
				"BEGIN:VEVENT\nUID:x\nRECURRENCE-ID:20260316T100000Z\nSTATUS:CANCELLED\nDTSTART:20260316T100000Z\nEND:VEVENT")), OPTIONS);
		assertEquals(List.of("2026-03-02T10:00:00Z", "2026-03-10T12:00:00Z", "2026-03-23T10:00:00Z"), begins(book, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"));
	}

	@Test
	void aZoneThatTheFileDefinesIsFoundByItsClocks() throws PluginException, IOException {
		String zone = "BEGIN:VTIMEZONE\nTZID:W. Europe Standard Time\nBEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\n"
				+ "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:16010101T020000\nTZOFFSETFROM:+0100\n"
				+ "TZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\nEND:VTIMEZONE";
		CalendarBook book = book();
		book.importFiles(List.of(file("a.ics", zone,
				event("SUMMARY:A", "DTSTART;TZID=W. Europe Standard Time:20260701T120000", "RRULE:FREQ=MONTHLY;BYMONTHDAY=1;COUNT=6"))), OPTIONS);
		assertEquals("2026-07-01T10:00:00Z", begins(book, "2026-06-01T00:00:00Z", "2027-06-01T00:00:00Z").getFirst());
		assertEquals("2026-12-01T11:00:00Z", begins(book, "2026-06-01T00:00:00Z", "2027-06-01T00:00:00Z").getLast());
	}

	static Stream<Arguments> bad() {
		return Stream.of(Arguments.of("DTSTART:2026-03-01", "line 6, DTSTART"), Arguments.of("DTSTART:20260231", "line 6, DTSTART"),
				Arguments.of("SUMMARY:no beginning", "line 4, DTSTART"), Arguments.of("DTSTART:20260301T100000Z\nDTEND:20260301T090000Z", "line 7, DTEND"),
				Arguments.of("DTSTART:20260301T100000Z\nDURATION:tomorrow", "line 7, DURATION"),
				Arguments.of("DTSTART:20260301T100000Z\nRRULE:FREQ=SOMETIMES", "line 7, RRULE"),
				Arguments.of("DTSTART:20260301T100000Z\nRRULE:FREQ=SECONDLY", "line 7, RRULE"),
				Arguments.of("DTSTART:20260301T100000Z\nRRULE:FREQ=DAILY;UNTIL=never", "line 7, RRULE"),
				Arguments.of("DTSTART:20260301T100000Z\nRRULE:FREQ=YEARLY;BYMONTH=13", "line 7, RRULE"),
				Arguments.of("DTSTART:20260301T100000Z\nRRULE:FREQ=MONTHLY;BYDAY=0MO", "line 7, RRULE"),
				Arguments.of("DTSTART;TZID=Middle/Earth:20260301T100000", "line 6, DTSTART"),
				Arguments.of("DTSTART:20260301T100000Z\nEXDATE:20260301T100000Z,soon", "line 7, EXDATE"));
	}

	@ParameterizedTest
	@MethodSource("bad")
	void aBadFileIsNamedWithLineAndPropertyAndChangesNothing(String lines, String where) throws PluginException, IOException {
		CalendarBook book = book();
		book.importFiles(List.of(file("good.ics", event("DTSTART:20260301T100000Z"))), OPTIONS);
		String before = Files.readString(directory.resolve("estate").resolve(CalendarBook.NAME));
		Path other = file("other.ics", event("DTSTART:20260401T100000Z"));
		Path bad = file("bad.ics", event(lines.split("\n")));
		PluginException problem = assertThrows(PluginException.class, () -> book.importFiles(List.of(other, bad), OPTIONS));
		assertTrue(problem.getMessage().startsWith(bad + ", " + where), problem.getMessage());
		assertEquals(1, book.calendar().entries().size());
		assertEquals(before, Files.readString(directory.resolve("estate").resolve(CalendarBook.NAME)));
	}

	@Test
	void whatIsNoCalendarAtAllSaysSo() throws IOException {
		CalendarBook book = book();
		Path text = Files.writeString(directory.resolve("a.ics"), "time,value\n1,2\n");
		assertTrue(assertThrows(PluginException.class, () -> book.importFiles(List.of(text), OPTIONS)).getMessage().contains("no iCalendar file"));
		Path cut = Files.writeString(directory.resolve("b.ics"), "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nDTSTART:20260301\n");
		assertTrue(assertThrows(PluginException.class, () -> book.importFiles(List.of(cut), OPTIONS)).getMessage().contains("END:VEVENT is missing"));
		Path bytes = Files.write(directory.resolve("c.ics"), new byte[] { (byte) 0xff, (byte) 0xfe, 0, 1 });
		assertTrue(assertThrows(PluginException.class, () -> book.importFiles(List.of(bytes), OPTIONS)).getMessage().contains("UTF-8"));
		Path missing = directory.resolve("none.ics");
		assertTrue(assertThrows(PluginException.class, () -> book.importFiles(List.of(missing), OPTIONS)).getMessage().contains("none.ics"));
		assertFalse(Files.exists(directory.resolve("estate")));
	}

	@Test
	void aFileOfTheEstateThatCannotBeReadIsNeverOverwritten() throws PluginException, IOException {
		CalendarBook book = book();
		book.add(List.of(CalendarEntry.of(new Event(Event.Kind.LAUNCH, NOW, Duration.ZERO, "", "Go", NOW))));
		Path own = directory.resolve("estate").resolve(CalendarBook.NAME);
		Files.writeString(own, "BEGIN:VCALENDAR\nrubbish");
		assertThrows(PluginException.class, book::refresh);
		assertEquals(1, book.calendar().entries().size(), "what was known stays");
		assertThrows(PluginException.class, book::refresh, "it is still wrong");
		assertThrows(PluginException.class, () -> book.remove(List.of(book.calendar().entries().getFirst().id())));
		assertEquals("BEGIN:VCALENDAR\nrubbish", Files.readString(own));
	}

	@Test
	void aHourlyRuleOfYearsAgoIsFollowedAtOnce() {
		CalendarEntry hourly = new CalendarEntry("h", Event.Kind.NOTE, LocalDateTime.parse("1990-01-01T00:00"), ZoneOffset.UTC, false, Duration.ofMinutes(5), "", "",
				NOW, "FREQ=HOURLY", Set.of());
		EventCalendar calendar = new EventCalendar(List.of(hourly));
		assertEquals(24, calendar.events(Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-03-02T00:00:00Z"), NOW).size());
	}

	@Test
	void allOfTimeMayBeAskedForAndAnEndlessRuleIsCutOff() {
		CalendarEntry yearly = new CalendarEntry("y", Event.Kind.HOLIDAY, LocalDateTime.parse("2020-01-01T00:00"), BERLIN, true, Duration.ofDays(1), "", "",
				NOW, "FREQ=YEARLY", Set.of());
		EventCalendar calendar = new EventCalendar(List.of(yearly));
		int all = calendar.events(Instant.MIN, Instant.MAX, NOW).size();
		assertTrue(all > 1000 && all < 20_000, "occurrences: " + all);
		assertEquals(List.of(), calendar.events(Instant.MAX.minusSeconds(1), Instant.MAX, NOW));
	}

	/** Whatever is in a file: entries, or a sentence with a line. */
	@Test
	void noFileIsTooBroken() {
		String good = String.join("\r\n", "BEGIN:VCALENDAR", "VERSION:2.0", "X-WR-TIMEZONE:Europe/Berlin", "BEGIN:VTIMEZONE", "TZID:Own", "BEGIN:STANDARD",
				"DTSTART:20001029T030000", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "END:STANDARD", "END:VTIMEZONE",
				"BEGIN:VEVENT", "UID:a", "SUMMARY:x\\, y", "DTSTART;TZID=Own:20260301T100000", "DTEND;TZID=Europe/Paris:20260301T113000",
				"RRULE:FREQ=WEEKLY;BYDAY=MO,TU;UNTIL=20270101T000000Z;INTERVAL=2", "EXDATE;TZID=Europe/Berlin:20260302T100000,20260303",
				"RDATE:20260305T100000Z", "CATEGORIES:HOLIDAY,B", "END:VEVENT", "END:VCALENDAR", "");
		Random random = new Random(5);
		String letters = "0123456789:;=,TZABCDEF-+/\r\n PWM\\\"\u00fc";
		int named = 0;
		for (int i = 0; i < 3000; i++) {
			StringBuilder broken = new StringBuilder(good);
			for (int changes = random.nextInt(3); changes >= 0; changes--) {
				int at = random.nextInt(broken.length());
				switch (random.nextInt(3)) {
				case 0 -> broken.setCharAt(at, letters.charAt(random.nextInt(letters.length())));
				case 1 -> broken.insert(at, letters.charAt(random.nextInt(letters.length())));
				default -> broken.delete(at, Math.min(broken.length(), at + 1 + random.nextInt(20)));
				}
			}
			try {
				new EventCalendar(IcsReader.read(broken.toString(), OPTIONS)).events(NOW, NOW.plus(Duration.ofDays(400)), NOW);
			} catch (IcsException e) {
				assertTrue(e.getMessage().startsWith("line "), e.getMessage());
				named++;
			}
		}
		assertTrue(named > 500 && named < 3000, "named: " + named);
	}
}
