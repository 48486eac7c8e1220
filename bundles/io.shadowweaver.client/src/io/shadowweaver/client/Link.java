// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.client;

import java.time.Instant;
import java.util.Objects;

/**
 * How the connection to a server is.
 *
 * @param connected whether what is shown is what the server has
 * @param since     since when it is so, in real time
 * @param sentence  for the operator
 */
public record Link(boolean connected, Instant since, String sentence) {
	/** Checks. */
	public Link {
		Objects.requireNonNull(since, "since");
		Objects.requireNonNull(sentence, "sentence");
	}
}
