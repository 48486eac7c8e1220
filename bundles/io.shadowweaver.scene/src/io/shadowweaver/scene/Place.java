// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

/**
 * A rectangle on the ground: a region, a zone, a cluster in a zone, or the members of a group in one zone. Lengths are in cells.
 *
 * @param kind   what it is
 * @param id     unique among all places
 * @param name   what the operator reads
 * @param group  the key of the group, for {@link Kind#PATCH}; empty otherwise
 * @param x      left edge
 * @param y      front edge
 * @param width  along x
 * @param depth  along y
 */
public record Place(Kind kind, String id, String name, String group, float x, float y, float width, float depth) {
	/** In an id, what precedes the number of further ground of the same thing. */
	static final String MORE = "\n";

	/** What a place is. */
	public enum Kind {
		/** A region with its zones. */
		REGION,
		/** A zone with its groups. */
		ZONE,
		/** What of a cluster is in a zone, with its groups. */
		CLUSTER,
		/** The members of a group in a zone. */
		PATCH
	}

	/** The id of what it is ground of: the same for all the ground of one region, zone or cluster. */
	public String subject() {
		int more = id.indexOf(MORE);
		if (more < 0) {
			return id;
		}
		int rest = id.indexOf('/', more);
		return id.substring(0, more) + (rest < 0 ? "" : id.substring(rest));
	}

	/** The middle along x. */
	public float centreX() {
		return x + width / 2;
	}

	/** The middle along y. */
	public float centreY() {
		return y + depth / 2;
	}
}
