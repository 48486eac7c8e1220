// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.rest;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

import io.shadowweaver.provisioning.audit.AuditEntry;
import io.shadowweaver.server.Problem;

/** Parts of a trail. */
final class Entries {
	/** What the parameter {@code after} means. */
	static final String AFTER = "The number of the last entry that was read";

	private Entries() {
	}

	/** A part of a trail, by the numbers of its entries. */
	static Page<AuditEntry> page(List<AuditEntry> entries, String after, int limit) {
		try {
			long last = after == null ? 0 : Long.parseLong(after);
			return Page.of(entries.stream().filter(entry -> entry.number() > last).toList(), entry -> Long.toString(entry.number()), null, limit);
		} catch (NumberFormatException e) {
			throw Problem.exception(400, "after must be the number of an entry: '" + after + "'");
		}
	}

	/** A moment of a request; {@code otherwise} where it is left out. */
	static Instant instant(String text, Instant otherwise) {
		try {
			return text == null ? otherwise : Instant.parse(text);
		} catch (DateTimeException e) {
			throw Problem.exception(400, "'" + text + "' is no moment such as 2026-11-25T14:00:00Z.");
		}
	}
}
