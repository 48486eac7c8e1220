// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What provisioning means to do and has done, in a file that is only ever appended to, a {@linkplain JournalLine line} for each record. A
 * record counts when its write was forced to the disk. A last line that is not whole was never acknowledged: it is cut off and said.
 * Anything else that does not check is damage: it is said, and nothing is written any more. Where the file cannot be had (no room, no
 * permission, held by somebody else) that may pass: see {@link #retake}.
 *
 * <p>When the file is long, one record that {@linkplain #sum sums up} all others takes their place: written to another file, forced,
 * and renamed, so that at each moment either all of them are there or the one that stands for them. Numbers go on. One thread.
 */
final class Journal implements AutoCloseable {
	/** Opens a file; a test may have it fail. */
	@FunctionalInterface
	interface Opener {
		FileChannel open(Path file, OpenOption... options) throws IOException;
	}

	/** Reached when the sum is on the disk beside the journal, and when it has taken its place. */
	static final String WRITTEN = "summed.written";
	static final String RENAMED = "summed.renamed";
	private static final long LONG = 4 << 20;
	private static final int GROWTH = 4;

	private final Path file;
	private final FailPoint failPoint;
	private final Opener opener;
	private final List<JournalRecord> records = new ArrayList<>();
	private FileChannel channel;
	private JournalLock lock;
	private String absence = "";
	private String damage = "";
	private String note = "";
	private long good;
	private long first = 1;
	private long number;
	private long longFrom = LONG;
	private boolean unnamed;

	/**
	 * Opens and reads a journal; never fails: see {@link #damage()}.
	 *
	 * @param file      created where it is missing, with its folders
	 * @param failPoint for tests
	 */
	Journal(Path file, FailPoint failPoint) {
		this(file, failPoint, FileChannel::open);
	}

	Journal(Path file, FailPoint failPoint, Opener opener) {
		this.file = file;
		this.failPoint = failPoint;
		this.opener = opener;
		open();
	}

	private void open() {
		absence = "";
		try {
			Files.createDirectories(file.toAbsolutePath().getParent());
			lock = JournalLock.of(file).orElse(null);
			if (lock == null) {
				absence = "The journal " + file + " is held by another process; nothing is provisioned here until that one ends.";
				return;
			}
			channel = opener.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
			// what was summed up and not renamed never counted
			Files.deleteIfExists(draft());
			records.clear();
			number = 0;
			good = 0;
			read(Files.readAllBytes(file));
		} catch (IllegalStateException e) {
			absence = "The journal " + file + " is open already in this process; nothing is provisioned here.";
		} catch (IOException e) {
			release();
			absence = "The journal " + file + " cannot be opened (" + e + "); nothing is provisioned until it can.";
		}
	}

	private Path draft() {
		return file.resolveSibling(file.getFileName() + ".new");
	}

	/**
	 * Tries again to open a journal that could not be had.
	 *
	 * @return whether it is open now and was not before: its records were read anew
	 */
	boolean retake() {
		if (absence.isEmpty()) {
			return false;
		}
		open();
		return absence.isEmpty();
	}

	/** Whether the file is there and held by us, damaged or not. */
	boolean isOpen() {
		return absence.isEmpty();
	}

	/** What was read when it was opened, oldest first; up to the damage where there is some. */
	List<JournalRecord> records() {
		return List.copyOf(records);
	}

	/** What the file holds now; empty where it cannot be read. */
	List<JournalRecord> stored() {
		List<JournalRecord> all = new ArrayList<>();
		try {
			byte[] bytes = Files.readAllBytes(file);
			for (int at = 0, end = 0; end < bytes.length && end < good; end++) {
				if (bytes[end] == '\n') {
					all.add(JournalLine.of(bytes, at, end).record());
					at = end + 1;
				}
			}
		} catch (IOException | IllegalArgumentException e) {
			System.getLogger(Journal.class.getName()).log(System.Logger.Level.WARNING, "The journal " + file + " could not be read again.", e);
		}
		return all;
	}

	/** The number of the first record: above 1 where others were summed up. */
	long first() {
		return first;
	}

	/** The number of the last record; 0 for none. */
	long number() {
		return number;
	}

	/** Why nothing may be provisioned; empty for a whole journal. */
	Optional<String> damage() {
		String why = damage.isEmpty() ? absence : damage;
		return why.isEmpty() ? Optional.empty() : Optional.of(why);
	}

	/** What was repaired on opening, or could not be tidied up; empty for nothing. */
	Optional<String> note() {
		return note.isEmpty() ? Optional.empty() : Optional.of(note);
	}

	/**
	 * Appends records and forces them to the disk: all of them, or none.
	 *
	 * @throws JournalException when they were not written; the journal is as before and may be tried again
	 */
	void append(List<? extends JournalRecord> more) throws JournalException {
		if (more.isEmpty()) {
			return;
		}
		if (damage().isPresent()) {
			throw new JournalException(damage().get(), null);
		}
		List<String> kinds = more.stream().map(record -> FailPoint.of(record.getClass())).distinct().toList();
		kinds.forEach(kind -> failPoint.reached(FailPoint.before(kind)));
		ByteArrayOutputStream lines = new ByteArrayOutputStream();
		long next = number;
		for (JournalRecord record : more) {
			lines.writeBytes(new JournalLine(++next, record).bytes());
		}
		try {
			reopened();
			nameIsForced();
			write(channel, lines.toByteArray(), good);
			good += lines.size();
			number = next;
		} catch (IOException e) {
			cut();
			throw new JournalException("The journal " + file + " cannot be written (" + e.getMessage() + "); nothing is called until it can.", e);
		}
		kinds.forEach(kind -> failPoint.reached(FailPoint.after(kind)));
	}

	/** Whether it has become so long that it should be summed up. */
	boolean isLong() {
		return good >= longFrom;
	}

	/**
	 * Puts one record in the place of all others. Where that fails all is as before.
	 *
	 * @param sum what the others come to
	 * @return whether it was done
	 */
	boolean sum(JournalRecord.Summed sum) {
		if (damage().isPresent()) {
			return false;
		}
		failPoint.reached(FailPoint.before("summed"));
		byte[] line = new JournalLine(number + 1, sum).bytes();
		FileChannel fresh = null;
		try {
			fresh = opener.open(draft(), StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.READ, StandardOpenOption.WRITE);
			write(fresh, line, 0);
			failPoint.reached(WRITTEN);
			Files.move(draft(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		} catch (IOException e) {
			note = "The journal " + file + " could not be summed up (" + e.getMessage() + "); it goes on as it is.";
			longFrom = good + LONG;
			quietly(fresh);
			return false;
		}
		failPoint.reached(RENAMED);
		quietly(channel);
		channel = fresh;
		good = line.length;
		first = ++number;
		records.clear();
		longFrom = Math.max(LONG, GROWTH * good);
		unnamed = true;
		try {
			nameIsForced();
		} catch (IOException e) {
			note = "The folder of the journal " + file + " could not be forced to the disk (" + e.getMessage() + "); it is tried again before the next record.";
		}
		failPoint.reached(FailPoint.after("summed"));
		return true;
	}

	/** What is appended to a renamed file counts only when its name is on the disk: else the old file may come back after a loss of power. */
	private void nameIsForced() throws IOException {
		if (unnamed) {
			try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
				folder.force(true);
			}
			unnamed = false;
		}
	}

	/** A thread that was interrupted in a write finds its file closed. */
	private void reopened() throws IOException {
		if (!channel.isOpen()) {
			channel = opener.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
		}
	}

	private static void write(FileChannel to, byte[] bytes, long at) throws IOException {
		ByteBuffer left = ByteBuffer.wrap(bytes);
		long position = at;
		while (left.hasRemaining()) {
			position += to.write(left, position);
		}
		to.force(false);
	}

	/** After a failed write, takes back what may have been written of it; when even that fails the next write overwrites it. */
	private void cut() {
		try {
			channel.truncate(good);
		} catch (IOException e) {
			note = "What a failed write left in the journal " + file + " could not be cut off: " + e.getMessage();
		}
	}

	private void read(byte[] bytes) throws IOException {
		int at = 0;
		while (at < bytes.length) {
			int end = at;
			while (end < bytes.length && bytes[end] != '\n') {
				end++;
			}
			if (end == bytes.length) {
				tail(bytes, at);
				return;
			}
			try {
				take(JournalLine.of(bytes, at, end));
				if (good == 0) {
					longFrom = records.get(0) instanceof JournalRecord.Summed ? Math.max(LONG, GROWTH * (end - at)) : LONG;
				}
			} catch (IllegalArgumentException e) {
				damage = damaged("line " + (number - first + 2), at, e.getMessage());
				return;
			}
			at = end + 1;
			good = at;
		}
	}

	private void take(JournalLine line) {
		if (line.record() instanceof JournalRecord.Summed && records.isEmpty() && line.number() > 0) {
			first = line.number();
		} else if (line.record() instanceof JournalRecord.Summed) {
			throw new IllegalArgumentException("a sum stands in its midst");
		} else if (records.isEmpty() && line.number() != 1 || !records.isEmpty() && line.number() != number + 1) {
			throw new IllegalArgumentException("it has the number " + line.number() + ", a record is missing");
		} else if (records.isEmpty()) {
			first = 1;
		}
		records.add(line.record());
		number = line.number();
	}

	/** What follows the last line end: a write that was cut short, unless it is longer than it says. */
	private void tail(byte[] bytes, int at) throws IOException {
		if (JournalLine.isTooLong(bytes, at)) {
			damage = damaged("its last line, number " + (number + 1), at, "it is longer than it says");
			return;
		}
		note = "The last " + (bytes.length - at) + " bytes of the journal " + file + " were a record cut short, which was never acknowledged; they were cut off.";
		channel.truncate(good);
		channel.force(true);
	}

	private String damaged(String where, int at, String what) {
		return "The journal " + file + " is damaged in " + where + " at byte " + at + " (" + what
				+ "). Nothing is provisioned until somebody has compared it with the provider's list and moved it away.";
	}

	private void release() {
		quietly(channel);
		quietly(lock);
		channel = null;
		lock = null;
	}

	private void quietly(AutoCloseable open) {
		try {
			if (open != null) {
				open.close();
			}
		} catch (Exception e) {
			System.getLogger(Journal.class.getName()).log(System.Logger.Level.WARNING, "The journal " + file + " could not be closed.", e);
		}
	}

	@Override
	public void close() {
		release();
	}
}
