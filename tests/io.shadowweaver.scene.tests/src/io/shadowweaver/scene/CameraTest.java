// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.joml.Vector3f;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CameraTest {
	private static final Bounds BOUNDS = new Bounds(-2, 1, 30, 18, 4);

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void fitShowsAllOfIt(boolean perspective) {
		for (float azimuth = 0; azimuth < 360; azimuth += 30) {
			for (float elevation : new float[] { 20, 38, 80, 90 }) {
				Camera camera = new Camera(0, 0, 0, azimuth, elevation, 10, perspective).fitted(BOUNDS, 1.6f, 0);
				for (int corner = 0; corner < 8; corner++) {
					Vector3f at = Camera.project(camera.matrix(1.6f), (corner & 1) == 0 ? -2 : 30, (corner & 2) == 0 ? 1 : 18, (corner & 4) == 0 ? 0 : 4);
					assertTrue(at.x >= 0 && at.x <= 1 && at.y >= 0 && at.y <= 1 && at.z > -1 && at.z < 1, camera + " shows a corner at " + at);
				}
			}
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aRayGoesThroughWhatIsProjectedThere(boolean perspective) {
		Camera camera = new Camera(5, 6, 0, 70, 30, 20, perspective);
		Vector3f point = new Vector3f(7, 4, 1.5f);
		Vector3f at = Camera.project(camera.matrix(1.4f), point.x, point.y, point.z);
		Camera.Ray ray = camera.ray(at.x, at.y, 1.4f);
		Vector3f toPoint = new Vector3f(point).sub(ray.origin());
		float distance = toPoint.sub(new Vector3f(ray.direction()).mul(toPoint.dot(ray.direction()))).length();
		assertEquals(0, distance, .02);
	}

	@Test
	void anglesStayInTheirRange() {
		Camera camera = new Camera(0, 0, 0, 350, 38, 10, false);
		assertEquals(20, camera.orbit(30, 100).azimuth(), 1e-3);
		assertEquals(80, camera.orbit(0, 100).elevation());
		assertEquals(20, camera.orbit(0, -100).elevation());
		assertEquals(90, camera.top().elevation());
		assertEquals(Camera.ELEVATION, camera.top().top().elevation());
	}

	@Test
	void zoomKeepsThePointUnderTheMouse() {
		Camera camera = new Camera(3, 4, 0, 45, 38, 20, false);
		Camera.Ray before = camera.ray(.8f, .3f, 1.5f);
		float t = -before.origin().z / before.direction().z;
		Vector3f ground = new Vector3f(before.direction()).mul(t).add(before.origin());
		Camera zoomed = camera.zoomAt(.5f, .6f, .4f, 1.5f);
		Vector3f after = Camera.project(zoomed.matrix(1.5f), ground.x, ground.y, ground.z);
		assertEquals(.8, after.x, .01);
		assertEquals(.3, after.y, .01);
	}

	@Test
	void aFlightGoesTheShorterWayAndArrives() {
		Camera from = new Camera(0, 0, 0, 350, 38, 10, false);
		Camera to = new Camera(8, 0, 0, 10, 38, 40, false);
		Camera half = from.towards(to, .5);
		assertTrue(half.azimuth() < 1 || half.azimuth() > 359, String.valueOf(half.azimuth()));
		assertEquals(20, half.extent(), .01);
		assertEquals(to, from.towards(to, 1));
	}
}
