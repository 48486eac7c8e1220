// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Instant;
import java.util.Objects;

/**
 * A span of time in which nothing may be changed.
 *
 * @param from   its begin
 * @param until  its end, after the begin; no longer frozen at this instant
 * @param reason for the operator
 */
public record FreezeWindow(Instant from, Instant until, String reason) {
	/** Checks the order. */
	public FreezeWindow {
		Objects.requireNonNull(reason, "reason");
		if (!until.isAfter(from)) {
			throw new IllegalArgumentException("a freeze window must end after it begins: " + from + " to " + until);
		}
	}

	/** Whether an instant lies in it. */
	public boolean contains(Instant time) {
		return !time.isBefore(from) && time.isBefore(until);
	}
}
