// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.provision;

import java.util.Objects;

/**
 * One step of a plan.
 *
 * @param kind     what is done
 * @param provider the id of the provider connection
 * @param count    how many (CREATE), or the new size (SET_SIZE); 1 otherwise
 * @param offer    what is made, or resized to; empty for DELETE and SET_SIZE
 * @param zone     where; empty for a provider without zones
 * @param resource what is resized or deleted; empty otherwise
 */
public record Action(Kind kind, String provider, int count, String offer, String zone, String resource) {
	/** What can be done. */
	public enum Kind {
		/** Make members. */
		CREATE,
		/** Change the size of a member. */
		RESIZE,
		/** Ask the owner of the group for another size. */
		SET_SIZE,
		/** Remove a member that we made. */
		DELETE
	}

	/** Checks the count. */
	public Action {
		Objects.requireNonNull(kind, "kind");
		Objects.requireNonNull(provider, "provider");
		Objects.requireNonNull(offer, "offer");
		Objects.requireNonNull(zone, "zone");
		Objects.requireNonNull(resource, "resource");
		if (count < 1) {
			throw new IllegalArgumentException("an action needs a positive count: " + count);
		}
	}
}
