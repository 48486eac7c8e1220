// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.shadowweaver.provisioning.audit.AuditEntry;
import io.shadowweaver.server.security.Caller;
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

	/** Why nothing may be changed now; empty when entries can be written. */
	public String trouble() {
		return log.map(ChangeLog::trouble).orElse("");
	}

	/** Enters a change, or one that was refused. */
	public void enter(Caller caller, String what, String result) {
		log.ifPresent(trail -> trail.enter(caller.name(), what, caller.means().name().toLowerCase(Locale.ROOT), result));
	}
}
