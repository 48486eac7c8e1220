// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.util.Objects;
import java.util.Optional;

/**
 * By what resources stand together, and whether what flows between them is seen to move.
 *
 * @param groupBy   empty for scaling group, else tier, else kind; {@value #KIND}, or the key of a label such as {@code provider}
 * @param particles whether particles move along links, as the operator chose; empty where that is left to {@link #moves}
 */
public record Arrangement(String groupBy, Optional<Boolean> particles) {
	/** By scaling group, else tier, else kind; what flows moves where there are not too many links. */
	public static final Arrangement USUAL = new Arrangement("", Optional.empty());
	/** Grouped by the kind of a resource, which is no label. */
	public static final String KIND = "kind";
	/** With more links than this, particles would be a swarm that says nothing, and cost more than the rest of the picture. */
	public static final int MOST_MOVING = 1000;

	/** Checks. */
	public Arrangement {
		Objects.requireNonNull(groupBy, "groupBy");
		Objects.requireNonNull(particles, "particles");
	}

	/** Grouped by something else. */
	public Arrangement by(String key) {
		return new Arrangement(key, particles);
	}

	/** With or without particles, because the operator wants it so. */
	public Arrangement withParticles(boolean moving) {
		return new Arrangement(groupBy, Optional.of(moving));
	}

	/**
	 * Whether particles move: as was chosen, else where at most {@value #MOST_MOVING} links are drawn and motion is not reduced.
	 *
	 * @param links   how many are drawn
	 * @param reduced whether motion is reduced
	 */
	public boolean moves(int links, boolean reduced) {
		return particles.orElse(links <= MOST_MOVING && !reduced);
	}
}
