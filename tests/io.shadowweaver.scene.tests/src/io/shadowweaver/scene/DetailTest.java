// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.joml.Vector3f;
import org.junit.jupiter.api.Test;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.alert.Severity;
import io.shadowweaver.scene.SceneModel.Node;

class DetailTest {
	private static final float WIDTH = 1280;
	private static final float HEIGHT = 800;
	private static final ViewSettings VIEW = ViewSettings.defaults(ZoneOffset.UTC);

	private static SceneModel scene(TestEstate estate, ViewSettings view) {
		return new SceneBuilder().build(estate.state(), view, PastValues.NONE, Duration.ZERO);
	}

	private static Block block(SceneModel scene, String place) {
		return scene.blocks().stream().filter(block -> block.place().id().equals(place)).findFirst().orElseThrow();
	}

	private static Camera far(SceneModel scene) {
		return Camera.fit(scene.bounds(), WIDTH / HEIGHT);
	}

	@Test
	void aBlockCarriesTheWorstOfWhatIsInside() {
		TestEstate estate = TestEstate.fleet(30).live("hot", "web", "north", "north-1", .97);
		estate.forecast("hot", .99, .01).forecast("web-1", .6, .02);
		estate.alerts.add(TestEstate.alert("hot", Severity.CRITICAL, Alert.State.OPEN, 30));
		estate.alerts.add(TestEstate.alert("web-1", Severity.WARNING, Alert.State.OPEN, 10));
		SceneModel scene = scene(estate, VIEW);
		Node hot = scene.node("hot").orElseThrow();
		for (String place : new String[] { "patch:north/north-1/group:web", "zone:north/north-1", "region:north" }) {
			Block block = block(scene, place);
			assertEquals(.97, block.use(), 1e-9, place);
			assertEquals(hot.colour(), block.colour(), place);
			assertEquals(hot.ghost().orElseThrow().worst(), block.ghost().orElseThrow().worst(), 1e-9, place);
			assertEquals("alert-hot", block.alarm().orElseThrow().id(), place);
			assertEquals(1, block.pulse());
			assertEquals(2, block.alarms(), place);
			Set<String> inside = new HashSet<>();
			scene.nodes().subList(block.from(), block.to()).forEach(node -> inside.add(node.id()));
			assertTrue(inside.contains("hot") && inside.contains("web-1"), place);
		}
		Block south = block(scene, "region:south");
		assertEquals(.5, south.use(), 1e-9);
		assertEquals(Optional.empty(), south.alarm());
		assertEquals(scene.nodes().size(), south.size() + block(scene, "region:north").size());
	}

	@Test
	void theShadowIsThatOfTheGroupsOwnSeriesAndNoSumOfItsMembers() {
		TestEstate estate = TestEstate.fleet(20);
		for (int i = 1; i <= 20; i++) {
			estate.forecast("web-" + i, .5, .04);
		}
		// twenty members of four cores: 56 of 80 cores
		estate.forecast("group:web", 56, .8);
		SceneModel scene = scene(estate, VIEW);
		var ghost = block(scene, "region:north").ghost().orElseThrow();
		assertEquals(.7, ghost.predicted(), 1e-6);
		assertTrue(ghost.worst() > .7 && ghost.worst() < .75, "the group's own band is narrower than that of a member: " + ghost.worst());
	}

	@Test
	void aSmallEstateIsSeenWholeAndALargeOneInBlocksThatHideNothing() {
		SceneModel small = scene(TestEstate.fleet(100), VIEW);
		assertEquals(small.nodes().size(), Detail.of(small, far(small), WIDTH, HEIGHT, Detail.STILL).nodes().size());
		SceneModel large = scene(TestEstate.fleet(8000), VIEW);
		Detail detail = Detail.of(large, far(large), WIDTH, HEIGHT, Detail.STILL);
		assertFalse(detail.solids().isEmpty());
		int hidden = detail.solids().stream().mapToInt(solid -> solid.block().size()).sum();
		assertEquals(large.nodes().size(), hidden + detail.nodes().size());
		assertTrue(detail.nodes().size() <= Detail.STILL);
	}

	@Test
	void whatIsNearOpensAndWhatIsFarAwayClosesUpToTheRegion() {
		SceneModel scene = scene(TestEstate.fleet(8000), VIEW);
		Node one = scene.node("web-1234").orElseThrow();
		Detail near = Detail.of(scene, far(scene).at(one.x(), one.y(), 20), WIDTH, HEIGHT, Detail.STILL);
		assertTrue(near.nodes().contains(one));
		assertTrue(near.nodes().size() < 2500, "only what is in the picture: " + near.nodes().size());
		Detail moving = Detail.of(scene, far(scene).zoom(.5f), WIDTH, HEIGHT, 10);
		assertTrue(moving.nodes().size() <= 10 || moving.nodes().stream().map(Node::group).distinct().count() == 1, "at most one patch is open");
		Detail away = Detail.of(scene, far(scene).zoom(40), WIDTH, HEIGHT, Detail.STILL);
		assertEquals(Set.of("region:north", "region:south"), Set.copyOf(away.solids().stream().map(solid -> solid.block().place().id()).toList()));
		assertEquals(List.of(), away.nodes());
	}

	@Test
	void aBlockIsPickedAndNothingInside() {
		SceneModel scene = scene(TestEstate.fleet(8000), VIEW);
		Picker picker = Picker.of(scene);
		for (boolean perspective : new boolean[] { false, true }) {
			for (float zoom : new float[] { 1, 40 }) {
				Camera camera = far(scene).withPerspective(perspective).zoom(zoom);
				Detail detail = Detail.of(scene, camera, WIDTH, HEIGHT, Detail.STILL);
				Detail.Solid front = detail.solids().stream().min(java.util.Comparator.comparingDouble(
						solid -> solid.block().place().centreX() * camera.forward().x + solid.block().place().centreY() * camera.forward().y)).orElseThrow();
				Place place = front.block().place();
				Vector3f at = Camera.project(camera.matrix(WIDTH / HEIGHT), place.centreX(), place.centreY(), front.block().reach() * front.stretch());
				assertEquals(Optional.of(front.block().subject()), picker.pick(camera.ray(at.x, at.y, WIDTH / HEIGHT), detail), place.id());
			}
		}
	}

	@Test
	void aZoneThatIsSelectedIsMarked() {
		SceneModel scene = scene(TestEstate.fleet(20), VIEW.withSelection(Set.of("zone:north/north-1")).withHover("region:south"));
		assertTrue(block(scene, "zone:north/north-1").selected());
		assertTrue(block(scene, "region:south").hovered());
		assertFalse(block(scene, "zone:north/north-0").selected());
	}
}
