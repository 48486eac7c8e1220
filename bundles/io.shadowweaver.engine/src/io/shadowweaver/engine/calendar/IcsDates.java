// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.calendar;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Optional;
import java.util.TimeZone;

/** Dates and zones of iCalendar in those of Java. */
final class IcsDates {
	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuuMMdd").withResolverStyle(ResolverStyle.STRICT);
	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss").withResolverStyle(ResolverStyle.STRICT);
	/** How many times around an event a zone must agree at: one about every nine days of a year. */
	private static final int PROBES = 42;
	private static final long APART = 9 * 86_400L + 3_600;

	private IcsDates() {
	}

	/**
	 * A date as it is written.
	 *
	 * @param clock what the clocks show; midnight for a day
	 * @param day   whether it is a day without a time
	 * @param utc   whether the clocks are those of UTC
	 */
	record Written(LocalDateTime clock, boolean day, boolean utc) {
		/** What the clocks of a zone show, where those of another count unless the date is in UTC. */
		LocalDateTime in(ZoneId own, ZoneId shown) {
			ZoneId zone = utc ? ZoneOffset.UTC : own;
			return day || zone.equals(shown) ? clock : LocalDateTime.ofInstant(clock.atZone(zone).toInstant(), shown);
		}
	}

	/**
	 * @param text a DATE or a DATE-TIME
	 * @throws IllegalArgumentException with a sentence, when it is neither
	 */
	static Written parse(String text) {
		String trimmed = text.trim();
		try {
			if (trimmed.length() == 8) {
				return new Written(LocalDate.parse(trimmed, DAY).atStartOfDay(), true, false);
			}
			boolean utc = trimmed.endsWith("Z");
			return new Written(LocalDateTime.parse(utc ? trimmed.substring(0, trimmed.length() - 1) : trimmed, TIME), false, utc);
		} catch (DateTimeException e) {
			throw new IllegalArgumentException("'" + text + "' is no date such as 20260301 or 20260301T093000Z.", e);
		}
	}

	static String day(LocalDateTime time) {
		return DAY.format(time);
	}

	static String time(LocalDateTime time) {
		return TIME.format(time);
	}

	static String utc(Instant time) {
		return TIME.format(LocalDateTime.ofInstant(time, ZoneOffset.UTC)) + "Z";
	}

	/** A zone by its name in the tz database, alone or behind what a program puts before it. */
	static Optional<ZoneId> named(String name) {
		String rest = name.startsWith("/") ? name.substring(1) : name;
		while (true) {
			try {
				return Optional.of(ZoneId.of(rest));
			} catch (DateTimeException e) {
				int slash = rest.indexOf('/');
				if (slash < 0) {
					return Optional.empty();
				}
				rest = rest.substring(slash + 1);
			}
		}
	}

	/**
	 * The zone of the tz database whose clocks go as those of a zone that a file defines itself.
	 *
	 * @param defined the zone of the file
	 * @param around  the time that counts
	 * @return the first by name; empty when no zone goes so
	 */
	static Optional<ZoneId> like(TimeZone defined, Instant around) {
		Instant[] times = new Instant[PROBES];
		int[] offsets = new int[PROBES];
		for (int i = 0; i < PROBES; i++) {
			times[i] = around.plusSeconds((i - PROBES / 2) * APART);
			offsets[i] = defined.getOffset(times[i].toEpochMilli()) / 1000;
		}
		return ZoneId.getAvailableZoneIds().stream().filter(id -> id.indexOf('/') > 0 && !id.startsWith("Etc/") && !id.startsWith("SystemV/"))
				.sorted().map(ZoneId::of).filter(zone -> agree(zone, times, offsets)).findFirst();
	}

	private static boolean agree(ZoneId zone, Instant[] times, int[] offsets) {
		for (int i = 0; i < times.length; i++) {
			if (zone.getRules().getOffset(times[i]).getTotalSeconds() != offsets[i]) {
				return false;
			}
		}
		return true;
	}
}
