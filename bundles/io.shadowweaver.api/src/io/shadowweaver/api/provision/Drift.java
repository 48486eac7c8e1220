// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.provision;

import java.time.Instant;
import java.util.Objects;

/**
 * A difference between what the journal knows and what a provider lists. It is told, never mended by itself.
 *
 * @param kind     what is different
 * @param provider the id of the provider connection
 * @param instance the provider's id of the machine; empty where it is there no more
 * @param token    of the intent; empty where the machine carries none
 * @param group    the id of the group that it was made for; empty when not known
 * @param since    when it was first seen
 * @param sentence for the operator
 */
public record Drift(Kind kind, String provider, String instance, String token, String group, Instant since, String sentence) {
	/** What can be different. */
	public enum Kind {
		/** A machine says that it is ours, and the journal does not know it: to be adopted, or deleted. */
		ORPHAN,
		/** A machine of ours is there no more, and we did not remove it. */
		MISSING,
		/** A machine of ours is not as it was made: another offer, zone, or state. */
		CHANGED,
		/** A machine of ours has passed its review date. */
		OVERDUE
	}

	/** Checks that nothing is {@code null}. */
	public Drift {
		Objects.requireNonNull(kind, "kind");
		Objects.requireNonNull(provider, "provider");
		Objects.requireNonNull(instance, "instance");
		Objects.requireNonNull(token, "token");
		Objects.requireNonNull(group, "group");
		Objects.requireNonNull(since, "since");
		Objects.requireNonNull(sentence, "sentence");
	}
}
