// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Reads a trail, whether or not a process goes on writing it; locks and changes nothing. Each line is an {@link AuditEntry} as JSON;
 * its hash is taken over the previous hash and the bytes of the line before {@code ,"hash"}, so that whoever changes, removes, adds
 * or moves a line has to write all lines after it anew. Lines that are missing as a whole at the end do not show in the chain: they are
 * entered again, the same, from the journal at the next start. Any thread.
 */
public final class AuditTrail {
	/** The name of the file, beside the journal. */
	public static final String NAME = "audit";
	/** What the first line has for the hash of the line before. */
	public static final String FIRST = "0".repeat(64);

	private final Path file;

	private AuditTrail(Path file) {
		this.file = file;
	}

	/**
	 * The trail of a provisioner.
	 *
	 * @param directory that the provisioner keeps its journal in
	 */
	public static AuditTrail in(Path directory) {
		return new AuditTrail(directory.resolve(NAME));
	}

	/** Where it is; need not exist. */
	public Path file() {
		return file;
	}

	/**
	 * The entries of a time, in their order; up to the first broken line where there is one.
	 *
	 * @param from the first moment
	 * @param to   the first moment after it
	 * @throws IOException when it cannot be read, or there is none
	 */
	public List<AuditEntry> read(Instant from, Instant to) throws IOException {
		return scan(file).entries.stream().filter(entry -> !entry.at().isBefore(from) && entry.at().isBefore(to)).toList();
	}

	/**
	 * Checks all lines: their hashes, that each follows the one before it, and that the last one is not cut short.
	 *
	 * @param file the trail
	 * @throws IOException when it cannot be read, or there is none
	 */
	public static AuditCheck verify(Path file) throws IOException {
		return scan(file).check();
	}

	/**
	 * Writes entries as CSV (RFC 4180) with a header.
	 *
	 * @throws IOException of the writer
	 */
	public static void csv(List<AuditEntry> entries, Appendable out) throws IOException {
		CSVPrinter csv = new CSVPrinter(out, CSVFormat.RFC4180.builder().setHeader("number", "at", "journal", "who", "what", "why", "result", "previous", "hash").setRecordSeparator("\n").get());
		for (AuditEntry entry : entries) {
			csv.printRecord(entry.number(), entry.at(), entry.journal(), entry.who(), entry.what(), entry.why(), entry.result(), entry.previous(), entry.hash());
		}
		csv.flush();
	}

	/**
	 * Writes entries as JSON, one a line, byte for byte as they are in the trail.
	 *
	 * @throws IOException of the writer
	 */
	public static void jsonLines(List<AuditEntry> entries, Appendable out) throws IOException {
		for (AuditEntry entry : entries) {
			out.append(AuditLine.write(entry)).append('\n');
		}
	}

	static Scan scan(Path file) throws IOException {
		byte[] bytes;
		// a last line that is just being written is not taken for one that was cut short
		do {
			bytes = Files.readAllBytes(file);
		} while (Files.size(file) > bytes.length);
		return new Scan(bytes);
	}

	/** What the bytes of a trail say. */
	static final class Scan {
		final List<AuditEntry> entries = new ArrayList<>();
		/** How many bytes are whole lines. */
		int good;
		/** What is wrong with the line after the entries; empty for nothing. */
		String problem = "";
		/** Whether that is only the missing end of the last line. */
		boolean cut;

		Scan(byte[] bytes) {
			while (good < bytes.length && problem.isEmpty()) {
				int end = good;
				while (end < bytes.length && bytes[end] != '\n') {
					end++;
				}
				if (end == bytes.length) {
					cut = true;
					problem = "cut tail: its end is missing";
				} else {
					line(bytes, end);
				}
			}
		}

		private void line(byte[] bytes, int end) {
			try {
				entries.add(AuditLine.read(bytes, good, end, entries.size() + 1L, last() == null ? FIRST : last().hash()));
				good = end + 1;
			} catch (IllegalArgumentException e) {
				problem = e.getMessage();
			}
		}

		/** The last whole entry; {@code null} for none. */
		AuditEntry last() {
			return entries.isEmpty() ? null : entries.get(entries.size() - 1);
		}

		AuditCheck check() {
			return new AuditCheck(entries.size(), last() == null ? 0 : last().journal(), problem.isEmpty() ? 0 : entries.size() + 1L, problem);
		}
	}
}
