// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.calendar;

import java.io.IOException;
import java.io.Writer;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;

import com.github.mangstadt.vinnie.SyntaxStyle;
import com.github.mangstadt.vinnie.VObjectParameters;
import com.github.mangstadt.vinnie.io.VObjectPropertyValues;
import com.github.mangstadt.vinnie.io.VObjectWriter;

/** Writes entries as iCalendar. Zones are those of the tz database, written as globally known ones ({@code TZID=/Europe/Berlin}). */
final class IcsWriter {
	/** What the event concerns. */
	static final String SUBJECT = "X-SHADOWWEAVER-SUBJECT";
	/** Since when it is known, in UTC. */
	static final String KNOWN = "X-SHADOWWEAVER-KNOWN";
	/** Whose days whole days are. */
	static final String ZONE = "X-SHADOWWEAVER-ZONE";

	private final VObjectWriter out;

	private IcsWriter(VObjectWriter out) {
		this.out = out;
	}

	/** Writes all; the writer is flushed and stays open. */
	static void write(List<CalendarEntry> entries, Writer writer) throws IOException {
		// closing it would close the writer, which is the caller's
		VObjectWriter out = new VObjectWriter(writer, SyntaxStyle.NEW);
		out.writeBeginComponent("VCALENDAR");
		out.writeVersion("2.0");
		out.writeProperty("PRODID", "-//Shadow Weaver//Event calendar//EN");
		IcsWriter own = new IcsWriter(out);
		for (CalendarEntry entry : entries) {
			own.write(entry);
		}
		out.writeEndComponent("VCALENDAR");
		out.flush();
	}

	private void write(CalendarEntry entry) throws IOException {
		out.writeBeginComponent("VEVENT");
		text("UID", entry.id());
		out.writeProperty("DTSTAMP", IcsDates.utc(entry.known()));
		date("DTSTART", entry, List.of(entry.start()));
		if (entry.allDay()) {
			out.writeProperty(ZONE, entry.zone().getId());
			date("DTEND", entry, List.of(entry.start().plus(entry.duration())));
		} else {
			out.writeProperty("DURATION", biweekly.util.Duration.fromMillis(entry.duration().toMillis()).toString());
		}
		out.writeProperty("CATEGORIES", entry.kind().name());
		text("SUMMARY", entry.text());
		if (!entry.subject().isEmpty()) {
			text(SUBJECT, entry.subject());
		}
		out.writeProperty(KNOWN, IcsDates.utc(entry.known()));
		if (entry.isRepeated()) {
			out.writeProperty("RRULE", entry.rule());
		}
		if (!entry.except().isEmpty()) {
			date("EXDATE", entry, entry.except().stream().sorted().toList());
		}
		out.writeEndComponent("VEVENT");
	}

	private void text(String name, String value) throws IOException {
		out.writeProperty(name, VObjectPropertyValues.escape(value));
	}

	private void date(String name, CalendarEntry entry, List<LocalDateTime> times) throws IOException {
		VObjectParameters parameters = new VObjectParameters();
		boolean utc = entry.zone().equals(ZoneOffset.UTC);
		if (entry.allDay()) {
			parameters.put("VALUE", "DATE");
		} else if (!utc) {
			parameters.put("TZID", "/" + entry.zone().getId());
		}
		String values = times.stream().map(time -> entry.allDay() ? IcsDates.day(time) : IcsDates.time(time) + (utc ? "Z" : ""))
				.collect(Collectors.joining(","));
		out.writeProperty(null, name, parameters, values);
	}
}
