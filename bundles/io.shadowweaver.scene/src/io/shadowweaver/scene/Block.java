// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.util.Optional;

import io.shadowweaver.scene.SceneModel.Alarm;
import io.shadowweaver.scene.SceneModel.Ghost;

/**
 * All the resources of a place as one block, for a look from far away: the worst of what is inside, never a sum or a mean.
 *
 * @param place    where they stand: a region, a zone, a cluster, or the members of a group in a zone
 * @param from     the first of them among {@link SceneModel#nodes()}
 * @param to       behind the last of them
 * @param alarms   how many of them have an alert that is active
 * @param use      the largest utilisation inside; {@code NaN} for none
 * @param height   of the block
 * @param colour   of that which is worst
 * @param stale    whether nothing inside has a fresh value
 * @param ghost    the shadow: that of the group's own series where it has one, else that of the member with the worst one; of a
 *                 region or zone the worst of its groups
 * @param alarm    the worst alert inside
 * @param pulse    pulses a second
 * @param selected whether it is selected
 * @param hovered  whether the mouse is over it
 * @param text     its label
 */
public record Block(Place place, int from, int to, int alarms, double use, float height, int colour, boolean stale, Optional<Ghost> ghost,
		Optional<Alarm> alarm, float pulse, boolean selected, boolean hovered, String text) {
	/** How many resources are inside. */
	public int size() {
		return to - from;
	}

	/** The id that is selected with it: the key of a group, or the id of a cluster, zone or region as a place. */
	public String subject() {
		return place.kind() == Place.Kind.PATCH ? place.group() : place.subject();
	}

	/** The height of everything that belongs to it. */
	public float reach() {
		float top = Math.max(height, .05f);
		return ghost.isPresent() ? Math.max(top, ghost.get().upper()) : top;
	}
}
