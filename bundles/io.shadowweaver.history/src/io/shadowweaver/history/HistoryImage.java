// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.history;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.rocksdb.RocksIterator;

/**
 * A history as it was at one moment, whole ticks only, to be copied elsewhere while it goes on being written, by this or another process.
 * It comes in parts: a part of samples is a day, one of means a month, of all series; a day that is over has the same bytes in each later
 * image, unless samples were filled in or dropped. {@link HistoryRestore} makes a history of the parts. One thread.
 */
public final class HistoryImage implements AutoCloseable {
	static final int MAGIC = 0x53574849;
	static final int VERSION = 1;
	static final int END = -1;

	/**
	 * Chunks of one family whose first slot lies in a span.
	 *
	 * @param from milliseconds, inclusive
	 * @param to   milliseconds, exclusive
	 */
	private record Span(Level level, long from, long to) {
	}

	private final Path scratch;
	private final Store store;
	private final Store.View view;
	private final List<Column> columns = new ArrayList<>();
	private final Map<String, Span> spans = new TreeMap<>();
	private final Instant newest;

	private HistoryImage(Path directory) {
		try {
			scratch = Files.createTempDirectory("history-image");
		} catch (IOException e) {
			throw new HistoryException("No temporary folder can be made to read the history in " + directory + ": " + e.getMessage() + ".", e);
		}
		try {
			store = Store.reading(directory, scratch);
		} catch (RuntimeException e) {
			remove(scratch);
			throw e;
		}
		view = store.snapshot();
		try {
			Catalog catalog = Catalog.load(store);
			columns.addAll(catalog.all());
			columns.sort(Comparator.comparingInt(column -> column.id));
			long last = columns.stream().mapToLong(column -> column.last).max().orElse(Column.NEVER);
			newest = last == Column.NEVER ? Instant.EPOCH : Instant.ofEpochMilli(last);
			for (Level level : Level.values()) {
				find(level);
			}
		} catch (RuntimeException e) {
			close();
			throw e;
		}
	}

	/**
	 * Takes an image.
	 *
	 * @param directory of a history, which may be open elsewhere
	 * @throws HistoryException when it cannot be read, is damaged, or of a newer version
	 */
	public static HistoryImage of(Path directory) {
		if (!Files.exists(directory.resolve("CURRENT"))) {
			throw new HistoryException("There is no history in " + directory + ".");
		}
		return new HistoryImage(directory);
	}

	/** The time of the newest sample; the epoch where there is none. */
	public Instant newest() {
		return newest;
	}

	/** The names of the parts, in the order in which they are best written. Letters, digits, hyphens and dots. */
	public List<String> parts() {
		List<String> names = new ArrayList<>(spans.keySet());
		names.add(name(Store.Family.ROWS));
		names.add(name(Store.Family.COLUMNS));
		return names;
	}

	/**
	 * Writes a part.
	 *
	 * @param part one of {@link #parts()}
	 * @param out  not closed
	 * @throws IOException      of the stream
	 * @throws HistoryException when it cannot be read
	 */
	public void write(String part, OutputStream out) throws IOException {
		DataOutputStream data = new DataOutputStream(out);
		data.writeInt(MAGIC);
		data.writeInt(VERSION);
		Span span = spans.get(part);
		if (span != null) {
			data.writeUTF(name(span.level.family()));
			write(span, data);
		} else {
			Store.Family family = Store.Family.valueOf(part.toUpperCase(java.util.Locale.ROOT));
			data.writeUTF(name(family));
			writeAll(family, data);
		}
		data.writeInt(END);
		data.flush();
	}

	static String name(Store.Family family) {
		return family.name().toLowerCase(java.util.Locale.ROOT);
	}

	private void writeAll(Store.Family family, DataOutputStream data) throws IOException {
		try (RocksIterator entries = view.iterator(family)) {
			for (entries.seekToFirst(); entries.isValid(); entries.next()) {
				write(entries, data);
			}
			view.check(entries);
		}
	}

	private void write(Span span, DataOutputStream data) throws IOException {
		try (RocksIterator chunks = view.iterator(span.level.family())) {
			for (Column column : columns) {
				if (!span.level.exists(column)) {
					continue;
				}
				for (chunks.seek(Keys.of(column.id, firstWindow(column, span.level, span.from))); isOf(chunks, column) && start(chunks, column, span.level) < span.to; chunks.next()) {
					write(chunks, data);
				}
				view.check(chunks);
			}
		}
	}

	private static void write(RocksIterator entry, DataOutputStream data) throws IOException {
		data.writeInt(entry.key().length);
		data.write(entry.key());
		data.writeInt(entry.value().length);
		data.write(entry.value());
	}

	private static boolean isOf(RocksIterator chunks, Column column) {
		return chunks.isValid() && Keys.owner(chunks.key()) == column.id;
	}

	/** When the first slot of a chunk begins, in milliseconds. */
	private static long start(RocksIterator chunks, Column column, Level level) {
		return level.firstSlot(column, Keys.index(chunks.key())) * level.step(column);
	}

	/** The first chunk that begins at a time or later. */
	private static long firstWindow(Column column, Level level, long millis) {
		return Math.ceilDiv(Math.ceilDiv(millis, level.step(column)) + Level.phase(column.stripe.id), Level.CHUNK);
	}

	/** The spans of a level that hold anything: one look for each column and span. */
	private void find(Level level) {
		TreeSet<Long> found = new TreeSet<>();
		try (RocksIterator chunks = view.iterator(level.family())) {
			for (Column column : columns) {
				if (!level.exists(column)) {
					continue;
				}
				chunks.seek(Keys.of(column.id, Long.MIN_VALUE));
				while (isOf(chunks, column)) {
					Span span = span(level, start(chunks, column, level));
					found.add(span.from);
					chunks.seek(Keys.of(column.id, firstWindow(column, level, span.to)));
				}
				view.check(chunks);
			}
		}
		for (long from : found) {
			Instant begin = Instant.ofEpochMilli(from);
			String day = begin.atZone(ZoneOffset.UTC).toLocalDate().toString();
			spans.put(name(level.family()) + "." + (level == Level.RAW ? day : day.substring(0, day.lastIndexOf('-'))), span(level, from));
		}
	}

	private static Span span(Level level, long millis) {
		Instant at = Instant.ofEpochMilli(millis);
		if (level == Level.RAW) {
			Instant day = at.truncatedTo(ChronoUnit.DAYS);
			return new Span(level, day.toEpochMilli(), day.plus(1, ChronoUnit.DAYS).toEpochMilli());
		}
		YearMonth month = YearMonth.from(at.atZone(ZoneOffset.UTC));
		return new Span(level, millis(month), millis(month.plusMonths(1)));
	}

	private static long millis(YearMonth month) {
		return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
	}

	private static void remove(Path folder) {
		try (Stream<Path> all = Files.walk(folder)) {
			for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
				Files.deleteIfExists(path);
			}
		} catch (IOException e) {
			System.getLogger(HistoryImage.class.getName()).log(System.Logger.Level.WARNING, folder + " was not removed: " + e.getMessage());
		}
	}

	@Override
	public void close() {
		view.close();
		store.close();
		remove(scratch);
	}
}
