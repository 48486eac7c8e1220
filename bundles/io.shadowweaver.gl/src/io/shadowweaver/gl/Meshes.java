// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.gl;

import io.shadowweaver.scene.Shape;

/** Vertices of the shapes of a scene, as triangles. */
final class Meshes {
	private Meshes() {
	}

	/** Vertices of the top of {@link #box} and of the two sides that face the quarter of large x and small y. */
	static final int BOX_NEAR = 18;
	/** The first vertex of {@link #sleeve} that is in front of what is inside of it, and how many there are without its edges. */
	static final int SLEEVE_NEAR = 12;
	static final int SLEEVE_NEAR_COUNT = 36;

	/** A unit box without a bottom: x y z and the normal. Those come first that {@link #BOX_NEAR} counts. */
	static float[] box() {
		float[][][] faces = { { { 0, 0, 1 }, { 1, 0, 1 }, { 1, 1, 1 }, { 0, 1, 1 }, { 0, 0, 1 } },
				{ { 1, 0, 0 }, { 1, 1, 0 }, { 1, 1, 1 }, { 1, 0, 1 }, { 1, 0, 0 } }, { { 0, 0, 0 }, { 1, 0, 0 }, { 1, 0, 1 }, { 0, 0, 1 }, { 0, -1, 0 } },
				{ { 0, 1, 0 }, { 0, 0, 0 }, { 0, 0, 1 }, { 0, 1, 1 }, { -1, 0, 0 } }, { { 1, 1, 0 }, { 0, 1, 0 }, { 0, 1, 1 }, { 1, 1, 1 }, { 0, 1, 0 } } };
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

	/** A prism in the unit square without a bottom, like {@link #box}: the sides with their normals, then the top. */
	static float[] prism(Shape shape) {
		int sides = shape.sides();
		float[] mesh = new float[sides * 9 * 6];
		int at = 0;
		for (int i = 0; i < sides; i++) {
			double a = 2 * Math.PI * i / sides;
			double b = 2 * Math.PI * (i + 1) / sides;
			double middle = (a + b) / 2;
			float[] from = { .5f + .5f * (float) Math.cos(a), .5f + .5f * (float) Math.sin(a) };
			float[] to = { .5f + .5f * (float) Math.cos(b), .5f + .5f * (float) Math.sin(b) };
			float nx = (float) Math.cos(middle);
			float ny = (float) Math.sin(middle);
			float[][] corners = { { from[0], from[1], 0, nx, ny, 0 }, { to[0], to[1], 0, nx, ny, 0 }, { to[0], to[1], 1, nx, ny, 0 },
					{ from[0], from[1], 0, nx, ny, 0 }, { to[0], to[1], 1, nx, ny, 0 }, { from[0], from[1], 1, nx, ny, 0 },
					{ .5f, .5f, 1, 0, 0, 1 }, { from[0], from[1], 1, 0, 0, 1 }, { to[0], to[1], 1, 0, 0, 1 } };
			for (float[] corner : corners) {
				System.arraycopy(corner, 0, mesh, at, 6);
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
