// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsCommandTest {
	@TempDir
	Path directory;
	private StringWriter out = new StringWriter();
	private StringWriter err = new StringWriter();

	@BeforeEach
	void estate() throws IOException {
		Files.createDirectories(directory.resolve("estates").resolve("web"));
	}

	private int events(String command, String... more) {
		out = new StringWriter();
		err = new StringWriter();
		List<String> all = new java.util.ArrayList<>(List.of("events", command, "--data", directory.toString(), "--estate", "web"));
		all.addAll(List.of(more));
		return WeaveCommand.run(all.toArray(String[]::new), new PrintWriter(out), new PrintWriter(err));
	}

	@Test
	void whatIsAddedAndImportedIsListedAndRemoved() throws IOException {
		assertEquals(0, events("add", "--kind", "launch", "--time", "2026-04-01T10:00:00Z", "--duration", "PT2H", "--known", "2026-03-01T00:00:00Z",
				"--subject", "group:web", "Sale"), err::toString);
		String id = out.toString().trim();
		Path file = Files.writeString(directory.resolve("feast.ics"),
				"BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:f\nSUMMARY:Feast\nDTSTART;VALUE=DATE:20260405\nRRULE:FREQ=YEARLY\nEND:VEVENT\nEND:VCALENDAR\n");
		assertEquals(0, events("import", "--kind", "holiday", "--zone", "Europe/Berlin", "--known", "2026-03-01T00:00:00Z", file.toString()), err::toString);
		assertEquals("1 entry.", out.toString().trim());
		assertEquals(0, events("list", "--from", "2026-04-01T00:00:00Z", "--to", "2026-05-01T00:00:00Z"), err::toString);
		assertEquals(List.of("time,end,kind,subject,text,known",
				"2026-04-01T10:00:00Z,2026-04-01T12:00:00Z,LAUNCH,group:web,Sale,2026-03-01T00:00:00Z",
				"2026-04-04T22:00:00Z,2026-04-05T22:00:00Z,HOLIDAY,,Feast,2026-03-01T00:00:00Z"), out.toString().lines().toList());
		assertEquals(0, events("remove", id), err::toString);
		assertEquals(0, events("list", "--entries"), err::toString);
		assertEquals(2, out.toString().lines().count());
		assertTrue(out.toString().contains("FREQ=YEARLY"), out::toString);
	}

	@Test
	void whatIsWrongIsSaidAndIsTheUsersFault() throws IOException {
		Path bad = Files.writeString(directory.resolve("bad.ics"), "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nDTSTART:soon\nEND:VEVENT\nEND:VCALENDAR\n");
		assertEquals(2, events("import", bad.toString()));
		assertTrue(err.toString().contains("bad.ics, line 4, DTSTART: 'soon'"), err::toString);
		assertEquals(2, events("remove", "nobody"));
		assertEquals(2, events("list", "--estate", "other"));
		assertEquals(2, WeaveCommand.run(new String[] { "events", "list", "--data", directory.toString(), "--estate", "other" }, new PrintWriter(out),
				new PrintWriter(err)));
		assertTrue(err.toString().contains("There is no estate other"), err::toString);
		assertTrue(err.toString().contains("there are: web."), err::toString);
	}
}
