// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.provision;

import java.time.Instant;
import java.util.Objects;

/**
 * One resource on its way: one intent of the journal, one token, one call.
 *
 * @param token       identifies the intent; written into the resource's metadata
 * @param plan        the id of the plan
 * @param group       the id of the group
 * @param kind        what is done
 * @param provider    the id of the provider connection
 * @param offer       what is made
 * @param zone        where
 * @param state       where it is
 * @param resource    the id of the resource; before the provider names it, {@code new:} and the token
 * @param queuedAt    when it was journalled
 * @param needBy      when it is needed
 * @param eta         when it is expected to be ready
 * @param progress    0 to 1, by the expected lead; 1 only when ready
 * @param attempts    how many calls were made
 * @param price       what an hour of it costs
 * @param sentence    what is happening, for the operator
 */
public record QueueEntry(String token, String plan, String group, Action.Kind kind, String provider, String offer,
		String zone, State state, String resource, Instant queuedAt, Instant needBy, Instant eta, double progress,
		int attempts, Price price, String sentence) {
	/** Where an intent is. */
	public enum State {
		/** In the journal, not yet called. */
		JOURNALLED,
		/** Called; no answer yet. */
		CALLED,
		/** The answer was lost: nothing is called again before the settling time is over and the provider's list was read. */
		UNKNOWN,
		/** The provider names the resource and makes it. */
		ACKNOWLEDGED,
		/** Runs, but no healthy traffic yet. */
		RUNNING,
		/** First healthy traffic was seen. */
		READY,
		/** Failed for good. */
		FAILED,
		/** Cancelled before it was called. */
		CANCELLED,
		/** Deleted, as intended. */
		DELETED
	}

	/** Checks the range of the progress. */
	public QueueEntry {
		Objects.requireNonNull(token, "token");
		Objects.requireNonNull(kind, "kind");
		Objects.requireNonNull(state, "state");
		Objects.requireNonNull(eta, "eta");
		if (!(progress >= 0 && progress <= 1)) {
			throw new IllegalArgumentException("progress must be 0 to 1: " + progress);
		}
	}

	/** Whether it has come to its end. */
	public boolean isFinal() {
		return state == State.READY || state == State.FAILED || state == State.CANCELLED || state == State.DELETED;
	}
}
