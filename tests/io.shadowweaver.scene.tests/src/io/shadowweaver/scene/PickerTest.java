// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;

import org.joml.Vector3f;
import org.junit.jupiter.api.Test;

import io.shadowweaver.scene.SceneModel.Node;

class PickerTest {
	private static final float ASPECT = 1.6f;

	private static SceneModel scene(int size) {
		return new SceneBuilder().build(TestEstate.fleet(size).state(), ViewSettings.defaults(ZoneOffset.UTC), PastValues.NONE, Duration.ZERO);
	}

	@Test
	void theTopOfEachBlockPicksIt() {
		for (int size : new int[] { 2, 40, 500 }) {
			SceneModel scene = scene(size);
			Picker picker = Picker.of(scene);
			Camera camera = new Camera(0, 0, 0, 45, 80, 10, false).fitted(scene.bounds(), ASPECT, 0);
			for (Node node : scene.nodes()) {
				Vector3f at = Camera.project(camera.matrix(ASPECT), node.x(), node.y(), node.height());
				assertEquals(Optional.of(node.id()), picker.pick(camera.ray(at.x, at.y, ASPECT), Detail.OPEN), node.id());
			}
		}
	}

	@Test
	void whatStandsInFrontIsPicked() {
		TestEstate estate = new TestEstate();
		estate.live("front", "a", "r", "z", 1.5).live("behind", "b", "r", "z", .1);
		estate.links.add(new io.shadowweaver.api.topology.Link("front", "behind", "calls"));
		SceneModel scene = new SceneBuilder().build(estate.state(), ViewSettings.defaults(ZoneOffset.UTC), PastValues.NONE, Duration.ZERO);
		Node front = scene.node("front").orElseThrow();
		Node behind = scene.node("behind").orElseThrow();
		assertTrue(front.y() < behind.y());
		Camera camera = new Camera(0, 0, 0, 0, 20, 10, false).fitted(scene.bounds(), ASPECT, 0);
		Vector3f at = Camera.project(camera.matrix(ASPECT), behind.x(), behind.y(), .05f);
		assertEquals(Optional.of("front"), Picker.of(scene).pick(camera.ray(at.x, at.y, ASPECT), Detail.OPEN));
	}

	@Test
	void betweenTheBlocksTheGroupIsPickedAndBesideAllNothing() {
		SceneModel scene = scene(12);
		Place patch = scene.places().stream().filter(place -> place.kind() == Place.Kind.PATCH && place.group().equals("group:web")).findFirst()
				.orElseThrow();
		Camera camera = new Camera(0, 0, 0, 45, 90, 10, false).fitted(scene.bounds(), ASPECT, 0);
		Vector3f edge = Camera.project(camera.matrix(ASPECT), patch.x() + .05f, patch.y() + .05f, 0);
		assertEquals(Optional.of("group:web"), Picker.of(scene).pick(camera.ray(edge.x, edge.y, ASPECT), Detail.OPEN));
		assertEquals(Optional.empty(), Picker.of(scene).pick(camera.ray(.001f, .001f, ASPECT), Detail.OPEN));
	}

	@Test
	void anEmptySceneHasNothingToPick() {
		SceneModel scene = new SceneBuilder().build(new TestEstate().state(), ViewSettings.defaults(ZoneOffset.UTC), PastValues.NONE, Duration.ZERO);
		assertEquals(Optional.empty(), Picker.of(scene).pick(Camera.fit(scene.bounds(), ASPECT).ray(.5f, .5f, ASPECT), Detail.OPEN));
	}
}
