// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.topology;

import java.util.List;
import java.util.Map;

/**
 * Where members may stand.
 *
 * @param zones            allowed zones; empty for any
 * @param maxSkew          the largest allowed difference of members between two zones, at least 1
 * @param survivesZoneLoss whether the rest must carry the load when one zone is lost
 * @param requires         labels that a new member must come to have, such as {@code provider=openstack} or {@code region=eu};
 *                         what an offer or its provider does not say is not met
 */
public record Placement(List<String> zones, int maxSkew, boolean survivesZoneLoss, Map<String, String> requires) {
	/** Anywhere, evenly. */
	public static final Placement ANYWHERE = new Placement(List.of(), 1, false);

	/** Checks and copies. */
	public Placement {
		zones = List.copyOf(zones);
		requires = Map.copyOf(requires);
		if (maxSkew < 1) {
			throw new IllegalArgumentException("maxSkew must be at least 1: " + maxSkew);
		}
	}

	/** Without demands on labels. */
	public Placement(List<String> zones, int maxSkew, boolean survivesZoneLoss) {
		this(zones, maxSkew, survivesZoneLoss, Map.of());
	}
}
