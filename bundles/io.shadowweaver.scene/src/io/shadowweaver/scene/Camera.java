// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import org.joml.Matrix4f;
import org.joml.Vector3f;
import org.joml.Vector4f;

/**
 * Where the scene is looked at from. Immutable. The ground is z = 0, x and y in cells, z upwards.
 *
 * @param x           what is in the middle
 * @param y           what is in the middle
 * @param z           what is in the middle
 * @param azimuth     degrees around the vertical; at 45 the corner of large x and small y is in front
 * @param elevation   degrees above the ground: 20 to 80, or 90 from the top
 * @param extent      cells from the lower to the upper edge of the picture, positive
 * @param perspective whether far things are smaller (field of view 35°); otherwise orthographic
 */
public record Camera(float x, float y, float z, float azimuth, float elevation, float extent, boolean perspective) {
	/** The azimuth at the start. */
	public static final float AZIMUTH = 45;
	/** The elevation at the start. */
	public static final float ELEVATION = 38;
	private static final float FIELD = (float) Math.toRadians(35);
	private static final float LEAST = 1.5f;
	private static final float MOST = 20_000;

	/** Brings angles and extent into their ranges. */
	public Camera {
		azimuth = azimuth - 360 * (float) Math.floor(azimuth / 360);
		elevation = elevation >= 89 ? 90 : Math.clamp(elevation, 20, 80);
		extent = Math.clamp(extent, LEAST, MOST);
	}

	/** Looks at a scene as a whole from the usual direction. */
	public static Camera fit(Bounds bounds, float aspect) {
		return fit(bounds, aspect, 0);
	}

	/** The same with a share of the height left free at the top. */
	public static Camera fit(Bounds bounds, float aspect, float free) {
		return new Camera(0, 0, 0, AZIMUTH, ELEVATION, 10, false).fitted(bounds, aspect, free);
	}

	/**
	 * Moved and zoomed so that everything is seen.
	 *
	 * @param aspect width by height of the picture
	 * @param free   share of the height that is left free at the top, for the sentence: 0 to .4
	 */
	public Camera fitted(Bounds bounds, float aspect, float free) {
		Vector3f right = right();
		Vector3f up = up();
		float left = Float.MAX_VALUE;
		float bottom = Float.MAX_VALUE;
		float most = -Float.MAX_VALUE;
		float top = -Float.MAX_VALUE;
		for (int corner = 0; corner < 8; corner++) {
			Vector3f point = new Vector3f((corner & 1) == 0 ? bounds.minX() : bounds.maxX(), (corner & 2) == 0 ? bounds.minY() : bounds.maxY(),
					(corner & 4) == 0 ? 0 : bounds.height());
			left = Math.min(left, point.dot(right));
			most = Math.max(most, point.dot(right));
			bottom = Math.min(bottom, point.dot(up));
			top = Math.max(top, point.dot(up));
		}
		float height = Math.max((top - bottom) * 1.1f / (1 - free), (most - left) * 1.04f / aspect);
		Vector3f middle = new Vector3f(right).mul((left + most) / 2).add(new Vector3f(up).mul((top + bottom) / 2 + height * free / 2));
		Vector3f forward = forward();
		if (forward.z < -.05f) {
			middle.add(new Vector3f(forward).mul(-middle.z / forward.z));
		}
		Camera fitted = new Camera(middle.x, middle.y, 0, azimuth, elevation, height, perspective);
		while (perspective && fitted.extent < MOST && !fitted.contains(bounds, aspect)) {
			fitted = fitted.zoom(1.05f);
		}
		return fitted;
	}

	private boolean contains(Bounds bounds, float aspect) {
		Matrix4f matrix = matrix(aspect);
		for (int corner = 0; corner < 8; corner++) {
			Vector3f seen = project(matrix, (corner & 1) == 0 ? bounds.minX() : bounds.maxX(), (corner & 2) == 0 ? bounds.minY() : bounds.maxY(),
					(corner & 4) == 0 ? 0 : bounds.height());
			if (seen == null || seen.x < 0 || seen.x > 1 || seen.y < 0 || seen.y > 1) {
				return false;
			}
		}
		return true;
	}

	/** Turned around the middle. */
	public Camera orbit(float degreesAround, float degreesUp) {
		float from = elevation == 90 ? 80 : elevation;
		return new Camera(x, y, z, azimuth + degreesAround, degreesUp == 0 ? elevation : Math.min(from + degreesUp, 80), extent, perspective);
	}

	/**
	 * Moved along the ground.
	 *
	 * @param across share of the height of the picture to the right
	 * @param away   share of the height of the picture upwards
	 */
	public Camera pan(float across, float away) {
		Vector3f right = right();
		Vector3f far = new Vector3f(0, 0, 1).cross(right);
		float stretch = (float) (1 / Math.sin(Math.toRadians(elevation)));
		return new Camera(x + (right.x * across + far.x * away * stretch) * extent, y + (right.y * across + far.y * away * stretch) * extent,
				z, azimuth, elevation, extent, perspective);
	}

	/** Nearer (below 1) or further (over 1). */
	public Camera zoom(float factor) {
		return new Camera(x, y, z, azimuth, elevation, extent * factor, perspective);
	}

	/**
	 * Nearer or further with one point of the picture kept in its place.
	 *
	 * @param across -1 at the left edge to 1 at the right one
	 * @param up     -1 at the lower edge to 1 at the upper one
	 */
	public Camera zoomAt(float factor, float across, float up, float aspect) {
		Camera zoomed = zoom(factor);
		float share = (1 - zoomed.extent / extent) / 2;
		Camera moved = pan(across * aspect * share, up * share);
		return new Camera(moved.x, moved.y, z, azimuth, elevation, zoomed.extent, perspective);
	}

	/** From the top, and back again. */
	public Camera top() {
		return new Camera(x, y, z, azimuth, elevation == 90 ? ELEVATION : 90, extent, perspective);
	}

	/** With or without perspective. */
	public Camera withPerspective(boolean wanted) {
		return new Camera(x, y, z, azimuth, elevation, extent, wanted);
	}

	/** Looking at another point from the same direction. */
	public Camera at(float toX, float toY, float toExtent) {
		return new Camera(toX, toY, 0, azimuth, elevation, toExtent, perspective);
	}

	/**
	 * On the way to another camera, by the shorter way around; slow at both ends.
	 *
	 * @param share 0 to 1
	 */
	public Camera towards(Camera other, double share) {
		if (share >= 1) {
			return other;
		}
		float t = (float) (share * share * (3 - 2 * share));
		float turn = (other.azimuth - azimuth + 540) % 360 - 180;
		float up = elevation + (other.elevation - elevation) * t;
		return new Camera(x + (other.x - x) * t, y + (other.y - y) * t, z + (other.z - z) * t, azimuth + turn * t, up > 80 && up < 90 ? 80 : up,
				(float) (extent * Math.pow(other.extent / extent, t)), other.perspective);
	}

	/** World to clip space. */
	public Matrix4f matrix(float aspect) {
		float distance = distance();
		Vector3f forward = forward();
		Vector3f up = up();
		Matrix4f matrix = perspective
				? new Matrix4f().setPerspective(FIELD, aspect, Math.max(.1f, distance * .02f), distance * 6 + 300)
				: new Matrix4f().setOrtho(-extent / 2 * aspect, extent / 2 * aspect, -extent / 2, extent / 2, .1f, distance * 2);
		return matrix.lookAt(x - forward.x * distance, y - forward.y * distance, z - forward.z * distance, x, y, z, up.x, up.y, up.z);
	}

	/** From the eye to what is in the middle, in cells. */
	float distance() {
		return perspective ? extent / 2 / (float) Math.tan(FIELD / 2) : Math.max(extent * 3, 400);
	}

	/** The direction of the view. */
	public Vector3f forward() {
		double a = Math.toRadians(azimuth);
		double e = Math.toRadians(elevation);
		return new Vector3f((float) (-Math.sin(a) * Math.cos(e)), (float) (Math.cos(a) * Math.cos(e)), (float) -Math.sin(e));
	}

	/** What points to the right in the picture. */
	public Vector3f right() {
		double a = Math.toRadians(azimuth);
		return new Vector3f((float) Math.cos(a), (float) Math.sin(a), 0);
	}

	/** What points upwards in the picture. */
	public Vector3f up() {
		return right().cross(forward());
	}

	/** Where the eye is; behind everything when orthographic. */
	public Vector3f eye() {
		return new Vector3f(x, y, z).sub(forward().mul(distance()));
	}

	/**
	 * Where a point is in the picture.
	 *
	 * @return x from the left and y from the top, 0 to 1 inside of the picture, and the depth; {@code null} when it is behind
	 *         the eye
	 */
	public static Vector3f project(Matrix4f matrix, float px, float py, float pz) {
		Vector4f clip = matrix.transform(new Vector4f(px, py, pz, 1));
		if (clip.w <= 0) {
			return null;
		}
		return new Vector3f((clip.x / clip.w + 1) / 2, (1 - clip.y / clip.w) / 2, clip.z / clip.w);
	}

	/**
	 * The ray through a point of the picture.
	 *
	 * @param across 0 at the left edge to 1 at the right one
	 * @param down   0 at the upper edge to 1 at the lower one
	 * @param aspect width by height of the picture
	 */
	public Ray ray(float across, float down, float aspect) {
		float sideways = (across - .5f) * extent * aspect;
		float upwards = (.5f - down) * extent;
		Vector3f offset = right().mul(sideways).add(up().mul(upwards));
		Vector3f eye = eye();
		if (perspective) {
			Vector3f target = new Vector3f(x, y, z).add(offset);
			return new Ray(eye, target.sub(eye).normalize());
		}
		return new Ray(eye.add(offset), forward());
	}

	/**
	 * A half line.
	 *
	 * @param origin    where it starts
	 * @param direction of length 1
	 */
	public record Ray(Vector3f origin, Vector3f direction) {
	}
}
