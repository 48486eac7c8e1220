// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

/**
 * The box around a scene, in cells.
 *
 * @param minX   left
 * @param minY   front
 * @param maxX   right
 * @param maxY   back
 * @param height of the tallest block
 */
public record Bounds(float minX, float minY, float maxX, float maxY, float height) {
	/** The middle along x. */
	public float centreX() {
		return (minX + maxX) / 2;
	}

	/** The middle along y. */
	public float centreY() {
		return (minY + maxY) / 2;
	}
}
