// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.topology;

import java.time.Instant;
import java.util.Objects;

/**
 * How far a resource that does not exist yet has come.
 *
 * @param plan     the id of the plan that wants it
 * @param startBy  the last moment to start so that it is ready in time
 * @param needBy   when it is needed
 * @param eta      when it is expected to be ready, by the learned lead
 * @param progress share of the expected lead that is behind it, 0 to 1; 1 only when ready
 */
public record Construction(String plan, Instant startBy, Instant needBy, Instant eta, double progress) {
	/** Checks the range of the progress. */
	public Construction {
		Objects.requireNonNull(plan, "plan");
		Objects.requireNonNull(startBy, "startBy");
		Objects.requireNonNull(needBy, "needBy");
		Objects.requireNonNull(eta, "eta");
		if (!(progress >= 0 && progress <= 1)) {
			throw new IllegalArgumentException("progress must be 0 to 1: " + progress);
		}
	}

	/** Whether it is expected too late. */
	public boolean isLate() {
		return eta.isAfter(needBy);
	}
}
