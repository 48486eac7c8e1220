// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.util.Map;
import java.util.Objects;

/**
 * A configured contribution of an estate.
 *
 * @param id       unique in the estate; a directory of this name holds what the contribution keeps
 * @param type     the id of the contribution in its extension point
 * @param name     what the operator reads
 * @param settings text by declared key, secrets left out
 */
public record Connection(String id, String type, String name, Map<String, String> settings) {
	/** Checks and copies. */
	public Connection {
		Objects.requireNonNull(type, "type");
		Objects.requireNonNull(name, "name");
		settings = Map.copyOf(settings);
		if (!id.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
			throw new IllegalArgumentException("connection id '" + id + "' must be letters, digits, dot, hyphen or underscore");
		}
	}
}
