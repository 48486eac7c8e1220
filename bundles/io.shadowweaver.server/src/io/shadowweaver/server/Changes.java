// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.shadowweaver.provisioning.audit.AuditEntry;
import io.shadowweaver.server.security.Caller;
import io.shadowweaver.server.security.ChangeLog;

/** What was changed through the API, as resources find it. Thread-safe. */
public final class Changes {
	/** The tool that proposes. */
	public static final String PROPOSE = "propose_capacity";
	private static final String TOOL = "mcp ";
	private static final String PROPOSED = TOOL + PROPOSE + " ";
	private static final String DONE = "done";
	private static final ObjectMapper JSON = ApiServer.mapper();

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

	/**
	 * Whether somebody has proposed a plan through a tool of agents, and may not approve it therefore.
	 *
	 * @param person the name of a caller
	 */
	public boolean hasProposed(String person, String estate, String plan) throws IOException {
		for (AuditEntry entry : read(Instant.MIN, Instant.MAX)) {
			if (entry.who().equals(person) && entry.what().startsWith(PROPOSED) && entry.result().equals(DONE + " " + plan)
					&& JSON.readTree(entry.what().substring(PROPOSED.length())).path("estate").asText().equals(estate)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Enters the call of a tool.
	 *
	 * @param arguments as JSON
	 * @param plan      that it has proposed; empty for none
	 */
	public void called(Caller caller, String tool, String arguments, String plan) {
		enter(caller, TOOL + tool + " " + arguments, (DONE + " " + plan).strip());
	}

	/** Enters the call of a tool that was refused. */
	public void refused(Caller caller, String tool, String arguments, String why) {
		enter(caller, TOOL + tool + " " + arguments, why);
	}

	private void enter(Caller caller, String what, String result) {
		log.ifPresent(trail -> trail.enter(caller.name(), what, caller.means().name().toLowerCase(Locale.ROOT), result));
	}
}
