// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.util.Objects;

/**
 * By what resources stand together, and whether what flows between them is seen to move.
 *
 * @param groupBy   empty for scaling group, else tier, else kind; {@value #KIND}, or the key of a label such as {@code provider}
 * @param particles whether particles move along links
 */
public record Arrangement(String groupBy, boolean particles) {
	/** By scaling group, else tier, else kind; nothing moves. */
	public static final Arrangement USUAL = new Arrangement("", false);
	/** Grouped by the kind of a resource, which is no label. */
	public static final String KIND = "kind";

	/** Checks. */
	public Arrangement {
		Objects.requireNonNull(groupBy, "groupBy");
	}

	/** Grouped by something else. */
	public Arrangement by(String key) {
		return new Arrangement(key, particles);
	}

	/** With or without particles. */
	public Arrangement withParticles(boolean moving) {
		return new Arrangement(groupBy, moving);
	}
}
