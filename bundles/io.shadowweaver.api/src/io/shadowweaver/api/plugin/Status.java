// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.plugin;

import java.time.Instant;
import java.util.Objects;

/**
 * How a plug-in or a part of the engine is doing.
 *
 * @param state    the coarse state
 * @param detail   a short constant for filters and tests, such as {@code TIMEOUT}; empty for none
 * @param sentence one sentence for the operator: what, where, and what happens next
 * @param since    when this state began
 */
public record Status(State state, String detail, String sentence, Instant since) {

	/** Coarse states, from good to bad. */
	public enum State {
		/** Known, not started. */
		IDLE,
		/** Connecting, loading or back-filling. */
		STARTING,
		/** Works. */
		OK,
		/** Works in part: some inputs are missing or late. */
		DEGRADED,
		/** Does not work now; it is tried again. */
		FAILED,
		/** Cannot work here (missing native, wrong platform, broken contribution); it is not tried again. */
		UNAVAILABLE,
		/** Came to its end, as a replayed file does. */
		ENDED
	}

	/** Checks that nothing is {@code null}. */
	public Status {
		Objects.requireNonNull(state, "state");
		Objects.requireNonNull(detail, "detail");
		Objects.requireNonNull(sentence, "sentence");
		Objects.requireNonNull(since, "since");
	}

	/** Whether this differs from another in more than its time. */
	public boolean differsFrom(Status other) {
		return other == null || state != other.state || !detail.equals(other.detail) || !sentence.equals(other.sentence);
	}
}
