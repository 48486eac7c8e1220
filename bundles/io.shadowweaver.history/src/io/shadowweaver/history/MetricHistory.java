// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.history;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiFunction;
import java.util.function.Function;

import io.shadowweaver.api.metric.Block;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;

/**
 * The samples of an estate on disk. What a call stored is durable when it returns, and a call that fails stores nothing.
 * Thread-safe: writers wait for one another, readers see one moment and wait for nobody.
 * <p>
 * On disk: each tick is one atomic batch of rows, one for every {@link Stripe} of up to 64 series. Once a stripe has been
 * filled for 120 slots its rows become one chunk a series ({@link ChunkCodec}), in the batch that begins the next; stripes
 * do so at different ticks. From samples means of five minutes and of an hour are made as their chunks are complete. A
 * sample belongs to the slot of its series' step that covers its time; of two in a slot the later one holds.
 */
public final class MetricHistory implements AutoCloseable {
	private static final System.Logger LOG = System.getLogger(MetricHistory.class.getName());
	private static final int COLUMNS_A_COMMIT = 512;

	private final Path directory;
	private final Retention retention;
	private final InstantSource clock;
	private final Object writing = new Object();
	private final ReentrantReadWriteLock open = new ReentrantReadWriteLock();
	private Store store;
	private volatile Catalog catalog;
	private Appender appender;
	private boolean suspect;

	private MetricHistory(Path directory, Retention retention, InstantSource clock) {
		this.directory = directory;
		this.retention = retention;
		this.clock = clock;
		load();
	}

	/**
	 * Opens a history, and creates it where there is none.
	 *
	 * @param directory holds its files alone; created
	 * @param retention how long samples are kept
	 * @param clock     the estate's time, from which age is counted
	 * @return the open history, the only one of that folder
	 * @throws HistoryException when it is open already, damaged, of a newer version, or the disk is full
	 */
	public static MetricHistory open(Path directory, Retention retention, InstantSource clock) throws HistoryException {
		return new MetricHistory(directory, retention, clock);
	}

	private void load() {
		Store opened = new Store(directory);
		try {
			catalog = Catalog.load(opened);
		} catch (RuntimeException e) {
			opened.close();
			throw e;
		}
		store = opened;
		appender = new Appender(catalog);
		suspect = false;
	}

	/**
	 * Stores the samples of one instant.
	 *
	 * @param tick the samples; {@code NaN} is a gap and is not stored
	 * @param step the distance of two ticks; a series whose step changes keeps what it has at the old one
	 * @return what was stored and what was refused since time did not advance
	 * @throws HistoryException when it cannot be written; then nothing of it is
	 */
	public AppendResult append(Tick tick, Duration step) {
		return append(List.of(tick), step);
	}

	/**
	 * Stores the samples of some instants in one batch.
	 *
	 * @param ticks in time order
	 * @param step  the distance of two ticks, at least a millisecond
	 * @return what was stored and what was refused since time did not advance
	 * @throws HistoryException when it cannot be written; then nothing of it is
	 */
	public AppendResult append(List<Tick> ticks, Duration step) {
		if (step.toMillis() <= 0) {
			throw new IllegalArgumentException("step must be at least a millisecond: " + step);
		}
		return write(changes -> appender.append(ticks, step.toMillis(), changes));
	}

	/**
	 * Stores older samples; where there is one already it holds. All of it is stored, or nothing.
	 *
	 * @param blocks samples by series, in any order
	 * @throws HistoryException when they cannot be written
	 */
	public void backfill(List<Block> blocks) {
		for (Block block : blocks) {
			if (block.series().step().toMillis() <= 0) {
				throw new IllegalArgumentException("step of " + block.id() + " must be at least a millisecond: " + block.series().step());
			}
		}
		long kept = clock.millis() - retention.raw().toMillis();
		write(changes -> {
			blocks.forEach(block -> appender.backfill(block, kept, changes));
			return null;
		});
	}

	/**
	 * The samples of a series at its own step.
	 *
	 * @param from the first value covers it, where there are samples that old
	 * @param to   exclusive
	 * @return the values between the first and the last sample in that span, gaps as {@code NaN}; an empty series says why
	 * @throws HistoryException when it cannot be read
	 */
	public Series range(SeriesId id, Instant from, Instant to) {
		return read(id, (reader, asked) -> reader.range(asked, from, to, 0));
	}

	/**
	 * Means of a series over a step. The coarsest roll-up that divides the step is used, so a year in hours costs as little
	 * as a day in quarter minutes.
	 *
	 * @param from the first value covers it, where there are samples that old
	 * @param to   exclusive
	 * @param step of the result; a finer one than that of the series gives the series' own
	 * @return the means, gaps as {@code NaN}; an empty series says why
	 * @throws HistoryException when it cannot be read
	 */
	public Series range(SeriesId id, Instant from, Instant to, Duration step) {
		return range(List.of(id), from, to, step).getFirst();
	}

	/**
	 * Means of some series over a step, of each as {@link #range(SeriesId, Instant, Instant, Duration)} gives them, but all from one
	 * moment, and at less cost: what they share on disk is read once.
	 *
	 * @param ids  of one estate those that belong together are best asked for together
	 * @param from the first value of a series covers it, where there are samples that old
	 * @param to   exclusive
	 * @param step of the result; a finer one than that of a series gives the series' own
	 * @return one for each id, in their order; an empty series says why
	 * @throws HistoryException when they cannot be read
	 */
	public List<Series> range(List<SeriesId> ids, Instant from, Instant to, Duration step) {
		if (step.toMillis() <= 0) {
			throw new IllegalArgumentException("step must be at least a millisecond: " + step);
		}
		return read(ids, (reader, all) -> all.stream().map(asked -> reader.range(asked, from, to, step.toMillis())).toList());
	}

	/** The series that have samples, in order. */
	public Set<SeriesId> series() {
		return catalog.series();
	}

	/** The time of the oldest sample or mean that is kept of a series. */
	public Optional<Instant> first(SeriesId id) {
		return read(id, RangeReader::first);
	}

	/** The time of the newest sample of a series. */
	public Optional<Instant> last(SeriesId id) {
		List<Column> columns = catalog.columns(id);
		return columns.isEmpty() || columns.getFirst().last == Column.NEVER ? Optional.empty()
				: Optional.of(Instant.ofEpochMilli(columns.getFirst().last));
	}

	/** What it holds, and what that takes on disk at this moment. */
	public HistoryStats stats() {
		open.readLock().lock();
		try {
			checkOpen();
			return new HistoryStats(catalog.series().size(), catalog.samples(), store.bytes());
		} finally {
			open.readLock().unlock();
		}
	}

	/**
	 * Drops what is too old, then, while there are too many bytes, the oldest samples, then the oldest means. Long when there
	 * is much to drop: for a worker. Others may write in between.
	 *
	 * @throws HistoryException when it cannot be written; what was dropped until then is
	 */
	public void enforceRetention() {
		long now = clock.millis();
		write(changes -> {
			for (Stripe stripe : catalog.stripes()) {
				long window = Math.floorDiv(Math.floorDiv(now, stripe.step) + Level.phase(stripe.id), Level.CHUNK);
				appender.close(stripe, (window - 1) * Level.CHUNK - Level.phase(stripe.id), changes);
			}
			return null;
		});
		prune((pruner, column, changes) -> pruner.byAge(column, changes), now);
		boolean compacted = false;
		for (Level level : Level.values()) {
			for (int round = 0; round < 6 && bytes() > retention.maxBytes(); round++) {
				if (!compacted) {
					compact();
					compacted = true;
					continue;
				}
				long oldest = oldest(level);
				if (oldest >= now) {
					break;
				}
				double share = Math.min(.9, 1.1 - (double) retention.maxBytes() / bytes());
				long horizon = oldest + (long) ((now - oldest) * Math.max(.1, share));
				prune((pruner, column, changes) -> {
					if (level.exists(column)) {
						pruner.before(column, level, horizon, changes);
					}
				}, now);
				compact();
			}
		}
		if (bytes() > retention.maxBytes()) {
			LOG.log(System.Logger.Level.WARNING, "The history in {0} takes {1} bytes, more than the {2} that it may, though all that may go is gone.",
					directory, bytes(), retention.maxBytes());
		}
	}

	/** Writes buffers out and gives the space of dropped samples back. For maintenance and measurements; long. */
	public void compact() {
		open.readLock().lock();
		try {
			checkOpen();
			store.compact();
		} finally {
			open.readLock().unlock();
		}
	}

	private interface Prune {
		void apply(Pruner pruner, Column column, Store.Changes changes);
	}

	private void prune(Prune prune, long now) {
		List<Column> columns = catalog.all();
		for (int from = 0; from < columns.size(); from += COLUMNS_A_COMMIT) {
			List<Column> part = columns.subList(from, Math.min(columns.size(), from + COLUMNS_A_COMMIT));
			write(changes -> {
				Pruner pruner = new Pruner(catalog, retention, now);
				part.forEach(column -> prune.apply(pruner, column, changes));
				appender.columnsChanged();
				return null;
			});
		}
	}

	private long oldest(Level level) {
		open.readLock().lock();
		try {
			checkOpen();
			try (Store.View view = store.snapshot(); ChunkReader reader = new ChunkReader(view)) {
				return catalog.all().stream().mapToLong(column -> reader.firstChunk(column, level)).min().orElse(Long.MAX_VALUE);
			}
		} finally {
			open.readLock().unlock();
		}
	}

	private long bytes() {
		open.readLock().lock();
		try {
			checkOpen();
			return store.bytes();
		} finally {
			open.readLock().unlock();
		}
	}

	private <T> T read(SeriesId id, BiFunction<RangeReader, RangeReader.Asked, T> question) {
		return read(List.of(id), (reader, all) -> question.apply(reader, all.getFirst()));
	}

	private <T> T read(List<SeriesId> ids, BiFunction<RangeReader, List<RangeReader.Asked>, T> question) {
		open.readLock().lock();
		try {
			checkOpen();
			List<RangeReader.Asked> all = ids.stream().map(id -> RangeReader.Asked.of(id, catalog)).toList();
			try (RangeReader reader = new RangeReader(all, store)) {
				return question.apply(reader, all);
			}
		} finally {
			open.readLock().unlock();
		}
	}

	private <T> T write(Function<Store.Changes, T> change) {
		synchronized (writing) {
			recover();
			open.readLock().lock();
			try {
				checkOpen();
				suspect = true;
				T result;
				try (Store.Changes changes = store.changes()) {
					result = change.apply(changes);
					catalog.finish(changes);
					changes.commit();
				}
				appender.committed();
				suspect = false;
				return result;
			} finally {
				open.readLock().unlock();
			}
		}
	}

	/** After a failed write the memory is ahead of the disk, and RocksDB may have stopped writing: both begin anew. */
	private void recover() {
		if (!suspect) {
			return;
		}
		open.writeLock().lock();
		try {
			if (store != null) {
				store.close();
				store = null;
			}
			load();
		} finally {
			open.writeLock().unlock();
		}
	}

	private void checkOpen() {
		if (store == null) {
			throw new HistoryException("The history in " + directory + " is closed" + (suspect ? " since it could not be opened again." : "."));
		}
	}

	/** Closes the files. Later calls fail with a sentence. */
	@Override
	public void close() {
		synchronized (writing) {
			open.writeLock().lock();
			try {
				if (store != null) {
					store.close();
					store = null;
				}
				suspect = false;
			} finally {
				open.writeLock().unlock();
			}
		}
	}
}
