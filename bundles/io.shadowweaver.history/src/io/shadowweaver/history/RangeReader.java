// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;

/** Answers questions about some series from one moment of a store: all columns of each, at any step. Not thread-safe. */
final class RangeReader implements AutoCloseable {
	/** A series longer than this is a mistake of the caller, and would take the memory of all. */
	private static final long MOST = 50_000_000;
	/** To read so many values costs no more than to find the first of a series. */
	private static final int SHORT = 1000;

	/**
	 * A series to be asked about.
	 *
	 * @param columns the one with the newest sample first
	 * @param last    the time of that sample, or {@link Column#NEVER}
	 */
	record Asked(SeriesId id, List<Column> columns, long last) {
		/** As it is now: to be made before the reader is. */
		static Asked of(SeriesId id, Catalog catalog) {
			List<Column> columns = catalog.columns(id);
			return new Asked(id, columns, columns.isEmpty() ? Column.NEVER : columns.getFirst().last);
		}
	}

	private final Map<Stripe, Long> firstOpen = new HashMap<>();
	private final Store.View view;
	private final ChunkReader chunks;

	/**
	 * @param all what may be asked about
	 */
	RangeReader(List<Asked> all, Store store) {
		// Before the view is made: rows that are closed in between are then looked for in vain, but found as chunks.
		all.forEach(asked -> asked.columns().forEach(column -> firstOpen.computeIfAbsent(column.stripe, stripe -> stripe.firstOpen)));
		view = store.snapshot();
		chunks = new ChunkReader(view);
	}

	/**
	 * The values of a series.
	 *
	 * @param step milliseconds; 0 for the step of the series
	 */
	Series range(Asked asked, Instant from, Instant to, long step) {
		SeriesId id = asked.id();
		List<Column> columns = asked.columns();
		if (columns.isEmpty()) {
			return Series.empty(from, Duration.ofMillis(step == 0 ? 1000 : step), "There is no history of " + id + ".");
		}
		long grid = Math.max(Math.max(columns.getFirst().step, step), 1);
		if (!from.isBefore(to)) {
			return Series.empty(from, Duration.ofMillis(grid), "The span from " + from + " to " + to + " is empty.");
		}
		long begin = Math.floorDiv(millis(from), grid);
		long end = Math.floorDiv(Math.min(millis(to) - 1, asked.last()), grid) + 1;
		if (end > begin && end - begin <= SHORT) {
			double[] values = merged(columns, grid, begin, (int) (end - begin));
			if (!Double.isNaN(values[0])) {
				// it begins where it was asked to, so that the first sample of all need not be looked for
				return new Series(Instant.ofEpochMilli(begin * grid), Duration.ofMillis(grid), values, "");
			}
		}
		Optional<Instant> first = first(asked);
		if (first.isEmpty()) {
			return Series.empty(from, Duration.ofMillis(grid), "There is no history of " + id + ".");
		}
		begin = Math.floorDiv(Math.max(millis(from), first.get().toEpochMilli()), grid);
		if (end <= begin) {
			return Series.empty(from, Duration.ofMillis(grid), "The history of " + id + " goes from " + first.get() + " to "
					+ Instant.ofEpochMilli(asked.last()) + "; nothing of it is between " + from + " and " + to + ".");
		}
		if (end - begin > MOST) {
			throw new IllegalArgumentException("From " + from + " to " + to + " at a step of " + Duration.ofMillis(grid) + " are "
					+ (end - begin) + " values of " + id + ", more than " + MOST + ".");
		}
		double[] values = merged(columns, grid, begin, (int) (end - begin));
		int leading = 0;
		while (leading < values.length && Double.isNaN(values[leading])) {
			leading++;
		}
		Instant start = Instant.ofEpochMilli(begin * grid);
		if (leading == values.length) {
			return Series.empty(start, Duration.ofMillis(grid), "Of " + id + " only coarser means are kept from " + from + " to " + to
					+ ", or there is a gap.");
		}
		return new Series(Instant.ofEpochMilli((begin + leading) * grid), Duration.ofMillis(grid),
				leading == 0 ? values : Arrays.copyOfRange(values, leading, values.length),
				leading > 0 && grid < Level.HOUR.step(columns.getFirst()) ? "Samples before "
						+ Instant.ofEpochMilli((begin + leading) * grid) + " are missing or kept as coarser means." : "");
	}

	/** Values of all columns on a grid: where several have one, that of the column with the newest sample. */
	private double[] merged(List<Column> columns, long grid, long begin, int length) {
		double[] values = sampled(columns.getFirst(), grid, begin, length);
		for (Column other : columns.subList(1, columns.size())) {
			double[] more = sampled(other, grid, begin, length);
			for (int i = 0; i < length; i++) {
				values[i] = Double.isNaN(values[i]) ? more[i] : values[i];
			}
		}
		return values;
	}

	private static long millis(Instant time) {
		// Instant.MIN and MAX, for "all there is", do not fit into milliseconds.
		return Math.clamp(time.getEpochSecond(), Long.MIN_VALUE / 2000, Long.MAX_VALUE / 2000) * 1000 + time.getNano() / 1_000_000;
	}

	/** Values of a column on a grid: means where it is finer, the value that covers a slot where it is coarser. */
	private double[] sampled(Column column, long grid, long begin, int length) {
		Level level = level(column, grid);
		long step = level.step(column);
		long from = Math.floorDiv(begin * grid, step);
		long to = Math.floorDiv((begin + length) * grid - 1, step) + 1;
		double[] values = chunks.read(firstOpen.get(column.stripe), column, level, from, (int) (to - from));
		if (step == grid) {
			return values;
		}
		double[] sum = new double[length];
		int[] count = new int[length];
		if (step < grid) {
			for (int i = 0; i < values.length; i++) {
				int slot = (int) (Math.floorDiv((from + i) * step, grid) - begin);
				if (slot >= 0 && slot < length && !Double.isNaN(values[i])) {
					sum[slot] += values[i];
					count[slot]++;
				}
			}
		} else {
			for (int slot = 0; slot < length; slot++) {
				double value = values[(int) (Math.floorDiv((begin + slot) * grid, step) - from)];
				sum[slot] = value;
				count[slot] = Double.isNaN(value) ? 0 : 1;
			}
		}
		for (int i = 0; i < length; i++) {
			sum[i] = count[i] == 0 ? Double.NaN : sum[i] / count[i];
		}
		return sum;
	}

	/** The coarsest level that divides a grid. */
	private static Level level(Column column, long grid) {
		for (Level level : new Level[] { Level.HOUR, Level.FIVE_MINUTES }) {
			if (level.exists(column) && level.step(column) <= grid && grid % level.step(column) == 0) {
				return level;
			}
		}
		return Level.RAW;
	}

	/** The time of the first sample or mean that is kept. */
	Optional<Instant> first(Asked asked) {
		long first = Long.MAX_VALUE;
		for (Column column : asked.columns()) {
			for (Level level : Level.values()) {
				first = Math.min(first, chunks.firstChunk(column, level));
			}
			long open = firstOpen.get(column.stripe);
			if (open != Stripe.NONE && open * column.step < first) {
				first = chunks.firstRow(open, column, first);
			}
		}
		return first == Long.MAX_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(first));
	}

	@Override
	public void close() {
		chunks.close();
		view.close();
	}
}
