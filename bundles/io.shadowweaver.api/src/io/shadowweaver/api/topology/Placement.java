// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.topology;

import java.util.List;

/**
 * Where members may stand.
 *
 * @param zones            allowed zones; empty for any
 * @param maxSkew          the largest allowed difference of members between two zones, at least 1
 * @param survivesZoneLoss whether the rest must carry the load when one zone is lost
 */
public record Placement(List<String> zones, int maxSkew, boolean survivesZoneLoss) {
	/** Anywhere, evenly. */
	public static final Placement ANYWHERE = new Placement(List.of(), 1, false);

	/** Checks and copies. */
	public Placement {
		zones = List.copyOf(zones);
		if (maxSkew < 1) {
			throw new IllegalArgumentException("maxSkew must be at least 1: " + maxSkew);
		}
	}
}
