// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.preferences;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.shadowweaver.provisioning.FreezeWindow;

/**
 * Freeze windows as lines of text, {@code FROM/UNTIL reason} for once and {@code DAYS START-END ZONE reason} for each week, such as
 * {@code 2026-12-24T00:00:00Z/2026-12-27T00:00:00Z Christmas} and {@code FRI,SAT 22:00-06:00 Europe/Berlin no changes at night}. A
 * weekly one may have {@code FROM/UNTIL} behind its zone. Pure.
 */
final class FreezeText {
	/** What the form says. */
	static final String HINT = "A line each: 2026-12-24T00:00:00Z/2026-12-27T00:00:00Z reason, or each week: FRI,SAT 22:00-06:00 Europe/Berlin reason";
	private static final int DAY = 3;

	private FreezeText() {
	}

	/** Windows as text. */
	static String text(List<FreezeWindow> windows) {
		return windows.stream().map(FreezeText::line).collect(Collectors.joining("\n"));
	}

	private static String line(FreezeWindow window) {
		String span = window.from().map(Instant::toString).orElse("") + "/" + window.until().map(Instant::toString).orElse("");
		String when = window.weekly().map(weekly -> new TreeSet<>(weekly.days()).stream().map(day -> day.name().substring(0, DAY)).collect(Collectors.joining(",")) + " "
				+ weekly.start() + "-" + weekly.end() + " " + weekly.zone() + (span.equals("/") ? "" : " " + span)).orElse(span);
		return (when + " " + window.reason()).strip();
	}

	/**
	 * Reads windows.
	 *
	 * @throws IllegalArgumentException naming the line and what is wrong with it
	 */
	static List<FreezeWindow> read(String text) {
		List<FreezeWindow> windows = new ArrayList<>();
		for (String line : text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList()) {
			try {
				windows.add(window(line));
			} catch (DateTimeException | IllegalArgumentException e) {
				throw new IllegalArgumentException("Freeze window '" + line + "': " + e.getMessage() + ". " + HINT + ".", e);
			}
		}
		return windows;
	}

	private static FreezeWindow window(String line) {
		String[] parts = line.split("\\s+", 2);
		if (parts[0].contains("/")) {
			return new FreezeWindow(instant(parts[0], 0), instant(parts[0], 1), Optional.empty(), rest(parts, 1));
		}
		String[] week = line.split("\\s+", 4);
		if (week.length < 3 || !week[1].contains("-")) {
			throw new IllegalArgumentException("it has neither begin and end nor days, times and zone");
		}
		String[] times = week[1].split("-", 2);
		FreezeWindow.Weekly weekly = new FreezeWindow.Weekly(days(week[0]), LocalTime.parse(times[0]), LocalTime.parse(times[1]), ZoneId.of(week[2]));
		String[] behind = rest(week, 3).split("\\s+", 2);
		boolean spanned = behind[0].matches("\\S*[0-9]T\\S*/\\S*|/\\S*[0-9]T\\S*");
		return spanned ? new FreezeWindow(instant(behind[0], 0), instant(behind[0], 1), Optional.of(weekly), rest(behind, 1))
				: new FreezeWindow(Optional.empty(), Optional.empty(), Optional.of(weekly), rest(week, 3));
	}

	private static Optional<Instant> instant(String span, int side) {
		String text = span.split("/", 2)[side];
		return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
	}

	private static Set<DayOfWeek> days(String text) {
		Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
		for (String part : text.split(",")) {
			String wanted = part.strip().toUpperCase(Locale.ROOT);
			days.add(java.util.Arrays.stream(DayOfWeek.values()).filter(day -> wanted.length() >= DAY && day.name().startsWith(wanted)).findFirst()
					.orElseThrow(() -> new IllegalArgumentException("'" + part + "' is no day of the week")));
		}
		return days;
	}

	private static String rest(String[] parts, int index) {
		return index < parts.length ? parts[index] : "";
	}
}
