// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.rocksdb.RocksIterator;

import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;

/** Answers questions about a series from one moment of a store: all its columns, at any step. */
final class RangeReader implements AutoCloseable {
	/** A series longer than this is a mistake of the caller, and would take the memory of all. */
	private static final long MOST = 50_000_000;

	private final List<Column> columns;
	private final Map<Stripe, Long> firstOpen = new HashMap<>();
	private final long last;
	private final Store.View view;

	/**
	 * @param columns of the series, the one with the newest sample first
	 */
	RangeReader(List<Column> columns, Store store) {
		this.columns = columns;
		// Before the view is made: rows that are closed in between are then looked for in vain, but found as chunks.
		columns.forEach(column -> firstOpen.put(column.stripe, column.stripe.firstOpen));
		last = columns.isEmpty() ? Column.NEVER : columns.getFirst().last;
		view = store.snapshot();
	}

	/**
	 * @param step milliseconds; 0 for the step of the series
	 */
	Series range(SeriesId id, Instant from, Instant to, long step) {
		long base = columns.isEmpty() ? 0 : columns.getFirst().step;
		long grid = Math.max(Math.max(base, step), 1);
		if (columns.isEmpty()) {
			return Series.empty(from, Duration.ofMillis(step == 0 ? 1000 : step), "There is no history of " + id + ".");
		}
		if (!from.isBefore(to)) {
			return Series.empty(from, Duration.ofMillis(grid), "The span from " + from + " to " + to + " is empty.");
		}
		Optional<Instant> first = first();
		if (first.isEmpty()) {
			return Series.empty(from, Duration.ofMillis(grid), "There is no history of " + id + ".");
		}
		long begin = Math.floorDiv(Math.max(millis(from), first.get().toEpochMilli()), grid);
		long end = Math.floorDiv(Math.min(millis(to) - 1, last), grid) + 1;
		if (end <= begin) {
			return Series.empty(from, Duration.ofMillis(grid), "The history of " + id + " goes from " + first.get() + " to "
					+ Instant.ofEpochMilli(last) + "; nothing of it is between " + from + " and " + to + ".");
		}
		if (end - begin > MOST) {
			throw new IllegalArgumentException("From " + from + " to " + to + " at a step of " + Duration.ofMillis(grid) + " are "
					+ (end - begin) + " values of " + id + ", more than " + MOST + ".");
		}
		double[] values = sampled(columns.getFirst(), grid, begin, (int) (end - begin));
		for (Column other : columns.subList(1, columns.size())) {
			double[] more = sampled(other, grid, begin, values.length);
			for (int i = 0; i < values.length; i++) {
				values[i] = Double.isNaN(values[i]) ? more[i] : values[i];
			}
		}
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
		double[] values = ChunkReader.read(view, firstOpen.get(column.stripe), column, level, from, (int) (to - from));
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
	Optional<Instant> first() {
		long first = Long.MAX_VALUE;
		for (Column column : columns) {
			for (Level level : Level.values()) {
				first = Math.min(first, first(column, level));
			}
		}
		return first == Long.MAX_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(first));
	}

	private long first(Column column, Level level) {
		long first = firstChunk(view, column, level);
		long open = firstOpen.get(column.stripe);
		if (level == Level.RAW && open != Stripe.NONE && open * column.step < first) {
			try (RocksIterator rows = view.iterator(Store.Family.ROWS)) {
				for (rows.seek(Keys.of(column.stripe.id, open)); rows.isValid(); rows.next()) {
					long slot = Keys.index(rows.key());
					if (Keys.owner(rows.key()) != column.stripe.id || slot * column.step >= first) {
						break;
					}
					if (!Double.isNaN(ChunkReader.value(rows.value(), column.position))) {
						return slot * column.step;
					}
				}
				view.check(rows);
			}
		}
		return first;
	}

	/** The time of the first value in a column's chunks of a level, or {@link Long#MAX_VALUE}. */
	static long firstChunk(Store.View view, Column column, Level level) {
		try (RocksIterator chunks = view.iterator(level.family())) {
			chunks.seek(Keys.of(column.id, Long.MIN_VALUE));
			if (!chunks.isValid() || Keys.owner(chunks.key()) != column.id) {
				view.check(chunks);
				return Long.MAX_VALUE;
			}
			double[] slots = ChunkCodec.decode(chunks.value());
			int i = 0;
			while (Double.isNaN(slots[i])) {
				i++;
			}
			return (level.firstSlot(column, Keys.index(chunks.key())) + i) * level.step(column);
		}
	}

	@Override
	public void close() {
		view.close();
	}
}
