// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning.audit;

import java.time.Instant;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * A line of the trail.
 *
 * @param number   of the line, from 1
 * @param at       when it happened, in the estate's time
 * @param journal  the number of the record of the journal that it comes from, from 1; 0 where another journal began
 * @param who      a person, or what decided or answered in its place
 * @param what     what was done
 * @param why      on what it stands; empty where nothing is known
 * @param result   what came of it; may be empty
 * @param previous the hash of the line before; {@link AuditTrail#FIRST} in the first
 * @param hash     SHA-256, hexadecimal, of the previous hash and the line up to its own hash
 */
@JsonPropertyOrder({ "number", "at", "journal", "who", "what", "why", "result", "previous", "hash" })
public record AuditEntry(long number, Instant at, long journal, String who, String what, String why, String result, String previous, String hash) {
	/** Checks that nothing is {@code null}. */
	public AuditEntry {
		Objects.requireNonNull(at, "at");
		Objects.requireNonNull(who, "who");
		Objects.requireNonNull(what, "what");
		Objects.requireNonNull(why, "why");
		Objects.requireNonNull(result, "result");
		Objects.requireNonNull(previous, "previous");
		Objects.requireNonNull(hash, "hash");
	}
}
