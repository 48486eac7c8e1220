// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.history;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;
import org.rocksdb.Status;
import org.rocksdb.WriteBatchWithIndex;
import org.rocksdb.WriteOptions;

/** One open RocksDB with its families. Every failure is a {@link HistoryException} with a sentence. */
final class Store implements AutoCloseable {
	/** What is kept apart. The names are on disk. */
	enum Family {
		/** Columns by id, and counters. */
		COLUMNS("default", 1),
		/** New samples, a row a stripe and tick: the log that chunks replace. */
		ROWS("rows", 16),
		/** Chunks of samples as they came. */
		RAW("raw", 16),
		/** Chunks of means of five minutes. */
		FIVE_MINUTES("five-minutes", 4),
		/** Chunks of means of an hour. */
		HOUR("hour", 2);

		private final String name;
		private final long bufferMegabytes;

		Family(String name, long bufferMegabytes) {
			this.name = name;
			this.bufferMegabytes = bufferMegabytes;
		}
	}

	private static final long MEGABYTE = 1 << 20;
	private static final int TRIES = 5;

	private final Path directory;
	private final List<AutoCloseable> resources = new ArrayList<>();
	private final List<ColumnFamilyHandle> handles = new ArrayList<>();
	private final WriteOptions synced;
	private RocksDB db;
	private boolean reader;

	Store(Path directory) {
		this.directory = directory;
		try {
			Files.createDirectories(directory);
		} catch (IOException e) {
			throw new HistoryException("The history folder " + directory + " cannot be created: " + e.getMessage() + ".", e);
		}
		try {
			RocksDB.loadLibrary();
		} catch (UnsatisfiedLinkError | RuntimeException e) {
			throw new HistoryException("The history needs the native part of RocksDB, which cannot be loaded here: " + e.getMessage() + ".", e);
		}
		synced = own(new WriteOptions().setSync(true));
		try {
			open(Optional.empty());
		} catch (RocksDBException e) {
			close();
			throw failure("opened", e);
		}
	}

	private Store(Path directory, Path scratch) throws RocksDBException {
		this.directory = directory;
		RocksDB.loadLibrary();
		synced = own(new WriteOptions());
		try {
			open(Optional.of(scratch));
			// what was flushed while it was opened
			db.tryCatchUpWithPrimary();
		} catch (RocksDBException e) {
			close();
			throw e;
		}
	}

	/**
	 * Opens a store as it is at this moment, for reading, also while another one or another process writes it. It takes no lock, and what
	 * is written or deleted later is not seen.
	 *
	 * @param scratch for RocksDB's own log; exists
	 */
	static Store reading(Path directory, Path scratch) {
		for (int left = TRIES;; left--) {
			try {
				return new Store(directory, scratch);
			} catch (RocksDBException e) {
				// files may go between being named and being opened
				if (left == 0) {
					throw failure(directory, "read", e);
				}
			}
		}
	}

	private void open(Optional<Path> scratch) throws RocksDBException {
		LRUCache cache = own(new LRUCache(32 * MEGABYTE));
		BloomFilter bloom = own(new BloomFilter(10));
		DBOptions options = own(new DBOptions()).setCreateIfMissing(scratch.isEmpty()).setCreateMissingColumnFamilies(scratch.isEmpty())
				.setKeepLogFileNum(2).setMaxLogFileSize(MEGABYTE).setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
				.setMaxTotalWalSize(32 * MEGABYTE).setMaxBackgroundJobs(2)
				// a reader holds all files, so that they stay although the writer deletes them
				.setMaxOpenFiles(scratch.isEmpty() ? 256 : -1);
		List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
		for (Family family : Family.values()) {
			BlockBasedTableConfig table = new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(bloom)
					.setBlockSize(16 * 1024).setFormatVersion(5);
			ColumnFamilyOptions familyOptions = own(new ColumnFamilyOptions()).setTableFormatConfig(table)
					.setWriteBufferSize(family.bufferMegabytes * MEGABYTE).setLevelCompactionDynamicLevelBytes(true)
					.setCompressionType(CompressionType.LZ4_COMPRESSION)
					.setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION);
			descriptors.add(new ColumnFamilyDescriptor(family.name.getBytes(StandardCharsets.UTF_8), familyOptions));
		}
		db = scratch.isEmpty() ? RocksDB.open(options, directory.toString(), descriptors, handles)
				: RocksDB.openAsSecondary(options, directory.toString(), scratch.get().toString(), descriptors, handles);
		reader = scratch.isPresent();
	}

	private <T extends AutoCloseable> T own(T resource) {
		resources.add(resource);
		return resource;
	}

	/** A view of one moment, for readers. */
	View snapshot() {
		return new SnapshotView();
	}

	/** Changes that are written together, and a view in which they are done already. */
	Changes changes() {
		return new Changes();
	}

	/** Bytes of all files in the folder. */
	long bytes() {
		try (Stream<Path> files = Files.list(directory)) {
			return files.mapToLong(file -> file.toFile().length()).sum();
		} catch (IOException e) {
			throw new HistoryException("The history folder " + directory + " cannot be listed: " + e.getMessage() + ".", e);
		}
	}

	/** Writes the buffers out and gives deleted space back. Long, when there is much. */
	void compact() {
		try (FlushOptions flush = new FlushOptions().setWaitForFlush(true)) {
			db.flush(flush, handles);
			for (ColumnFamilyHandle handle : handles) {
				db.compactRange(handle);
			}
		} catch (RocksDBException e) {
			throw failure("compacted", e);
		}
	}

	private HistoryException failure(String what, RocksDBException e) {
		return failure(directory, what, e);
	}

	private static HistoryException failure(Path directory, String what, RocksDBException e) {
		Status status = e.getStatus();
		Status.Code code = status == null ? Status.Code.Undefined : status.getCode();
		String text = e.getMessage() == null ? "" : e.getMessage();
		String lower = text.toLowerCase(Locale.ROOT);
		String reason;
		if (code == Status.Code.IOError && (status.getSubCode() == Status.SubCode.NoSpace || lower.contains("no space"))) {
			reason = "the disk is full";
		} else if (lower.contains("lock file") || lower.contains("lock hold") || lower.contains("/lock:")) {
			return new HistoryException("The history in " + directory + " cannot be " + what + ": it is open already, in this or another process.", e, true);
		} else if (code == Status.Code.Corruption) {
			reason = "its files are damaged (" + text + ")";
		} else {
			reason = text;
		}
		return new HistoryException("The history in " + directory + " cannot be " + what + ": " + reason + ".", e);
	}

	@Override
	public void close() {
		handles.forEach(ColumnFamilyHandle::close);
		handles.clear();
		if (db != null) {
			db.close();
			db = null;
		}
		for (int i = resources.size() - 1; i >= 0; i--) {
			try {
				resources.get(i).close();
			} catch (Exception e) {
				throw new IllegalStateException(e);
			}
		}
		resources.clear();
	}

	/** Reads keys. To be closed. */
	abstract class View implements AutoCloseable {
		/** The value, or {@code null}. */
		abstract byte[] get(Family family, byte[] key);

		/** An iterator, to be closed before the view. */
		abstract RocksIterator iterator(Family family);

		/** Throws when an iterator stopped for another reason than the end. */
		final void check(RocksIterator iterator) {
			try {
				iterator.status();
			} catch (RocksDBException e) {
				throw failure("read", e);
			}
		}

		@Override
		public abstract void close();
	}

	private final class SnapshotView extends View {
		/** A reader sees one moment anyway, and knows no snapshots. */
		private final Snapshot snapshot = reader ? null : db.getSnapshot();
		private final ReadOptions options = new ReadOptions();

		SnapshotView() {
			if (snapshot != null) {
				options.setSnapshot(snapshot);
			}
		}

		@Override
		byte[] get(Family family, byte[] key) {
			try {
				return db.get(handles.get(family.ordinal()), options, key);
			} catch (RocksDBException e) {
				throw failure("read", e);
			}
		}

		@Override
		RocksIterator iterator(Family family) {
			return db.newIterator(handles.get(family.ordinal()), options);
		}

		@Override
		public void close() {
			options.close();
			if (snapshot != null) {
				db.releaseSnapshot(snapshot);
				snapshot.close();
			}
		}
	}

	/** Changes that reach the disk together at {@link #commit()}, or not at all. */
	final class Changes extends View {
		private final WriteBatchWithIndex batch = new WriteBatchWithIndex(true);
		private final ReadOptions options = new ReadOptions();

		void put(Family family, byte[] key, byte[] value) {
			try {
				batch.put(handles.get(family.ordinal()), key, value);
			} catch (RocksDBException e) {
				throw failure("written", e);
			}
		}

		void delete(Family family, byte[] key) {
			try {
				batch.delete(handles.get(family.ordinal()), key);
			} catch (RocksDBException e) {
				throw failure("written", e);
			}
		}

		boolean isEmpty() {
			return batch.count() == 0;
		}

		/** Writes all of it; durable when it returns. */
		void commit() {
			if (isEmpty()) {
				return;
			}
			try {
				db.write(synced, batch);
			} catch (RocksDBException e) {
				throw failure("written", e);
			}
		}

		@Override
		byte[] get(Family family, byte[] key) {
			try {
				return batch.getFromBatchAndDB(db, handles.get(family.ordinal()), options, key);
			} catch (RocksDBException e) {
				throw failure("read", e);
			}
		}

		@Override
		RocksIterator iterator(Family family) {
			ColumnFamilyHandle handle = handles.get(family.ordinal());
			return batch.newIteratorWithBase(handle, db.newIterator(handle, options));
		}

		@Override
		public void close() {
			batch.close();
			options.close();
		}
	}
}
