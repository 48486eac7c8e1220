// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import org.rocksdb.RocksIterator;

import io.shadowweaver.api.metric.SeriesId;

/** The columns and stripes of a store, in memory. Changed by the one writer, read by any thread. */
final class Catalog {
	private static final long LAYOUT = 1;

	private final Map<SeriesId, List<Column>> columns = new ConcurrentHashMap<>();
	private final Map<Integer, Stripe> stripes = new TreeMap<>();
	private final Map<Long, Stripe> filling = new HashMap<>();
	private int nextColumn;
	private volatile long samples;
	private long written;

	/** Reads all of it from a store. */
	static Catalog load(Store store) {
		Catalog catalog = new Catalog();
		try (Store.View view = store.snapshot()) {
			long layout = Keys.number(view.get(Store.Family.COLUMNS, Keys.VERSION));
			if (layout > LAYOUT) {
				throw new HistoryException("The history was written by a newer version (layout " + layout + ", this one knows "
						+ LAYOUT + "); it was left as it is.");
			}
			catalog.samples = Keys.number(view.get(Store.Family.COLUMNS, Keys.SAMPLES));
			catalog.written = catalog.samples;
			catalog.readColumns(view);
			catalog.readRows(view);
			catalog.readChunks(view);
		}
		return catalog;
	}

	private void readColumns(Store.View view) {
		try (RocksIterator entries = view.iterator(Store.Family.COLUMNS)) {
			for (entries.seekToFirst(); entries.isValid(); entries.next()) {
				if (entries.key().length != 4) {
					continue;
				}
				int id = Keys.owner(entries.key());
				Keys.Description known = Keys.Description.read(entries.value());
				Stripe stripe = stripes.computeIfAbsent(known.stripe(), key -> new Stripe(key, known.step()));
				register(new Column(id, known.series(), known.step(), stripe, known.position()));
				nextColumn = Math.max(nextColumn, id + 1);
			}
			view.check(entries);
		}
	}

	private void readRows(Store.View view) {
		try (RocksIterator rows = view.iterator(Store.Family.ROWS)) {
			for (rows.seekToFirst(); rows.isValid(); rows.next()) {
				Stripe stripe = stripes.get(Keys.owner(rows.key()));
				if (stripe == null) {
					continue;
				}
				long slot = Keys.index(rows.key());
				stripe.firstOpen = Math.min(stripe.firstOpen, slot);
				stripe.firstOpenNext = stripe.firstOpen;
				stripe.sequence = Math.max(stripe.sequence, Keys.sequence(rows.key()) + 1);
				byte[] row = rows.value();
				for (Column column : stripe.columns) {
					if (!Double.isNaN(ChunkReader.value(row, column.position))) {
						column.last = Math.max(column.last, slot * column.step);
						column.lastNext = column.last;
					}
				}
			}
			view.check(rows);
		}
	}

	/** The newest sample of columns whose rows are all closed. */
	private void readChunks(Store.View view) {
		try (RocksIterator chunks = view.iterator(Store.Family.RAW)) {
			for (List<Column> same : columns.values()) {
				for (Column column : same) {
					chunks.seekForPrev(Keys.of(column.id, Long.MAX_VALUE));
					if (chunks.isValid() && Keys.owner(chunks.key()) == column.id) {
						double[] slots = ChunkCodec.decode(chunks.value());
						int i = slots.length - 1;
						while (Double.isNaN(slots[i])) {
							i--;
						}
						long slot = Level.RAW.firstSlot(column, Keys.index(chunks.key())) + i;
						column.last = Math.max(column.last, slot * column.step);
						column.lastNext = column.last;
					}
					view.check(chunks);
				}
			}
		}
	}

	private void register(Column column) {
		column.stripe.columns.add(column);
		column.stripe.positions = Math.max(column.stripe.positions, column.position + 1);
		columns.merge(column.series, List.of(column), (before, added) -> {
			List<Column> longer = new ArrayList<>(before);
			longer.addAll(added);
			return List.copyOf(longer);
		});
	}

	/** The column of a series at a step, made and put into the changes where it is new. */
	Column column(SeriesId series, long step, Store.Changes changes) {
		for (Column column : columns.getOrDefault(series, List.of())) {
			if (column.step == step) {
				return column;
			}
		}
		Stripe stripe = filling.get(step);
		if (stripe == null || stripe.positions == Stripe.SIZE) {
			stripe = new Stripe(stripes.isEmpty() ? 0 : ((TreeMap<Integer, Stripe>) stripes).lastKey() + 1, step);
			stripes.put(stripe.id, stripe);
			filling.put(step, stripe);
		}
		Column column = new Column(nextColumn++, series, step, stripe, stripe.positions);
		register(column);
		changes.put(Store.Family.COLUMNS, Keys.column(column.id), Keys.describe(column));
		changes.put(Store.Family.COLUMNS, Keys.VERSION, Keys.number(LAYOUT));
		return column;
	}

	/** Forgets a column that holds nothing any more. */
	void remove(Column column, Store.Changes changes) {
		changes.delete(Store.Family.COLUMNS, Keys.column(column.id));
		column.stripe.columns.remove(column);
		columns.computeIfPresent(column.series, (series, before) -> {
			List<Column> shorter = new ArrayList<>(before);
			shorter.remove(column);
			return shorter.isEmpty() ? null : List.copyOf(shorter);
		});
	}

	/** The columns of a series, the one with the newest sample first; empty when it is not known. */
	List<Column> columns(SeriesId series) {
		List<Column> found = columns.getOrDefault(series, List.of());
		if (found.size() < 2) {
			return found;
		}
		List<Column> sorted = new ArrayList<>(found);
		sorted.sort((a, b) -> Long.compare(b.last, a.last));
		return sorted;
	}

	/** All columns, in no order. */
	List<Column> all() {
		List<Column> all = new ArrayList<>();
		columns.values().forEach(all::addAll);
		return all;
	}

	/** All stripes; for the writer only. */
	List<Stripe> stripes() {
		return List.copyOf(stripes.values());
	}

	/** All series that hold or held samples. */
	Set<SeriesId> series() {
		Set<SeriesId> ids = new TreeSet<>();
		columns.forEach((id, same) -> {
			for (Column column : same) {
				if (column.last != Column.NEVER) {
					ids.add(id);
				}
			}
		});
		return ids;
	}

	/** Counts samples. */
	void count(long added) {
		samples = samples + added;
	}

	/** Puts the number of samples into the changes, where it has changed. */
	void finish(Store.Changes changes) {
		if (samples != written) {
			written = samples;
			changes.put(Store.Family.COLUMNS, Keys.SAMPLES, Keys.number(samples));
		}
	}

	long samples() {
		return samples;
	}
}
