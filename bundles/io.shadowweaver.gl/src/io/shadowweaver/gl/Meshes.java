// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.gl;

/** Vertices of the shapes of a scene, as triangles. */
final class Meshes {
	private Meshes() {
	}

	/** A unit box without a bottom: x y z and the normal. */
	static float[] box() {
		float[][][] faces = { { { 0, 0, 1 }, { 1, 0, 1 }, { 1, 1, 1 }, { 0, 1, 1 }, { 0, 0, 1 } },
				{ { 1, 0, 0 }, { 1, 1, 0 }, { 1, 1, 1 }, { 1, 0, 1 }, { 1, 0, 0 } }, { { 0, 1, 0 }, { 0, 0, 0 }, { 0, 0, 1 }, { 0, 1, 1 }, { -1, 0, 0 } },
				{ { 0, 0, 0 }, { 1, 0, 0 }, { 1, 0, 1 }, { 0, 0, 1 }, { 0, -1, 0 } }, { { 1, 1, 0 }, { 0, 1, 0 }, { 0, 1, 1 }, { 1, 1, 1 }, { 0, 1, 0 } } };
		float[] mesh = new float[faces.length * 6 * 6];
		int at = 0;
		for (float[][] face : faces) {
			for (int corner : new int[] { 0, 1, 2, 0, 2, 3 }) {
				System.arraycopy(face[corner], 0, mesh, at, 3);
				System.arraycopy(face[4], 0, mesh, at + 3, 3);
				at += 6;
			}
		}
		return mesh;
	}

	/**
	 * A hollow sleeve as seen from the quarter of large x and small y, from back to front: the two walls behind, the ring on
	 * the top, the two walls in front, and the ring's edges on them. x y from -1 to 1, z 0 below and 1 above, then the part: 0
	 * a wall, 1 the ring, 2 its edge.
	 */
	static float[] sleeve() {
		float inner = .83f;
		float[][][] quads = { wall(-1, -1, -1, 1, 0), wall(-1, 1, 1, 1, 0),
				{ { -1, -1, 1, 1 }, { 1, -1, 1, 1 }, { inner, -inner, 1, 1 }, { -inner, -inner, 1, 1 } },
				{ { 1, -1, 1, 1 }, { 1, 1, 1, 1 }, { inner, inner, 1, 1 }, { inner, -inner, 1, 1 } },
				{ { 1, 1, 1, 1 }, { -1, 1, 1, 1 }, { -inner, inner, 1, 1 }, { inner, inner, 1, 1 } },
				{ { -1, 1, 1, 1 }, { -1, -1, 1, 1 }, { -inner, -inner, 1, 1 }, { -inner, inner, 1, 1 } }, wall(-1, -1, 1, -1, 0), wall(1, -1, 1, 1, 0),
				wall(-1, -1, 1, -1, 2), wall(1, -1, 1, 1, 2) };
		float[] mesh = new float[quads.length * 6 * 4];
		int at = 0;
		for (float[][] quad : quads) {
			for (int corner : new int[] { 0, 1, 2, 0, 2, 3 }) {
				System.arraycopy(quad[corner], 0, mesh, at, 4);
				at += 4;
			}
		}
		return mesh;
	}

	private static float[][] wall(float ax, float ay, float bx, float by, float part) {
		return new float[][] { { ax, ay, 0, part }, { bx, by, 0, part }, { bx, by, 1, part }, { ax, ay, 1, part } };
	}

	/** From the one end of a line (x = 0) to the other (x = 1), y to both sides. */
	static float[] line() {
		return new float[] { 0, -1, 1, -1, 1, 1, 0, -1, 1, 1, 0, 1 };
	}

	/** A unit square. */
	static float[] square() {
		return new float[] { 0, 0, 1, 0, 1, 1, 0, 0, 1, 1, 0, 1 };
	}
}
