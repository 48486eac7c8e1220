// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.shadowweaver.provisioning.audit.AuditEntry;
import io.shadowweaver.server.security.ChangeLog;

/** What was changed through the API, as resources find it. Thread-safe. */
public final class Changes {
	private final Optional<ChangeLog> log;

	/**
	 * @param log empty where nothing is kept
	 */
	Changes(Optional<ChangeLog> log) {
		this.log = log;
	}

	/** The entries of a time, in their order. */
	public List<AuditEntry> read(Instant from, Instant to) throws IOException {
		return log.isEmpty() ? List.of() : log.get().read(from, to);
	}
}
