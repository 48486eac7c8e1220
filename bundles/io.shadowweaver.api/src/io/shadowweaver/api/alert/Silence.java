// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.alert;

import java.time.Instant;
import java.util.Objects;

/**
 * The receiver of a channel tells nobody of an alert for a while, because a person has asked it so.
 *
 * @param alert   the id of the {@link Alert}
 * @param by      who has asked for it
 * @param until   when it ends, in real time
 * @param comment why; empty where nothing was said
 */
public record Silence(String alert, String by, Instant until, String comment) {
	/** Checks that nothing is {@code null}. */
	public Silence {
		Objects.requireNonNull(alert, "alert");
		Objects.requireNonNull(by, "by");
		Objects.requireNonNull(until, "until");
		Objects.requireNonNull(comment, "comment");
	}
}
