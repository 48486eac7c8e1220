// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.history;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

import org.rocksdb.RocksIterator;

/** Reads slots of a column: its chunks, and over them its open rows. */
final class ChunkReader {
	private ChunkReader() {
	}

	/**
	 * The slots of a level. Where a roll-up was not made yet, it is computed from the next finer level.
	 *
	 * @param view      what is read
	 * @param firstOpen of the stripe, taken before the view was made
	 * @param from      the first slot
	 * @param length    the number of slots
	 * @return the values, {@code NaN} for gaps
	 */
	static double[] read(Store.View view, long firstOpen, Column column, Level level, long from, int length) {
		double[] values = new double[length];
		Arrays.fill(values, Double.NaN);
		if (length == 0) {
			return values;
		}
		if (level != Level.RAW) {
			means(view, firstOpen, column, level, from, values);
			return values;
		}
		try (RocksIterator chunks = view.iterator(level.family())) {
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
		}
		if (firstOpen != Stripe.NONE && from + length > firstOpen) {
			rows(view, firstOpen, column, from, values);
		}
		return values;
	}

	private static void means(Store.View view, long firstOpen, Column column, Level level, long from, double[] values) {
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
				copy(RollUps.means(read(view, firstOpen, column, finer, begin * share, count * share), share), begin, values, from);
			}
		}
	}

	private static void rows(Store.View view, long firstOpen, Column column, long from, double[] values) {
		try (RocksIterator rows = view.iterator(Store.Family.ROWS)) {
			for (rows.seek(Keys.of(column.stripe.id, Math.max(from, firstOpen))); rows.isValid(); rows.next()) {
				byte[] key = rows.key();
				long slot = Keys.index(key);
				if (Keys.owner(key) != column.stripe.id || slot >= from + values.length) {
					break;
				}
				double value = value(rows.value(), column.position);
				if (!Double.isNaN(value)) {
					values[(int) (slot - from)] = value;
				}
			}
			view.check(rows);
		}
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
}
