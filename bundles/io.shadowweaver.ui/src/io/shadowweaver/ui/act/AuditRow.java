// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.act;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import io.shadowweaver.provisioning.audit.AuditCheck;
import io.shadowweaver.provisioning.audit.AuditEntry;
import io.shadowweaver.ui.core.AuditReading;
import io.shadowweaver.ui.core.Formats;

/**
 * An entry of the audit trail in the table.
 *
 * @param entry the entry
 * @param now   the estate's time
 */
record AuditRow(AuditEntry entry, Instant now) {
	private static final int HASH = 12;
	/** The newest first. */
	static final Comparator<AuditRow> NEWEST = Comparator.comparingLong((AuditRow row) -> row.entry.number()).reversed();

	/** The rows of a trail. */
	static List<AuditRow> of(AuditReading reading, Instant now) {
		return reading.entries().stream().map(entry -> new AuditRow(entry, now)).toList();
	}

	/** When it happened; made for what is seen alone, since a trail is long. */
	String when() {
		return Formats.timeAndDistance(entry.at(), now);
	}

	/** A text of the entry with times on the wall; the trail and its export keep them as they were written. */
	String said(String text) {
		return Formats.said(text, now);
	}

	/** Whether the chain is whole, in a sentence. */
	static String chain(AuditReading reading) {
		AuditCheck check = reading.check();
		if (!check.whole()) {
			return "The chain is broken at line " + check.broken() + ": " + check.reason() + ". The " + check.entries() + " entries before it are whole; what follows is not shown and proves nothing.";
		}
		String last = reading.entries().isEmpty() ? "" : ", the last with hash " + reading.entries().getLast().hash().substring(0, HASH) + "…";
		return "The chain is whole: " + check.entries() + (check.entries() == 1 ? " entry" : " entries") + last + ".";
	}
}
