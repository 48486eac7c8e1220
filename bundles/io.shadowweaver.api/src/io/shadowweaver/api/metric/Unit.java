// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.metric;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A unit of measure. Inside, every value is in the base unit of its dimension (ratio, bytes, bytes a second, seconds,
 * requests a second, cores, count); other units exist at the borders only.
 */
public enum Unit {
	/** Dimensionless share, 1 is full. */
	RATIO("", Dimension.RATIO, 1),
	/** Hundredths of a ratio. */
	PERCENT("%", Dimension.RATIO, .01),
	/** Bytes. */
	BYTES("B", Dimension.SIZE, 1),
	/** 1,000 bytes. */
	KILOBYTES("KB", Dimension.SIZE, 1e3),
	/** 1,024 bytes. */
	KIBIBYTES("KiB", Dimension.SIZE, 1024),
	/** 10⁶ bytes. */
	MEGABYTES("MB", Dimension.SIZE, 1e6),
	/** 2²⁰ bytes. */
	MEBIBYTES("MiB", Dimension.SIZE, 1024 * 1024),
	/** 10⁹ bytes. */
	GIGABYTES("GB", Dimension.SIZE, 1e9),
	/** 2³⁰ bytes. */
	GIBIBYTES("GiB", Dimension.SIZE, 1024. * 1024 * 1024),
	/** Bytes a second. */
	BYTES_PER_SECOND("B/s", Dimension.THROUGHPUT, 1),
	/** 1,000 bytes a second. */
	KILOBYTES_PER_SECOND("KB/s", Dimension.THROUGHPUT, 1e3),
	/** 10⁶ bytes a second. */
	MEGABYTES_PER_SECOND("MB/s", Dimension.THROUGHPUT, 1e6),
	/** Bits a second. */
	BITS_PER_SECOND("bit/s", Dimension.THROUGHPUT, 1. / 8),
	/** 10⁶ bits a second. */
	MEGABITS_PER_SECOND("Mbit/s", Dimension.THROUGHPUT, 1e6 / 8),
	/** Seconds. */
	SECONDS("s", Dimension.TIME, 1),
	/** Thousandths of a second. */
	MILLISECONDS("ms", Dimension.TIME, 1e-3),
	/** Millionths of a second. */
	MICROSECONDS("us", Dimension.TIME, 1e-6),
	/** Requests a second. */
	REQUESTS_PER_SECOND("req/s", Dimension.RATE, 1),
	/** Requests a minute. */
	REQUESTS_PER_MINUTE("req/min", Dimension.RATE, 1. / 60),
	/** Busy or present processor cores. */
	CORES("cores", Dimension.CORES, 1),
	/** A plain number. */
	COUNT("count", Dimension.COUNT, 1);

	/** What is measured; units of one dimension convert into one another. */
	public enum Dimension {
		/** Share of something full at 1. */
		RATIO,
		/** Bytes. */
		SIZE,
		/** Bytes a second. */
		THROUGHPUT,
		/** Seconds. */
		TIME,
		/** Events a second. */
		RATE,
		/** Processor cores. */
		CORES,
		/** A plain number. */
		COUNT
	}

	private static final Map<String, Unit> BY_SYMBOL = new TreeMap<>();
	static {
		for (Unit unit : values()) {
			BY_SYMBOL.put(unit.symbol.toLowerCase(Locale.ROOT), unit);
		}
		BY_SYMBOL.put("ratio", RATIO);
		BY_SYMBOL.put("percent", PERCENT);
		BY_SYMBOL.put("bytes", BYTES);
		BY_SYMBOL.put("bytes/s", BYTES_PER_SECOND);
		BY_SYMBOL.put("seconds", SECONDS);
		BY_SYMBOL.put("1/s", REQUESTS_PER_SECOND);
		BY_SYMBOL.put("rps", REQUESTS_PER_SECOND);
	}

	private final String symbol;
	private final Dimension dimension;
	private final double factor;

	Unit(String symbol, Dimension dimension, double factor) {
		this.symbol = symbol;
		this.dimension = dimension;
		this.factor = factor;
	}

	/** How it is written, such as {@code KB/s}. */
	public String symbol() {
		return symbol;
	}

	/** What it measures. */
	public Dimension dimension() {
		return dimension;
	}

	/** A value of this unit in the base unit of its dimension. */
	public double toBase(double value) {
		return value * factor;
	}

	/** A value in the base unit, in this unit. */
	public double fromBase(double value) {
		return value / factor;
	}

	/** The base unit of how fast an amount in this unit grows: bytes become bytes a second, a time spent becomes cores; else the base unit of this one. */
	public Unit perSecond() {
		return switch (dimension) {
		case SIZE -> BYTES_PER_SECOND;
		case COUNT -> REQUESTS_PER_SECOND;
		case TIME -> CORES;
		case RATIO -> RATIO;
		case THROUGHPUT -> BYTES_PER_SECOND;
		case RATE -> REQUESTS_PER_SECOND;
		case CORES -> CORES;
		};
	}

	/**
	 * Finds a unit by its symbol or name, case ignored ({@code MB/s}, {@code percent}, {@code 1/s}).
	 *
	 * @param text the symbol
	 * @return the unit, or empty when it is not known
	 */
	public static Optional<Unit> parse(String text) {
		return Optional.ofNullable(BY_SYMBOL.get(text.strip().toLowerCase(Locale.ROOT)));
	}
}
