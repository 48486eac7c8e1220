// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.act;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

import io.shadowweaver.api.plugin.Settings;

/**
 * A number in a form with its unit and range. Values are in base units: shares for per cent, seconds for spans. Immutable.
 *
 * @param key      tells it from others of its form
 * @param label    what the form shows
 * @param kind     how it is written
 * @param least    the smallest that is allowed
 * @param most     the largest
 * @param standard the default; empty where nothing is the default
 * @param tip      what it is for
 */
public record Quantity(String key, String label, Kind kind, double least, double most, Optional<Double> standard, String tip) {
	/** How a number is written. */
	public enum Kind {
		/** A whole number. */
		COUNT(""),
		/** Any number. */
		NUMBER(""),
		/** A share, written in per cent. */
		PERCENT("%"),
		/** A span, such as {@code 90s}, {@code 5m}, {@code 2h} or {@code 14d}. */
		SPAN("90s, 5m, 2h, 14d"),
		/** An amount of money an hour, a day or a month. */
		MONEY("");

		private final String unit;

		Kind(String unit) {
			this.unit = unit;
		}
	}

	/** A quantity that always has a value. */
	public static Quantity of(String key, String label, Kind kind, double least, double most, double standard, String tip) {
		return new Quantity(key, label, kind, least, most, Optional.of(standard), tip);
	}

	/** A quantity that may be left empty. */
	public static Quantity optional(String key, String label, Kind kind, double least, double most, String tip) {
		return new Quantity(key, label, kind, least, most, Optional.empty(), tip);
	}

	/** The same, and left empty it is as for all. */
	public Quantity optional() {
		return new Quantity(key, label, kind, least, most, Optional.empty(), tip);
	}

	/** What stands behind the field: unit, range and default. */
	public String hint() {
		String range = Double.isInfinite(most) ? "from " + text(least) : text(least) + " to " + text(most);
		return (kind.unit.isEmpty() || kind == Kind.SPAN ? "" : kind.unit + ", ") + range + standard.map(value -> ", default " + text(value)).orElse(", or empty");
	}

	/** How a value is written; empty for a value that is not there. */
	public String text(double value) {
		if (Double.isNaN(value) || Double.isInfinite(value)) {
			return "";
		}
		return switch (kind) {
		case COUNT -> String.valueOf(Math.round(value));
		case PERCENT -> plain(value * 100);
		case SPAN -> span(Math.round(value));
		case NUMBER, MONEY -> plain(value);
		};
	}

	private static String plain(double value) {
		return value == Math.rint(value) && Math.abs(value) < 1e15 ? String.valueOf((long) value)
				: String.format(Locale.ROOT, "%.4f", value).replaceAll("0+$", "").replaceAll("\\.$", "");
	}

	private static String span(long seconds) {
		return seconds != 0 && seconds % 86_400 == 0 ? seconds / 86_400 + "d"
				: seconds != 0 && seconds % 3_600 == 0 ? seconds / 3_600 + "h" : seconds != 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
	}

	/**
	 * Reads what is written in the field.
	 *
	 * @return empty where nothing is written and nothing is allowed
	 * @throws IllegalArgumentException naming the field and its range
	 */
	public Optional<Double> read(String text) {
		String written = text.strip();
		if (written.isEmpty() && standard.isEmpty()) {
			return Optional.empty();
		}
		double value = parse(written);
		if (!(value >= least && value <= most)) {
			throw new IllegalArgumentException(label + " must be " + allowed() + ", not '" + written + "'.");
		}
		return Optional.of(value);
	}

	private double parse(String written) {
		try {
			return switch (kind) {
			case COUNT -> Long.parseLong(written);
			// exact, so that a limit can be written
			case PERCENT -> new BigDecimal(written.replace("%", "").replace("\u00a0", "").strip()).movePointLeft(2).doubleValue();
			case SPAN -> Settings.parseDuration(written).toMillis() / 1e3;
			case NUMBER, MONEY -> Double.parseDouble(written);
			};
		} catch (IllegalArgumentException | DateTimeParseException | ArithmeticException e) {
			throw new IllegalArgumentException(label + " must be " + allowed() + (written.isEmpty() ? "; nothing is written." : ", not '" + written + "'."), e);
		}
	}

	private String allowed() {
		String what = switch (kind) {
		case COUNT -> "a whole number ";
		case PERCENT -> "a share in per cent ";
		case SPAN -> "a span (" + kind.unit + ") ";
		case NUMBER, MONEY -> "a number ";
		};
		return what + "from " + text(least) + (Double.isInfinite(most) ? "" : " to " + text(most));
	}

	/** A value in seconds as a span. */
	public static Duration span(double seconds) {
		return Duration.ofMillis(Math.round(seconds * 1_000));
	}
}
