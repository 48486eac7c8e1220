// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.history;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

import org.rocksdb.RocksIterator;

/**
 * Reads slots of columns from one view: their chunks, and over them their open rows, which are kept for the next column of the same
 * stripe. Not thread-safe; to be closed before the view.
 */
final class ChunkReader implements AutoCloseable {
	private final Store.View view;
	private final Map<Store.Family, RocksIterator> iterators = new EnumMap<>(Store.Family.class);
	private final Map<Stripe, OpenRows> open = new HashMap<>();

	/**
	 * @param view what is read; it does not change as long as this is used
	 */
	ChunkReader(Store.View view) {
		this.view = view;
	}

	/** The iterator of a family, at any place. */
	RocksIterator iterator(Store.Family family) {
		return iterators.computeIfAbsent(family, view::iterator);
	}

	/**
	 * The slots of a level. Where a roll-up was not made yet, it is computed from the next finer level.
	 *
	 * @param firstOpen of the stripe, taken before the view was made
	 * @param from      the first slot
	 * @param length    the number of slots
	 * @return the values, {@code NaN} for gaps
	 */
	double[] read(long firstOpen, Column column, Level level, long from, int length) {
		double[] values = new double[length];
		Arrays.fill(values, Double.NaN);
		if (length == 0) {
			return values;
		}
		if (level != Level.RAW) {
			means(firstOpen, column, level, from, values);
			return values;
		}
		RocksIterator chunks = iterator(level.family());
		long last = level.window(column, from + length - 1);
		for (chunks.seek(Keys.of(column.id, level.window(column, from))); chunks.isValid(); chunks.next()) {
			byte[] key = chunks.key();
			long window = Keys.index(key);
			if (Keys.owner(key) != column.id || window > last) {
				break;
			}
			copy(ChunkCodec.decode(chunks.value()), level.firstSlot(column, window), values, from);
		}
		view.check(chunks);
		if (firstOpen != Stripe.NONE && from + length > firstOpen) {
			rows(column.stripe, Math.max(from, firstOpen), from + length).copy(column.position, values, from);
		}
		return values;
	}

	private void means(long firstOpen, Column column, Level level, long from, double[] values) {
		Level finer = level.finer(column);
		int share = (int) (level.step(column) / finer.step(column));
		long end = from + values.length;
		for (long window = level.window(column, from); level.firstSlot(column, window) < end; window++) {
			long first = level.firstSlot(column, window);
			byte[] chunk = view.get(level.family(), Keys.of(column.id, window));
			if (chunk != null) {
				copy(ChunkCodec.decode(chunk), first, values, from);
			} else {
				long begin = Math.max(first, from);
				int count = (int) (Math.min(first + Level.CHUNK, end) - begin);
				copy(RollUps.means(read(firstOpen, column, finer, begin * share, count * share), share), begin, values, from);
			}
		}
	}

	/** The open rows of a stripe in a span of slots, or in a longer one. */
	private OpenRows rows(Stripe stripe, long from, long to) {
		OpenRows known = open.get(stripe);
		if (known == null || known.from > from || known.to < to) {
			known = OpenRows.read(this, stripe, known == null ? from : Math.min(from, known.from), known == null ? to : Math.max(to, known.to));
			open.put(stripe, known);
		}
		return known;
	}

	/** The time of the first value in a column's chunks of a level, or {@link Long#MAX_VALUE}. */
	long firstChunk(Column column, Level level) {
		RocksIterator chunks = iterator(level.family());
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

	/** The time of the first value in a column's open rows that is before a time; that time where there is none. */
	long firstRow(long firstOpen, Column column, long before) {
		RocksIterator rows = iterator(Store.Family.ROWS);
		for (rows.seek(Keys.of(column.stripe.id, firstOpen)); rows.isValid(); rows.next()) {
			long slot = Keys.index(rows.key());
			if (Keys.owner(rows.key()) != column.stripe.id || slot * column.step >= before) {
				break;
			}
			if (!Double.isNaN(value(rows.value(), column.position))) {
				return slot * column.step;
			}
		}
		view.check(rows);
		return before;
	}

	/** Copies what overlaps; gaps too, since a chunk is all there is of its slots. */
	private static void copy(double[] chunk, long chunkStart, double[] values, long from) {
		int begin = (int) Math.max(0, from - chunkStart);
		int end = (int) Math.min(chunk.length, from + values.length - chunkStart);
		if (end > begin) {
			System.arraycopy(chunk, begin, values, (int) (chunkStart + begin - from), end - begin);
		}
	}

	/** The value at a position of a row; {@code NaN} where the row is too short. */
	static double value(byte[] row, int position) {
		return position * 8 < row.length ? ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN).getDouble(position * 8) : Double.NaN;
	}

	@Override
	public void close() {
		iterators.values().forEach(RocksIterator::close);
	}

	/**
	 * Rows of a stripe that have not become chunks yet.
	 *
	 * @param from  no row is before this slot
	 * @param to    exclusive
	 * @param slots ascending; of equal ones the later holds
	 */
	private record OpenRows(long from, long to, long[] slots, byte[][] rows) {
		static OpenRows read(ChunkReader reader, Stripe stripe, long from, long to) {
			long[] slots = new long[Level.CHUNK];
			byte[][] rows = new byte[Level.CHUNK][];
			int count = 0;
			RocksIterator iterator = reader.iterator(Store.Family.ROWS);
			for (iterator.seek(Keys.of(stripe.id, from)); iterator.isValid(); iterator.next()) {
				byte[] key = iterator.key();
				if (Keys.owner(key) != stripe.id || Keys.index(key) >= to) {
					break;
				}
				if (count == slots.length) {
					slots = Arrays.copyOf(slots, 2 * count);
					rows = Arrays.copyOf(rows, 2 * count);
				}
				slots[count] = Keys.index(key);
				rows[count++] = iterator.value();
			}
			reader.view.check(iterator);
			return new OpenRows(from, to, Arrays.copyOf(slots, count), Arrays.copyOf(rows, count));
		}

		void copy(int position, double[] values, long start) {
			for (int i = 0; i < slots.length; i++) {
				if (slots[i] >= start && slots[i] < start + values.length) {
					double value = value(rows[i], position);
					if (!Double.isNaN(value)) {
						values[(int) (slots[i] - start)] = value;
					}
				}
			}
		}
	}
}
