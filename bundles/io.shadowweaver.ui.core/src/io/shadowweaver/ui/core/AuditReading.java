// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import io.shadowweaver.provisioning.audit.AuditCheck;
import io.shadowweaver.provisioning.audit.AuditEntry;
import io.shadowweaver.provisioning.audit.AuditTrail;

/**
 * An audit trail as it was read.
 *
 * @param entries the whole ones, in their order
 * @param check   whether the chain is whole
 * @param why     why there is nothing to show, in a sentence; empty where there is
 */
public record AuditReading(List<AuditEntry> entries, AuditCheck check, String why) {
	private static final AuditCheck NOTHING = new AuditCheck(0, 0, 0, "");

	/** Copies. */
	public AuditReading {
		entries = List.copyOf(entries);
		Objects.requireNonNull(check, "check");
		Objects.requireNonNull(why, "why");
	}

	/** There is nothing. */
	public static AuditReading none(String why) {
		return new AuditReading(List.of(), NOTHING, why);
	}

	/** Reads and checks a trail. Blocks on the disk. */
	static AuditReading of(AuditTrail trail) {
		try {
			AuditCheck check = AuditTrail.verify(trail.file());
			// what was written since it was checked is shown when it is checked too
			List<AuditEntry> entries = trail.read(Instant.MIN, Instant.MAX).stream().limit(check.entries()).toList();
			return new AuditReading(entries, check, entries.isEmpty() && check.whole() ? "Nothing was decided yet: the audit trail is empty." : "");
		} catch (NoSuchFileException e) {
			return none("Nothing was decided yet: there is no audit trail.");
		} catch (IOException e) {
			return none("The audit trail " + trail.file() + " cannot be read: " + e);
		}
	}

	/**
	 * Writes the entries to a file, whole or not at all. Blocks on the disk.
	 *
	 * @param file whose name ends with {@code .csv} for CSV, otherwise JSON, a line each
	 * @throws IOException when it cannot be written
	 */
	public void export(Path file) throws IOException {
		Path temporary = Files.createTempFile(file.toAbsolutePath().getParent(), "audit", ".tmp");
		try {
			try (Writer out = Files.newBufferedWriter(temporary)) {
				if (file.getFileName().toString().endsWith(".csv")) {
					AuditTrail.csv(entries, out);
				} else {
					AuditTrail.jsonLines(entries, out);
				}
			}
			Files.move(temporary, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
		} finally {
			Files.deleteIfExists(temporary);
		}
	}
}
