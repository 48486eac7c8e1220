// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.alert;

import java.time.Instant;
import java.util.Objects;

/**
 * Something happened to an alert.
 *
 * @param id     unique; the same when delivered again
 * @param estate the id of the estate
 * @param time   the estate's time
 * @param change what happened
 * @param alert  the alert as it is now
 */
public record AlertNotice(String id, String estate, Instant time, Change change, Alert alert) {
	/** What can happen. */
	public enum Change {
		/** Raised. */
		RAISED,
		/** Severity, time or value moved beyond the tolerance. */
		CHANGED,
		/** Acknowledged by somebody. */
		ACKNOWLEDGED,
		/** Covered by a plan. */
		COVERED,
		/** No longer covered: the plan failed or ended. */
		UNCOVERED,
		/** Withdrawn by a newer forecast. */
		WITHDRAWN
	}

	/** Checks that nothing is {@code null}. */
	public AlertNotice {
		Objects.requireNonNull(id, "id");
		Objects.requireNonNull(estate, "estate");
		Objects.requireNonNull(time, "time");
		Objects.requireNonNull(change, "change");
		Objects.requireNonNull(alert, "alert");
	}
}
