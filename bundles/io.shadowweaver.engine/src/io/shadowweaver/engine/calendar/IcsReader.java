// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.calendar;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.github.mangstadt.vinnie.io.VObjectPropertyValues;

import biweekly.Biweekly;
import biweekly.io.TimezoneAssignment;
import io.shadowweaver.api.metric.Event;
import io.shadowweaver.engine.calendar.IcsDates.Written;
import io.shadowweaver.engine.calendar.IcsLines.Component;
import io.shadowweaver.engine.calendar.IcsLines.Property;

/**
 * Reads the events of an iCalendar file (RFC 5545). An occurrence that is told apart by RECURRENCE-ID becomes an entry of its own
 * and an exception of its series; so does a date of RDATE. Tasks, journals and alarms are passed over.
 */
final class IcsReader {
	private static final int LONGEST_TEXT = 200;
	private static final Pattern DEFINITION = Pattern.compile("^BEGIN:VTIMEZONE\\s.*?^END:VTIMEZONE$", Pattern.MULTILINE | Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

	private final String text;
	private final ImportOptions options;
	private final Map<String, Optional<ZoneId>> zones = new HashMap<>();
	private ZoneId calendarZone;

	private IcsReader(String text, ImportOptions options) {
		this.text = text;
		this.options = options;
		calendarZone = options.zone();
	}

	/**
	 * @param text    of the file
	 * @param options what is taken for what it does not say
	 * @return in the order of the file
	 * @throws IcsException naming line and property of what is wrong
	 */
	static List<CalendarEntry> read(String text, ImportOptions options) throws IcsException {
		return new IcsReader(text, options).entries();
	}

	private List<CalendarEntry> entries() throws IcsException {
		IcsLines lines = IcsLines.read(text);
		for (Property property : lines.calendar()) {
			if (property.name().equals("X-WR-TIMEZONE")) {
				calendarZone = zone(property, property.value(), options.known());
			}
		}
		List<CalendarEntry> entries = new ArrayList<>();
		Map<String, Set<LocalDateTime>> moved = new HashMap<>();
		for (Component event : lines.events()) {
			Property start = event.first("DTSTART");
			if (start == null) {
				throw new IcsException(event.line(), "DTSTART", "The event has no beginning.");
			}
			try {
				entry(event, start, entries, moved);
			} catch (IllegalArgumentException | DateTimeException e) {
				throw new IcsException(event.line(), "VEVENT", e.getMessage());
			}
		}
		return entries.stream().map(entry -> entry.isRepeated() && moved.containsKey(entry.id()) ? entry.without(moved.get(entry.id())) : entry).toList();
	}

	private void entry(Component event, Property start, List<CalendarEntry> entries, Map<String, Set<LocalDateTime>> moved)
			throws IcsException {
		Written written = date(start, start.value());
		ZoneId zone = written.utc() ? ZoneOffset.UTC : zone(start, start.zone(), roughly(written));
		if (event.first(IcsWriter.ZONE) != null) {
			Property own = event.first(IcsWriter.ZONE);
			zone = zone(own, own.value(), roughly(written));
		}
		Duration duration = duration(event, start, written, zone);
		String id = id(event, start);
		String rule = rule(event);
		boolean cancelled = event.first("STATUS") != null && event.first("STATUS").value().equalsIgnoreCase("CANCELLED");
		Property of = event.first("RECURRENCE-ID");
		if (of != null) {
			if (of.whole().getParameters().first("RANGE") != null) {
				throw new IcsException(of.line(), of.name(), "A change of this and all later occurrences (RANGE) is not read.");
			}
			LocalDateTime replaced = in(of, date(of, of.value()), written.clock(), zone);
			moved.computeIfAbsent(id, key -> new HashSet<>()).add(replaced);
			id += "/" + IcsDates.time(replaced);
			rule = "";
		}
		if (cancelled) {
			return;
		}
		CalendarEntry entry = new CalendarEntry(id, kind(event), written.clock(), zone, written.day(), duration, text(event, IcsWriter.SUBJECT, options.subject()),
				text(event, "SUMMARY", ""), known(event), rule, exceptions(event, written, zone));
		entries.add(entry);
		further(event, entry, entries);
	}

	/** The dates of RDATE, each an entry of its own. */
	private void further(Component event, CalendarEntry entry, List<CalendarEntry> entries) throws IcsException {
		for (Property property : event.all("RDATE")) {
			for (String value : property.value().split(",")) {
				String begin = value.contains("/") ? value.substring(0, value.indexOf('/')) : value;
				LocalDateTime at = in(property, date(property, begin), entry.start(), entry.zone());
				entries.add(new CalendarEntry(entry.id() + "/" + IcsDates.time(at), entry.kind(), at, entry.zone(), entry.allDay(), entry.duration(),
						entry.subject(), entry.text(), entry.known(), "", Set.of()));
			}
		}
	}

	private Set<LocalDateTime> exceptions(Component event, Written start, ZoneId zone) throws IcsException {
		if (event.first("EXRULE") != null) {
			throw new IcsException(event.first("EXRULE").line(), "EXRULE", "A rule of exceptions is not read; RFC 5545 has dropped it.");
		}
		Set<LocalDateTime> except = new HashSet<>();
		for (Property property : event.all("EXDATE")) {
			for (String value : property.value().split(",")) {
				except.add(in(property, date(property, value), start.clock(), zone));
			}
		}
		return except;
	}

	/** A date of an event by the clocks of the event; a day without a time means the occurrence of that day. */
	private LocalDateTime in(Property property, Written date, LocalDateTime start, ZoneId zone) throws IcsException {
		LocalDateTime clock = date.in(property.zone().isEmpty() ? zone : zone(property, property.zone(), roughly(date)), zone);
		return date.day() ? clock.toLocalDate().atTime(start.toLocalTime()) : clock;
	}

	private Duration duration(Component event, Property start, Written begin, ZoneId zone) throws IcsException {
		Property end = event.first("DTEND");
		Property length = event.first("DURATION");
		Duration duration = begin.day() ? Duration.ofDays(1) : Duration.ZERO;
		if (end != null) {
			Written to = date(end, end.value());
			if (to.day() != begin.day()) {
				throw new IcsException(end.line(), end.name(), "One of beginning and end is a day, the other a time.");
			}
			ZoneId own = to.utc() ? ZoneOffset.UTC : zone(end, end.zone(), roughly(to));
			duration = begin.day() ? Duration.between(begin.clock(), to.clock())
					: Duration.between(begin.clock().atZone(zone), to.clock().atZone(own));
			if (duration.isNegative()) {
				throw new IcsException(end.line(), end.name(), "The event ends at " + end.value() + ", before it begins at " + start.value() + ".");
			}
			// some programs write the same day for a single one
			duration = begin.day() && duration.isZero() ? Duration.ofDays(1) : duration;
		} else if (length != null) {
			try {
				duration = Duration.ofMillis(biweekly.util.Duration.parse(length.value()).toMillis());
			} catch (IllegalArgumentException e) {
				throw new IcsException(length.line(), length.name(), "'" + length.value() + "' is no duration such as PT1H30M.");
			}
		}
		return duration;
	}

	private static String rule(Component event) throws IcsException {
		List<Property> rules = event.all("RRULE");
		if (rules.isEmpty()) {
			return "";
		}
		if (rules.size() > 1) {
			throw new IcsException(rules.get(1).line(), "RRULE", "An event has one rule of repetition at most.");
		}
		try {
			Rules.check(rules.getFirst().value());
		} catch (IllegalArgumentException e) {
			throw new IcsException(rules.getFirst().line(), "RRULE", e.getMessage());
		}
		return rules.getFirst().value();
	}

	private String id(Component event, Property start) {
		Property uid = event.first("UID");
		if (uid != null && !uid.value().isBlank()) {
			return uid.value().trim();
		}
		return UUID.nameUUIDFromBytes((start.value() + "\n" + text(event, "SUMMARY", "")).getBytes(StandardCharsets.UTF_8)).toString();
	}

	/** The kind that the categories name, by its own name or by a usual word for it. */
	private Event.Kind kind(Component event) {
		for (Property property : event.all("CATEGORIES")) {
			for (String category : VObjectPropertyValues.parseList(property.value())) {
				String word = category.toUpperCase(Locale.ROOT);
				for (Event.Kind kind : Event.Kind.values()) {
					if (word.contains(kind.name())) {
						return kind;
					}
				}
				if (word.contains("RELEASE") || word.contains("ROLLOUT")) {
					return Event.Kind.DEPLOYMENT;
				}
				if (word.contains("CAMPAIGN") || word.contains("PROMOTION") || word.contains("SALE")) {
					return Event.Kind.LAUNCH;
				}
			}
		}
		return options.kind();
	}

	private Instant known(Component event) throws IcsException {
		Property known = event.first(IcsWriter.KNOWN);
		return known == null ? options.known() : date(known, known.value()).clock().toInstant(ZoneOffset.UTC);
	}

	private static String text(Component event, String name, String otherwise) {
		Property property = event.first(name);
		if (property == null) {
			return otherwise;
		}
		String line = VObjectPropertyValues.unescape(property.value()).replaceAll("\\s+", " ").trim();
		return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT - 1) + "…";
	}

	private static Written date(Property property, String value) throws IcsException {
		try {
			return IcsDates.parse(value);
		} catch (IllegalArgumentException e) {
			throw new IcsException(property.line(), property.name(), e.getMessage());
		}
	}

	private static Instant roughly(Written date) {
		return date.clock().toInstant(ZoneOffset.UTC);
	}

	/** The zone of a name; that of the calendar where there is none. */
	private ZoneId zone(Property property, String name, Instant around) throws IcsException {
		if (name.isEmpty()) {
			return calendarZone;
		}
		Optional<ZoneId> zone = zones.get(name);
		if (zone == null) {
			zone = IcsDates.named(name).or(() -> defined(name, around));
			zones.put(name, zone);
		}
		return zone.orElseThrow(() -> new IcsException(property.line(), property.name(),
				"The time zone '" + name + "' is unknown, and the file defines none whose clocks go as those of a known one."));
	}

	/** A zone that the file defines itself. Only the definitions are read: what is wrong in one must not stop the dates of others. */
	private Optional<ZoneId> defined(String name, Instant around) {
		String definitions = DEFINITION.matcher(text).results().map(MatchResult::group).collect(Collectors.joining("\r\n"));
		try {
			return Biweekly.parse("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + definitions + "\r\nEND:VCALENDAR\r\n").all().stream()
					.map(calendar -> calendar.getTimezoneInfo().getTimezoneById(name)).filter(assignment -> assignment != null)
					.map(TimezoneAssignment::getTimeZone).findFirst().flatMap(zone -> IcsDates.like(zone, around));
		} catch (RuntimeException | AssertionError e) {
			// the library follows a definition without a look at its numbers, and asserts where they are impossible: it defines nothing then
			return Optional.empty();
		}
	}
}
