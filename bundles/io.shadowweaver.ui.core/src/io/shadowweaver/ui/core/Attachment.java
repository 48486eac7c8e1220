// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.util.Objects;

/**
 * That an estate runs elsewhere.
 *
 * @param id        of the server among the {@linkplain Servers attached} ones
 * @param server    its name: host and port
 * @param connected whether what is shown is what the server has
 * @param sentence  how the connection is, and since when
 */
public record Attachment(String id, String server, boolean connected, String sentence) {
	/** Checks. */
	public Attachment {
		Objects.requireNonNull(id, "id");
		Objects.requireNonNull(server, "server");
		Objects.requireNonNull(sentence, "sentence");
	}
}
