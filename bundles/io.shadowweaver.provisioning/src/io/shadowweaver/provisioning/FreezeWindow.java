// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A time in which nothing may be changed: once, or each week.
 *
 * @param from   its begin; a weekly one without it has always been
 * @param until  its end, after the begin: no longer frozen at this instant; a weekly one without it never ends
 * @param weekly when in the week; empty for all of the time from begin to end
 * @param reason for the operator
 */
public record FreezeWindow(Optional<Instant> from, Optional<Instant> until, Optional<Weekly> weekly, String reason) {
	private static final int MOST = 200;

	/**
	 * A part of each week, in local time: where the clock is put forward or back, it begins and ends when the clock says so.
	 *
	 * @param days  on which it begins; at least one
	 * @param start when it begins
	 * @param end   when it ends, on the next day where this is not after the start
	 * @param zone  whose clock that is
	 */
	public record Weekly(Set<DayOfWeek> days, LocalTime start, LocalTime end, ZoneId zone) {
		/** Checks that there is a day. */
		public Weekly {
			days = Set.copyOf(days);
			Objects.requireNonNull(start, "start");
			Objects.requireNonNull(end, "end");
			Objects.requireNonNull(zone, "zone");
			if (days.isEmpty()) {
				throw new IllegalArgumentException("a weekly freeze window needs a day of the week");
			}
		}

		/** When the part ends in which a time lies; empty where it lies in none. */
		Optional<Instant> end(Instant time) {
			LocalDate today = time.atZone(zone).toLocalDate();
			return begun(today, time).or(() -> begun(today.minusDays(1), time));
		}

		private Optional<Instant> begun(LocalDate day, Instant time) {
			Instant begin = ZonedDateTime.of(day, start, zone).toInstant();
			Instant over = ZonedDateTime.of(end.isAfter(start) ? day : day.plusDays(1), end, zone).toInstant();
			return days.contains(day.getDayOfWeek()) && !time.isBefore(begin) && time.isBefore(over) ? Optional.of(over) : Optional.empty();
		}
	}

	/** Checks the order. */
	public FreezeWindow {
		Objects.requireNonNull(reason, "reason");
		from = Objects.requireNonNullElse(from, Optional.empty());
		until = Objects.requireNonNullElse(until, Optional.empty());
		weekly = Objects.requireNonNullElse(weekly, Optional.empty());
		if (weekly.isEmpty() && (from.isEmpty() || until.isEmpty())) {
			throw new IllegalArgumentException("a freeze window needs a begin and an end, or a part of the week: " + reason);
		}
		if (from.isPresent() && until.isPresent() && !until.get().isAfter(from.get())) {
			throw new IllegalArgumentException("a freeze window must end after it begins: " + from.get() + " to " + until.get());
		}
	}

	/** Once. */
	public FreezeWindow(Instant from, Instant until, String reason) {
		this(Optional.of(from), Optional.of(until), Optional.empty(), reason);
	}

	/** Each week. */
	public FreezeWindow(Weekly weekly, String reason) {
		this(Optional.empty(), Optional.empty(), Optional.of(weekly), reason);
	}

	/** Whether an instant lies in it. */
	public boolean contains(Instant time) {
		return end(time).isPresent();
	}

	/** When the part of it ends in which a time lies; empty where it lies in none. */
	public Optional<Instant> end(Instant time) {
		if (from.isPresent() && time.isBefore(from.get()) || until.isPresent() && !time.isBefore(until.get())) {
			return Optional.empty();
		}
		return weekly.map(part -> part.end(time).map(end -> until.isPresent() && until.get().isBefore(end) ? until.get() : end)).orElse(until);
	}

	/** When changes are possible again; windows that follow each other count as one. Empty where that is not within years. */
	static Optional<Instant> free(Collection<FreezeWindow> windows, Instant time) {
		Instant end = time;
		for (int i = 0; i < MOST; i++) {
			Instant at = end;
			Optional<Instant> later = windows.stream().flatMap(window -> window.end(at).stream()).max(Instant::compareTo);
			if (later.isEmpty()) {
				return Optional.of(end);
			}
			end = later.get();
		}
		return Optional.empty();
	}
}
