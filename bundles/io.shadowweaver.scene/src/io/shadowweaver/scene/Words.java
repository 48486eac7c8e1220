// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Unit;
import io.shadowweaver.api.topology.Topology;

/** How values, times and names are written in a scene. Pure functions. */
public final class Words {
	private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
	private static final DateTimeFormatter WEEKDAY = DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH);
	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);

	/** So many characters of a name are shown. */
	public static final int LONGEST = 48;

	private Words() {
	}

	/**
	 * A name on one line: its beginning where it is longer than {@value #LONGEST} characters, without what moves the cursor or
	 * turns the direction of what follows.
	 */
	public static String brief(String name) {
		if (name.length() <= LONGEST && name.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
			return name;
		}
		int[] shown = name.codePoints().map(c -> Character.isWhitespace(c) || Character.isISOControl(c) ? ' ' : c)
				.filter(c -> Character.getType(c) != Character.FORMAT && Character.getType(c) != Character.SURROGATE).limit(LONGEST + 1L).toArray();
		return shown.length <= LONGEST ? new String(shown, 0, shown.length) : new String(shown, 0, LONGEST - 1) + "…";
	}

	/** A value in base units, in the unit in which the metric is shown. */
	public static String value(Metric metric, double value) {
		return inUnit(metric.display(), value);
	}

	/** A value of any series in base units, in the unit in which that series is shown. */
	public static String value(SeriesId id, Metric metric, double value) {
		return inUnit(unit(id, metric), value);
	}

	/** The unit in which a series is shown: a group's series is a demand, so its ratios are cores or bytes. */
	public static Unit unit(SeriesId id, Metric metric) {
		if (!id.isGroup() || metric.full() != Metric.Full.ONE) {
			return metric.display();
		}
		return metric.id().equals(Metric.CPU.id()) ? Unit.CORES : Unit.GIGABYTES;
	}

	private static String inUnit(Unit unit, double value) {
		if (!Double.isFinite(value)) {
			return "–";
		}
		double shown = unit.fromBase(value);
		String number = unit == Unit.PERCENT || Math.abs(shown) >= 100 ? String.valueOf(Math.round(shown))
				: String.format(Locale.ROOT, Math.abs(shown) >= 10 ? "%.1f" : "%.2f", shown);
		return unit.symbol().isEmpty() || unit == Unit.COUNT ? number : number + "\u00a0" + unit.symbol();
	}

	/** The time on the wall; with the day where it is another than that of now. */
	public static String time(Instant time, Instant now, ZoneId zone) {
		ZonedDateTime local = time.atZone(zone);
		ZonedDateTime today = now.atZone(zone);
		if (local.toLocalDate().equals(today.toLocalDate())) {
			return CLOCK.format(local);
		}
		return Math.abs(Duration.between(now, time).toDays()) < 6 ? WEEKDAY.format(local) : DATE.format(local);
	}

	/** A length of time in at most two units. */
	public static String span(Duration span) {
		long seconds = Math.abs(span.toSeconds());
		if (seconds < 90) {
			return seconds + "\u00a0s";
		}
		long minutes = (seconds + 30) / 60;
		if (minutes < 90) {
			return minutes + "\u00a0min";
		}
		if (minutes < 36 * 60) {
			return minutes / 60 + "\u00a0h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + "\u00a0min");
		}
		long hours = minutes / 60;
		return hours / 24 + "\u00a0d" + (hours % 24 == 0 ? "" : " " + hours % 24 + "\u00a0h");
	}

	/** The name of a resource, or of a group behind {@code group:}. */
	public static String subject(Topology topology, String subject) {
		if (subject.startsWith(SeriesId.GROUP_PREFIX)) {
			return GroupKey.name(topology, subject);
		}
		return topology.resource(subject).map(resource -> resource.name().isBlank() ? resource.id() : resource.name()).orElse(subject);
	}

	/** A factor: two decimals below ten, then fewer. */
	public static String factor(double factor) {
		return String.format(java.util.Locale.ROOT, factor < 10 ? "%.2f" : factor < 100 ? "%.1f" : "%.0f", factor);
	}
}
