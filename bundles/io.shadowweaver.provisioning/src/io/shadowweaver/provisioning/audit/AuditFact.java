// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning.audit;

import java.time.Instant;
import java.util.Objects;

/**
 * What is to be entered into the trail.
 *
 * @param at      when it happened, in the estate's time
 * @param journal the number of the record of the journal that it comes from, from 1
 * @param who     a person, or what decided or answered in its place
 * @param what    what was done
 * @param why     on what it stands; empty where nothing is known
 * @param result  what came of it; may be empty
 */
public record AuditFact(Instant at, long journal, String who, String what, String why, String result) {
	/** Checks that nothing is {@code null}. */
	public AuditFact {
		Objects.requireNonNull(at, "at");
		Objects.requireNonNull(who, "who");
		Objects.requireNonNull(what, "what");
		Objects.requireNonNull(why, "why");
		Objects.requireNonNull(result, "result");
	}
}
