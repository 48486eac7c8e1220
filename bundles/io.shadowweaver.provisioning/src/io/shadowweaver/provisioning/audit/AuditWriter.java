// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Appends to a trail. Only the process that holds the lock of the journal beside it may write. A last line that is cut short comes of
 * a crash and is cut off, since the journal still has what it said; a trail that is broken otherwise is evidence: it is said, left
 * as it is, and nothing is appended. One thread.
 */
public final class AuditWriter implements AutoCloseable {
	private static final System.Logger LOG = System.getLogger(AuditWriter.class.getName());

	private final Path file;
	private final List<AuditFact> waiting = new ArrayList<>();
	private FileChannel channel;
	private String damage = "";
	private String trouble = "";
	private String previous = AuditTrail.FIRST;
	private long number;
	private long journal;
	private long good;

	/**
	 * Opens a trail and reads it to its end; never fails: see {@link #trouble()}.
	 *
	 * @param directory of the journal; the trail is created where it is missing
	 */
	public AuditWriter(Path directory) {
		file = AuditTrail.in(directory).file();
		try {
			Files.createDirectories(directory);
			channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
			AuditTrail.Scan scan = AuditTrail.scan(file);
			good = scan.good;
			number = scan.entries.size();
			if (scan.last() != null) {
				previous = scan.last().hash();
				journal = scan.last().journal();
			}
			if (scan.cut) {
				LOG.log(System.Logger.Level.WARNING, "The last line of the audit trail " + file + " was cut short; it is written again from the journal.");
				channel.truncate(good);
				channel.force(true);
			} else if (!scan.problem.isEmpty()) {
				damage = "The audit trail " + file + " is broken in line " + (number + 1) + " (" + scan.problem
						+ "). Nothing is provisioned until somebody has looked at it and moved it away; then it is written anew from the journal.";
			}
		} catch (IOException e) {
			damage = "The audit trail " + file + " cannot be opened (" + e + "); nothing is provisioned until it can.";
		}
		// a trail that cannot be opened is tried again at each step, and the status says it
		if (!damage.isEmpty() && isOpen()) {
			LOG.log(System.Logger.Level.ERROR, damage);
		}
	}

	/** The number of the record of the journal that the last entry comes from; 0 for none. */
	public long journal() {
		return journal;
	}

	/** Whether the file could be opened; where not, that may pass, and another writer may be tried. */
	public boolean isOpen() {
		return channel != null;
	}

	/** Why nothing can be appended; empty when it can. */
	public String trouble() {
		return damage.isEmpty() ? trouble : damage;
	}

	/**
	 * Appends and forces to the disk. What cannot be written now is kept and written before what comes later: {@link #trouble()} says so
	 * meanwhile.
	 *
	 * @param facts in their order; with none, only tries again what is kept
	 */
	public void append(List<AuditFact> facts) {
		if (!damage.isEmpty()) {
			return;
		}
		waiting.addAll(facts);
		if (waiting.isEmpty()) {
			return;
		}
		try {
			write();
			waiting.clear();
			trouble = "";
		} catch (IOException e) {
			String said = "The audit trail " + file + " cannot be written (" + e.getMessage() + "); nothing is called until it can.";
			if (trouble.isEmpty()) {
				LOG.log(System.Logger.Level.ERROR, said);
			}
			trouble = said;
		}
	}

	private void write() throws IOException {
		StringBuilder lines = new StringBuilder();
		String hash = previous;
		long next = number;
		for (AuditFact fact : waiting) {
			AuditEntry entry = AuditLine.next(++next, hash, fact);
			hash = entry.hash();
			lines.append(AuditLine.write(entry)).append('\n');
		}
		ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
		long position = good;
		// always from the last good end on: what a failed write left is written over by the same lines
		while (bytes.hasRemaining()) {
			position += channel.write(bytes, position);
		}
		channel.force(false);
		good = position;
		previous = hash;
		number = next;
		journal = waiting.get(waiting.size() - 1).journal();
	}

	@Override
	public void close() {
		try {
			if (channel != null) {
				channel.close();
			}
		} catch (IOException e) {
			LOG.log(System.Logger.Level.WARNING, "The audit trail " + file + " could not be closed.", e);
		}
	}
}
