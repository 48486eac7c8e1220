// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.util.Map;

/**
 * A connection to a metric source that an operator wants.
 *
 * @param estate   the id of the estate that it joins; empty for an estate of its own
 * @param name     what the operator reads
 * @param type     the id of the contribution
 * @param settings text by key of the declared parameters
 * @param speed    how fast the clock of an estate of its own time runs; 1 is real time
 */
public record ConnectionDraft(String estate, String name, String type, Map<String, String> settings, double speed) {
	/** Checks and copies. */
	public ConnectionDraft {
		settings = Map.copyOf(settings);
		if (name.isBlank() || type.isBlank()) {
			throw new IllegalArgumentException("a connection needs a name and a type");
		}
		if (!(speed > 0) || speed > 1e6) {
			throw new IllegalArgumentException("speed must be over 0 and at most 1,000,000: " + speed);
		}
	}
}
