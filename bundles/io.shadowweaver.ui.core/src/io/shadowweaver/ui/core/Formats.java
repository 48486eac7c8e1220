// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Unit;
import io.shadowweaver.scene.Words;

/** How values, times and spans are written. Pure functions; digits and units do not depend on the locale. */
public final class Formats {
	/** Stands for 'not known'. */
	public static final String NONE = "–";
	private static final char NBSP = '\u00a0';
	private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
	private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
	private static final DateTimeFormatter WEEKDAY = DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH);
	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);

	private static final Pattern INSTANT = Pattern.compile("\\b\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?Z");

	private Formats() {
	}

	/**
	 * The unit in which a series is shown: a group's series is a demand, so its ratios are cores or bytes.
	 *
	 * @param id     the series
	 * @param metric its metric
	 */
	public static Unit unit(SeriesId id, Metric metric) {
		return Words.unit(id, metric);
	}

	/** A value of a resource in the metric's base unit: {@code 63 %}, {@code 12.4 MB/s}, {@code 35 ms}. */
	public static String value(Metric metric, double value) {
		return inUnit(metric.display(), value);
	}

	/** A value of any series in its base unit. */
	public static String value(SeriesId id, Metric metric, double value) {
		return inUnit(unit(id, metric), value);
	}

	/** A value in base units, written in a unit. */
	public static String inUnit(Unit unit, double value) {
		if (!Double.isFinite(value)) {
			return NONE;
		}
		String number = number(unit.fromBase(value));
		return unit == Unit.COUNT || unit == Unit.RATIO ? number : number + NBSP + unit.symbol();
	}

	/** Three digits, more only before the point. */
	public static String number(double value) {
		double size = Math.abs(value);
		int decimals = size >= 99.95 || size == 0 ? 0 : size >= 9.995 ? 1 : 2;
		String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
		return decimals > 0 ? text.replaceAll("\\.?0+$", "") : text;
	}

	/** A share as per cent without decimals; {@link #NONE} for {@code NaN}. */
	public static String percent(double share) {
		return Double.isFinite(share) ? Math.round(share * 100) + "" + NBSP + "%" : NONE;
	}

	/** Cost an hour with its currency; {@link #NONE} where the price is not known. */
	public static String cost(double perHour, String currency) {
		return Double.isFinite(perHour) ? String.format(Locale.ROOT, "%.2f%c%s/h", perHour, NBSP, currency) : NONE;
	}

	/** A span in its two largest units: {@code 42 min}, {@code 3 h 20 min}, {@code 2 d 4 h}; the sign is dropped. */
	public static String span(Duration span) {
		long seconds = Math.abs(span.toSeconds());
		if (seconds < 60) {
			return seconds + "" + NBSP + "s";
		}
		long minutes = (seconds + 30) / 60;
		if (minutes < 60) {
			return minutes + "" + NBSP + "min";
		}
		long hours = minutes / 60;
		if (hours < 24) {
			return two(hours, "h", minutes % 60, "min");
		}
		return two(hours / 24, "d", hours % 24, "h");
	}

	private static String two(long large, String largeUnit, long small, String smallUnit) {
		String text = large + "" + NBSP + largeUnit;
		return small == 0 ? text : text + " " + small + NBSP + smallUnit;
	}

	/** How far away a time is: {@code in 42 min}, {@code 5 min ago}, {@code now}. */
	public static String relative(Instant time, Instant now) {
		Duration distance = Duration.between(now, time);
		if (Math.abs(distance.toSeconds()) < 1) {
			return "now";
		}
		return distance.isNegative() ? span(distance) + " ago" : "in " + span(distance);
	}

	/** The time on the wall, with the day where it is not the day of now: {@code 14:05}, {@code Tue 14:05}, {@code 3 Mar 14:05}. */
	public static String time(Instant time, Instant now, ZoneId zone) {
		ZonedDateTime local = time.atZone(zone);
		LocalDate today = now.atZone(zone).toLocalDate();
		long days = Math.abs(java.time.temporal.ChronoUnit.DAYS.between(today, local.toLocalDate()));
		return local.format(days == 0 ? CLOCK : days < 7 ? WEEKDAY : DATE);
	}

	/** The time on the wall in the zone of this machine. */
	public static String time(Instant time, Instant now) {
		return time(time, now, ZoneId.systemDefault());
	}

	/** {@code 14:05 (in 42 min)}. */
	public static String timeAndDistance(Instant time, Instant now) {
		return time(time, now) + " (" + relative(time, now) + ")";
	}

	/** A sentence whose instants, such as 2026-03-03T14:05:00Z, are written as times on the wall. */
	public static String said(String sentence, Instant now, ZoneId zone) {
		return INSTANT.matcher(sentence).replaceAll(found -> Matcher.quoteReplacement(onTheWall(found.group(), now, zone)));
	}

	private static String onTheWall(String instant, Instant now, ZoneId zone) {
		try {
			return time(Instant.parse(instant), now, zone);
		} catch (DateTimeParseException e) {
			// looks like an instant, but no calendar has that day
			return instant;
		}
	}

	/** A sentence with times on the wall in the zone of this machine. */
	public static String said(String sentence, Instant now) {
		return said(sentence, now, ZoneId.systemDefault());
	}

	/** The day and the time to the second, for a clock. */
	public static String clock(Instant time) {
		ZonedDateTime local = time.atZone(ZoneId.systemDefault());
		return local.format(DateTimeFormatter.ofPattern("EEE d MMM ", Locale.ENGLISH)) + local.format(SECONDS);
	}

	/** A quantile as {@code p90}. */
	public static String level(double level) {
		return "p" + number(level * 100);
	}

	/** A constant as words: {@code BACK_OFF} becomes {@code back off}. */
	public static String words(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
	}
}
