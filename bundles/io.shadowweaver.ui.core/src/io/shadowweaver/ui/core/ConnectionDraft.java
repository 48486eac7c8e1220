// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.util.Map;

/**
 * A connection to a metric source or a provider account that an operator wants.
 *
 * @param point    {@link io.shadowweaver.platform.Points#SOURCES} or {@link io.shadowweaver.platform.Points#PROVIDERS}
 * @param id       of the connection that is changed, in its estate; empty for a new one
 * @param estate   the id of the estate that it is in or joins; empty for an estate of its own, which a source alone can have
 * @param name     what the operator reads
 * @param type     the id of the contribution
 * @param settings text by key of the declared parameters; a secret that is left blank stays as it was
 * @param speed    how fast the clock of an estate of its own time runs; 1 is real time
 */
public record ConnectionDraft(String point, String id, String estate, String name, String type, Map<String, String> settings, double speed) {
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
