// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.calendar;

import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.shadowweaver.api.metric.Event;
import io.shadowweaver.api.plugin.PluginException;

/**
 * The calendar of an estate and its file, {@value #NAME} in the directory of the estate. Any thread; what reads or writes the file blocks. A
 * change is in the file, whole, before it counts; one that fails changes nothing. The file may be changed by hand or by
 * a command at any time: {@link #refresh()} takes that in.
 */
public final class CalendarBook {
	/** The name of the file. */
	public static final String NAME = "calendar.ics";
	private static final long LARGEST = 32L << 20;
	private final Path directory;
	private final Runnable changed;
	private volatile EventCalendar calendar = EventCalendar.EMPTY;
	private String seen = "";
	/** What is wrong with the file that was seen; empty for nothing. */
	private String problem = "";

	/**
	 * @param directory of the estate; made when something is written
	 * @param changed   called behind each change, on the thread that made it
	 */
	public CalendarBook(Path directory, Runnable changed) {
		this.directory = directory;
		this.changed = changed;
	}

	/** The calendar as it is now. Does not block. */
	public EventCalendar calendar() {
		return calendar;
	}

	/**
	 * Reads the file if it is another than was read or written last.
	 *
	 * @throws PluginException naming file, line and property of what is wrong, until it is mended; meanwhile the calendar stays as it was
	 */
	public synchronized void refresh() throws PluginException {
		Path file = directory.resolve(NAME);
		String mark = mark(file);
		if (!mark.equals(seen)) {
			seen = mark;
			problem = "";
			try {
				calendar = mark.isEmpty() ? EventCalendar.EMPTY : new EventCalendar(own(file));
			} catch (PluginException e) {
				problem = e.getMessage();
				throw e;
			}
			changed.run();
		}
		if (!problem.isEmpty()) {
			throw new PluginException(problem);
		}
	}

	/** What tells a version of the file from the others; empty where there is none. */
	private static String mark(Path file) {
		try {
			return Files.getLastModifiedTime(file) + " " + Files.size(file);
		} catch (IOException e) {
			return "";
		}
	}

	/**
	 * Enters events, all or none.
	 *
	 * @param entries those of ids that are there already replace them
	 * @throws PluginException when the file cannot be read or written
	 */
	public synchronized void add(Collection<CalendarEntry> entries) throws PluginException {
		current();
		keep(calendar.with(entries));
	}

	/**
	 * Removes entries, all or none.
	 *
	 * @param ids those that are not there are passed over
	 * @return how many were there
	 * @throws PluginException when the file cannot be read or written
	 */
	public synchronized int remove(Collection<String> ids) throws PluginException {
		current();
		EventCalendar next = calendar.without(ids);
		int removed = calendar.entries().size() - next.entries().size();
		if (removed > 0) {
			keep(next);
		}
		return removed;
	}

	/**
	 * Takes in iCalendar files, all or nothing of them.
	 *
	 * @param files   where from
	 * @param options what is taken for what they do not say
	 * @return what was entered
	 * @throws PluginException naming file, line and property of what is wrong
	 */
	public synchronized List<CalendarEntry> importFiles(List<Path> files, ImportOptions options) throws PluginException {
		List<CalendarEntry> all = new ArrayList<>();
		for (Path file : files) {
			all.addAll(read(file, options));
		}
		add(all);
		return all;
	}

	/** A file that cannot be read is the operator's to mend; it is never overwritten. */
	private void current() throws PluginException {
		Path file = directory.resolve(NAME);
		if (!mark(file).isEmpty()) {
			calendar = new EventCalendar(own(file));
		}
	}

	/** An event that somebody has written into the file by hand is known since the file was written. */
	private static List<CalendarEntry> own(Path file) throws PluginException {
		try {
			return read(file, new ImportOptions(Event.Kind.NOTE, "", ZoneOffset.UTC, Files.getLastModifiedTime(file).toInstant()));
		} catch (IOException e) {
			throw new PluginException(file + " cannot be read: " + e.getMessage(), e);
		}
	}

	private static List<CalendarEntry> read(Path file, ImportOptions options) throws PluginException {
		try {
			long size = Files.size(file);
			if (size > LARGEST) {
				throw new PluginException(file + ": The file has " + (size >> 20) + " MiB; a calendar has " + (LARGEST >> 20) + " at most.");
			}
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file))).toString();
			return IcsReader.read(text.startsWith("\uFEFF") ? text.substring(1) : text, options);
		} catch (IcsException e) {
			throw new PluginException(file + ", " + e.getMessage(), e);
		} catch (CharacterCodingException e) {
			throw new PluginException(file + ": The file is not written in UTF-8.", e);
		} catch (IOException e) {
			throw new PluginException(file + " cannot be read: " + e.getMessage(), e);
		}
	}

	/** Whole or not at all. */
	private void keep(EventCalendar next) throws PluginException {
		Path file = directory.resolve(NAME);
		try {
			Files.createDirectories(directory);
			Path temporary = Files.createTempFile(directory, "calendar", ".tmp");
			try (Writer writer = Files.newBufferedWriter(temporary)) {
				IcsWriter.write(next.entries(), writer);
			}
			Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		} catch (IOException e) {
			throw new PluginException(file + " was not written: " + e.getMessage(), e);
		}
		seen = mark(file);
		problem = "";
		calendar = next;
		changed.run();
	}
}
