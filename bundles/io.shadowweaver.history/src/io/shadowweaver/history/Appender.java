// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.history;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.rocksdb.RocksIterator;

import io.shadowweaver.api.metric.Block;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;

/** Turns ticks and blocks into changes of a store. For the one writer; a failed call makes its catalog invalid. */
final class Appender {
	private final Catalog catalog;
	private final Set<Stripe> touched = new LinkedHashSet<>();
	private double[][] scratch = new double[0][];
	private final List<Stripe> inTick = new ArrayList<>();
	private List<SeriesId> lastSeries = List.of();
	private long lastStep;
	private Column[] lastColumns = new Column[0];

	Appender(Catalog catalog) {
		this.catalog = catalog;
	}

	/** Puts ticks into the changes; {@link #committed()} is to be called when they are written. */
	AppendResult append(List<Tick> ticks, long step, Store.Changes changes) {
		long stored = 0;
		long refused = 0;
		String problem = "";
		for (Tick tick : ticks) {
			long time = tick.time().toEpochMilli();
			Column[] columns = columns(tick.series(), step, changes);
			double[] values = tick.values();
			for (int i = 0; i < values.length; i++) {
				if (Double.isNaN(values[i])) {
					continue;
				}
				Column column = columns[i];
				if (time <= column.lastNext) {
					refused++;
					problem = problem.isEmpty() ? "time of " + column.series + " goes from " + Instant.ofEpochMilli(column.lastNext)
							+ " to " + tick.time() : problem;
					continue;
				}
				if (column.lastNext != Column.NEVER) {
					RollUps.advance(changes, column, column.lastNext, time);
				}
				column.lastNext = time;
				row(column.stripe)[column.position] = values[i];
				stored++;
			}
			writeRows(Math.floorDiv(time, step), changes);
		}
		catalog.count(stored);
		return new AppendResult(stored, refused, refused == 0 ? ""
				: refused + (refused == 1 ? " sample was refused since the " : " samples were refused; the first: the ") + problem + ".");
	}

	/** The same list again has the same columns: no look-up by name. */
	private Column[] columns(List<SeriesId> series, long step, Store.Changes changes) {
		if (series != lastSeries || step != lastStep || series.size() != lastColumns.length) {
			Column[] columns = new Column[series.size()];
			for (int i = 0; i < columns.length; i++) {
				columns[i] = catalog.column(series.get(i), step, changes);
			}
			lastSeries = series;
			lastStep = step;
			lastColumns = columns;
		}
		return lastColumns;
	}

	/** Forgets what it knows of lists, since columns were removed. */
	void columnsChanged() {
		lastSeries = List.of();
		lastColumns = new Column[0];
	}

	private double[] row(Stripe stripe) {
		if (stripe.id >= scratch.length) {
			scratch = Arrays.copyOf(scratch, Math.max(stripe.id + 1, scratch.length * 2));
		}
		double[] row = scratch[stripe.id];
		if (row == null) {
			row = new double[Stripe.SIZE];
			Arrays.fill(row, Double.NaN);
			scratch[stripe.id] = row;
			inTick.add(stripe);
		}
		return row;
	}

	private void writeRows(long slot, Store.Changes changes) {
		for (Stripe stripe : inTick) {
			double[] row = scratch[stripe.id];
			scratch[stripe.id] = null;
			long windowStart = Math.floorDiv(slot + Level.phase(stripe.id), Level.CHUNK) * Level.CHUNK - Level.phase(stripe.id);
			if (stripe.firstOpenNext < windowStart) {
				close(stripe, windowStart, changes);
			}
			int length = row.length;
			while (Double.isNaN(row[length - 1])) {
				length--;
			}
			ByteBuffer bytes = ByteBuffer.allocate(length * 8).order(ByteOrder.LITTLE_ENDIAN);
			for (int i = 0; i < length; i++) {
				bytes.putDouble(row[i]);
			}
			changes.put(Store.Family.ROWS, Keys.row(stripe.id, slot, stripe.sequence++), bytes.array());
			stripe.firstOpenNext = Math.min(stripe.firstOpenNext, slot);
			touched.add(stripe);
		}
		inTick.clear();
	}

	/** Turns the rows of a stripe before a slot into chunks. */
	void close(Stripe stripe, long end, Store.Changes changes) {
		List<byte[]> keys = new ArrayList<>();
		List<byte[]> rows = new ArrayList<>();
		long remaining = Stripe.NONE;
		try (RocksIterator iterator = changes.iterator(Store.Family.ROWS)) {
			for (iterator.seek(Keys.of(stripe.id, stripe.firstOpenNext)); iterator.isValid(); iterator.next()) {
				byte[] key = iterator.key();
				if (Keys.owner(key) != stripe.id) {
					break;
				}
				if (Keys.index(key) >= end) {
					remaining = Keys.index(key);
					break;
				}
				keys.add(key);
				rows.add(iterator.value());
			}
			changes.check(iterator);
		}
		for (int from = 0; from < keys.size();) {
			long window = Math.floorDiv(Keys.index(keys.get(from)) + Level.phase(stripe.id), Level.CHUNK);
			int to = from + 1;
			while (to < keys.size() && Math.floorDiv(Keys.index(keys.get(to)) + Level.phase(stripe.id), Level.CHUNK) == window) {
				to++;
			}
			for (Column column : stripe.columns) {
				chunk(column, window, keys.subList(from, to), rows.subList(from, to), changes);
			}
			from = to;
		}
		keys.forEach(key -> changes.delete(Store.Family.ROWS, key));
		stripe.firstOpenNext = remaining;
		touched.add(stripe);
	}

	private void chunk(Column column, long window, List<byte[]> keys, List<byte[]> rows, Store.Changes changes) {
		double[] slots = new double[Level.CHUNK];
		Arrays.fill(slots, Double.NaN);
		long first = Level.RAW.firstSlot(column, window);
		boolean any = false;
		for (int i = 0; i < rows.size(); i++) {
			double value = ChunkReader.value(rows.get(i), column.position);
			if (!Double.isNaN(value)) {
				slots[(int) (Keys.index(keys.get(i)) - first)] = value;
				any = true;
			}
		}
		if (any) {
			catalog.count(-merge(column, window, slots, false, changes));
		}
	}

	/**
	 * Puts slots into a chunk.
	 *
	 * @param existingWins whether what is there already holds
	 * @return how many of the slots were there already
	 */
	private static int merge(Column column, long window, double[] slots, boolean existingWins, Store.Changes changes) {
		byte[] key = Keys.of(column.id, window);
		byte[] before = changes.get(Store.Family.RAW, key);
		int both = 0;
		if (before != null) {
			double[] old = ChunkCodec.decode(before);
			for (int i = 0; i < slots.length; i++) {
				if (!Double.isNaN(old[i])) {
					both += Double.isNaN(slots[i]) ? 0 : 1;
					slots[i] = existingWins || Double.isNaN(slots[i]) ? old[i] : slots[i];
				}
			}
		}
		changes.put(Store.Family.RAW, key, ChunkCodec.encode(slots));
		return both;
	}

	/**
	 * Puts older samples into the changes.
	 *
	 * @param kept the time in milliseconds before which samples were dropped and their roll-ups must not be made anew
	 */
	void backfill(Block block, long kept, Store.Changes changes) {
		Series series = block.series();
		int begin = 0;
		int end = series.length();
		while (begin < end && Double.isNaN(series.values()[begin])) {
			begin++;
		}
		while (end > begin && Double.isNaN(series.values()[end - 1])) {
			end--;
		}
		if (begin == end) {
			return;
		}
		Column column = catalog.column(block.id(), series.step().toMillis(), changes);
		long slot = Level.RAW.slot(column, series.time(begin).toEpochMilli());
		long last = slot + end - begin - 1;
		for (long window = Level.RAW.window(column, slot); window <= Level.RAW.window(column, last); window++) {
			double[] slots = new double[Level.CHUNK];
			Arrays.fill(slots, Double.NaN);
			long first = Level.RAW.firstSlot(column, window);
			int count = 0;
			for (long at = Math.max(first, slot); at < first + Level.CHUNK && at <= last; at++) {
				double value = series.values()[begin + (int) (at - slot)];
				slots[(int) (at - first)] = value;
				count += Double.isNaN(value) ? 0 : 1;
			}
			if (count > 0) {
				catalog.count(count - merge(column, window, slots, true, changes));
			}
		}
		long from = slot * column.step;
		long to = last * column.step;
		long before = column.lastNext;
		column.lastNext = Math.max(before, to);
		touched.add(column.stripe);
		RollUps.remake(changes, column, from, to, column.lastNext, kept);
		if (before != Column.NEVER && before < from) {
			RollUps.remake(changes, column, before, before, column.lastNext, kept);
		}
	}

	/** What was put into the changes is on disk: readers may rely on it. */
	void committed() {
		for (Stripe stripe : touched) {
			stripe.firstOpen = stripe.firstOpenNext;
			stripe.columns.forEach(column -> column.last = column.lastNext);
		}
		touched.clear();
	}
}
