// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.calendar;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import biweekly.ICalDataType;
import biweekly.ICalVersion;
import biweekly.io.CannotParseException;
import biweekly.io.ParseContext;
import biweekly.io.scribe.property.RecurrenceRuleScribe;
import biweekly.parameter.ICalParameters;
import biweekly.util.Frequency;
import biweekly.util.ICalDate;
import biweekly.util.Recurrence;
import biweekly.util.com.google.ical.compat.javautil.DateIterator;

/**
 * Rules of repetition. A rule goes by the clocks of a zone, so it is followed in wall-clock time, written as if it were UTC, and only its result
 * is placed in the zone.
 */
final class Rules {
	/** No calendar has more occurrences in a time that is asked for; what would be more is a rule gone wrong. */
	private static final int MOST = 20_000;
	private static final Set<Frequency> TOO_OFTEN = EnumSet.of(Frequency.SECONDLY, Frequency.MINUTELY);
	private static final Pattern UNTIL = Pattern.compile("(?:^|;)UNTIL=([^;]+)", Pattern.CASE_INSENSITIVE);
	private static final TimeZone UTC = TimeZone.getTimeZone("UTC");

	private Rules() {
	}

	/**
	 * @param rule text of an RRULE; empty for none
	 * @throws IllegalArgumentException with a sentence, when it is none
	 */
	static void check(String rule) {
		if (!rule.isEmpty()) {
			local(rule, ZoneOffset.UTC);
		}
	}

	static Recurrence parse(String rule) {
		ParseContext context = new ParseContext();
		context.setVersion(ICalVersion.V2_0);
		Recurrence recurrence;
		try {
			recurrence = new RecurrenceRuleScribe().parseText(rule, ICalDataType.RECUR, new ICalParameters(), context).getValue();
		} catch (CannotParseException | IllegalArgumentException e) {
			throw new IllegalArgumentException("'" + rule + "' is no rule of repetition: " + e.getMessage(), e);
		}
		if (recurrence == null || recurrence.getFrequency() == null) {
			throw new IllegalArgumentException("'" + rule + "' says no FREQ.");
		}
		if (!context.getWarnings().isEmpty()) {
			throw new IllegalArgumentException("'" + rule + "' is no rule of repetition: " + context.getWarnings().getFirst().getMessage());
		}
		if (TOO_OFTEN.contains(recurrence.getFrequency())) {
			throw new IllegalArgumentException("'" + rule + "' repeats more often than hourly.");
		}
		if (!isPossible(recurrence)) {
			throw new IllegalArgumentException("'" + rule + "' names a month, a day, a week or an hour that there is not.");
		}
		if (recurrence.getCount() != null && recurrence.getCount() < 1 || recurrence.getInterval() != null && recurrence.getInterval() < 1) {
			throw new IllegalArgumentException("'" + rule + "' has a COUNT or an INTERVAL below 1.");
		}
		return recurrence;
	}

	/** Whether every part of a rule names what there is; negative days and weeks count from the end. */
	private static boolean isPossible(Recurrence recurrence) {
		return within(recurrence.getByMonth(), 1, 12, false) && within(recurrence.getByMonthDay(), 1, 31, true)
				&& within(recurrence.getByYearDay(), 1, 366, true) && within(recurrence.getByWeekNo(), 1, 53, true)
				&& within(recurrence.getBySetPos(), 1, 366, true) && within(recurrence.getByHour(), 0, 23, false)
				&& within(recurrence.getByMinute(), 0, 59, false) && within(recurrence.getBySecond(), 0, 59, false)
				&& recurrence.getByDay().stream().allMatch(day -> day.getNum() == null || within(List.of(day.getNum()), 1, 53, true));
	}

	private static boolean within(List<Integer> numbers, int least, int most, boolean fromTheEnd) {
		return numbers.stream().allMatch(number -> number >= least && number <= most || fromTheEnd && -number >= least && -number <= most);
	}

	/**
	 * The beginnings that a rule makes.
	 *
	 * @param start the first, which counts even where the rule does not make it
	 * @param zone  of the clocks, for an end that is given in UTC
	 * @param from  inclusive
	 * @param to    exclusive
	 * @return ascending
	 */
	static List<LocalDateTime> starts(String rule, LocalDateTime start, ZoneId zone, LocalDateTime from, LocalDateTime to) {
		Recurrence recurrence = local(rule, zone);
		List<LocalDateTime> starts = new ArrayList<>();
		if (!start.isBefore(from) && start.isBefore(to)) {
			starts.add(start);
		}
		DateIterator iterator = recurrence.getDateIterator(date(start), UTC);
		iterator.advanceTo(date(from));
		while (iterator.hasNext() && starts.size() < MOST) {
			LocalDateTime next = LocalDateTime.ofInstant(iterator.next().toInstant(), ZoneOffset.UTC);
			if (!next.isBefore(to)) {
				break;
			}
			if (!next.isBefore(from) && !next.equals(start)) {
				starts.add(next);
			}
		}
		return starts;
	}

	/** The end of a rule, given in UTC or as a day, by the clocks of the zone: a day counts to its end. */
	private static Recurrence local(String rule, ZoneId zone) {
		Recurrence recurrence = parse(rule);
		Matcher until = UNTIL.matcher(rule);
		if (!until.find()) {
			return recurrence;
		}
		IcsDates.Written written = IcsDates.parse(until.group(1));
		LocalDateTime end = written.in(zone, zone);
		return new Recurrence.Builder(recurrence).until(new ICalDate(date(written.day() ? end.plusDays(1).minusSeconds(1) : end), true)).build();
	}

	private static Date date(LocalDateTime time) {
		return Date.from(time.toInstant(ZoneOffset.UTC));
	}
}
