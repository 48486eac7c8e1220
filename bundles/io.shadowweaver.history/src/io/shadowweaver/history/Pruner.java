// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.history;

import java.util.ArrayList;
import java.util.List;

import org.rocksdb.RocksIterator;

/** Drops what is older than it is kept. What goes is rolled up first. For the one writer. */
final class Pruner {
	private final Catalog catalog;
	private final Retention retention;
	private final long now;

	Pruner(Catalog catalog, Retention retention, long now) {
		this.catalog = catalog;
		this.retention = retention;
		this.now = now;
	}

	/** The time before which a level of a column is dropped. */
	static long horizon(Column column, Level level, Retention retention, long now) {
		Level coarser = coarser(column, level);
		long kept = switch (coarser) {
		case FIVE_MINUTES -> retention.raw().toMillis();
		case HOUR -> retention.fiveMinutes().toMillis();
		case null, default -> retention.hourly().toMillis();
		};
		return now - kept;
	}

	/** Drops what is too old of a column. */
	void byAge(Column column, Store.Changes changes) {
		for (Level level : Level.values()) {
			if (level.exists(column)) {
				before(column, level, horizon(column, level, retention, now), changes);
			}
		}
		if (column.last < now - retention.hourly().toMillis() && isEmpty(column, changes)) {
			catalog.remove(column, changes);
		}
	}

	/** Drops a column's chunks of a level that end before a time, where their roll-ups can be made. */
	void before(Column column, Level level, long horizon, Store.Changes changes) {
		List<byte[]> gone = new ArrayList<>();
		long samples = 0;
		Level coarser = coarser(column, level);
		long rolled = Long.MIN_VALUE;
		try (RocksIterator chunks = changes.iterator(level.family())) {
			for (chunks.seek(Keys.of(column.id, Long.MIN_VALUE)); chunks.isValid(); chunks.next()) {
				byte[] key = chunks.key();
				if (Keys.owner(key) != column.id) {
					break;
				}
				long window = Keys.index(key);
				long end = level.firstSlot(column, window + 1) * level.step(column);
				long rolledUpTo = coarser == null ? end : completeEnd(column, coarser);
				if (end > Math.min(horizon, rolledUpTo)) {
					break;
				}
				gone.add(key);
				samples += level == Level.RAW ? ChunkCodec.count(chunks.value()) : 0;
			}
			changes.check(chunks);
		}
		if (gone.isEmpty()) {
			return;
		}
		if (coarser != null) {
			for (byte[] key : gone) {
				long start = level.firstSlot(column, Keys.index(key)) * level.step(column);
				long end = start + Level.CHUNK * level.step(column) - 1;
				for (long window = Math.max(rolled, coarser.window(column, coarser.slot(column, start))); window <= coarser
						.window(column, coarser.slot(column, end)); window++) {
					if (changes.get(coarser.family(), Keys.of(column.id, window)) == null) {
						RollUps.make(changes, column, coarser, window, false);
					}
					rolled = window + 1;
				}
			}
		}
		gone.forEach(key -> changes.delete(level.family(), key));
		catalog.count(-samples);
	}

	/** The end of the newest chunk of a level that gets no more samples. */
	private long completeEnd(Column column, Level level) {
		long open = level.window(column, level.slot(column, Math.max(column.last, now)));
		return level.firstSlot(column, open) * level.step(column);
	}

	private static boolean isEmpty(Column column, Store.View view) {
		try (ChunkReader reader = new ChunkReader(view)) {
			for (Level level : Level.values()) {
				if (reader.firstChunk(column, level) != Long.MAX_VALUE) {
					return false;
				}
			}
		}
		return column.stripe.firstOpen == Stripe.NONE;
	}

	/** The level that what is dropped lives on in, or {@code null}. */
	static Level coarser(Column column, Level level) {
		for (Level next : Level.values()) {
			if (next.ordinal() > level.ordinal() && next.exists(column)) {
				return next;
			}
		}
		return null;
	}
}
