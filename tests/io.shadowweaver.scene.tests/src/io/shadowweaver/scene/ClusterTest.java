// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.alert.Severity;
import io.shadowweaver.api.topology.Resource;

/** The level between zone and group, where resources belong to clusters. */
class ClusterTest {
	private static final float WIDTH = 1280;
	private static final float HEIGHT = 800;
	private static final ViewSettings VIEW = ViewSettings.defaults(ZoneOffset.UTC);

	/** The fleet, two thirds of which belong to one of two clusters. */
	private static TestEstate clustered(int webs) {
		TestEstate estate = TestEstate.fleet(webs);
		for (int i = 1; i <= webs; i++) {
			for (String id : List.of("web-" + i, "app-" + i)) {
				if (i % 5 > 1) {
					estate.resources.put(id, estate.resources.get(id).with(Resource.CLUSTER, i % 5 < 4 ? "blue" : "green"));
				}
			}
		}
		return estate;
	}

	private static SceneModel scene(TestEstate estate, ViewSettings view) {
		return new SceneBuilder().build(estate.state(), view, PastValues.NONE, Duration.ZERO);
	}

	private static boolean contains(Place outer, Place inner) {
		return inner.x() >= outer.x() && inner.y() >= outer.y() && inner.x() + inner.width() <= outer.x() + outer.width()
				&& inner.y() + inner.depth() <= outer.y() + outer.depth();
	}

	@Test
	void whatIsOfAClusterStandsOnItsPlateAndNothingElseDoes() {
		TestEstate estate = clustered(60);
		SceneModel scene = scene(estate, VIEW);
		List<Place> plates = scene.places().stream().filter(place -> place.kind() == Place.Kind.CLUSTER).toList();
		assertEquals(Set.of("blue", "green"), Set.copyOf(plates.stream().map(Place::name).toList()));
		assertEquals(plates.size(), scene.labels().stream().filter(label -> label.kind() == SceneModel.Label.Kind.CLUSTER).count(), "each is named");
		for (Place plate : plates) {
			Block block = scene.blocks().stream().filter(one -> one.place().equals(plate)).findFirst().orElseThrow();
			assertTrue(block.size() > 0, plate.id());
			for (SceneModel.Node node : scene.nodes()) {
				boolean on = node.x() > plate.x() && node.x() < plate.x() + plate.width() && node.y() > plate.y() && node.y() < plate.y() + plate.depth();
				Resource resource = estate.resources.get(node.id());
				String zone = resource.label(Resource.REGION) + "/" + resource.label(Resource.ZONE);
				assertEquals(plate.id().equals("cluster:" + zone + "/" + resource.label(Resource.CLUSTER)), on, node.id() + " and " + plate.id());
				assertEquals(on, scene.nodes().subList(block.from(), block.to()).contains(node), node.id() + " in the block of " + plate.id());
			}
			assertTrue(scene.places().stream().anyMatch(zone -> zone.kind() == Place.Kind.ZONE && contains(zone, plate)), plate + " is in no zone");
			assertTrue(plates.stream().allMatch(other -> other == plate || other.x() + other.width() <= plate.x() || plate.x() + plate.width() <= other.x()
					|| other.y() + other.depth() <= plate.y() || plate.y() + plate.depth() <= other.y()), plate + " lies on another one");
		}
	}

	@Test
	void aClusterCarriesTheWorstOfWhatIsInsideAndItsZoneAllOfIt() {
		TestEstate estate = clustered(30).live("hot", "web", "north", "north-1", .97);
		estate.resources.put("hot", estate.resources.get("hot").with(Resource.CLUSTER, "green"));
		estate.alerts.add(TestEstate.alert("hot", Severity.CRITICAL, Alert.State.OPEN, 30));
		SceneModel scene = scene(estate, VIEW);
		Block green = scene.blocks().stream().filter(block -> block.place().id().equals("cluster:north/north-1/green")).findFirst().orElseThrow();
		Block blue = scene.blocks().stream().filter(block -> block.place().id().equals("cluster:north/north-1/blue")).findFirst().orElseThrow();
		Block zone = scene.blocks().stream().filter(block -> block.place().id().equals("zone:north/north-1")).findFirst().orElseThrow();
		assertEquals(.97, green.use(), 1e-9);
		assertEquals("alert-hot", green.alarm().orElseThrow().id());
		assertEquals(.5, blue.use(), 1e-9);
		assertEquals(.97, zone.use(), 1e-9);
		assertEquals(1, zone.alarms());
		assertTrue(zone.from() <= Math.min(blue.from(), green.from()) && zone.to() >= Math.max(blue.to(), green.to()) && blue.size() + green.size() < zone.size());
	}

	@Test
	void whoComesNearSeesZonesThenClustersThenGroupsThenResources() {
		SceneModel scene = scene(clustered(8000), VIEW);
		Camera fit = Camera.fit(scene.bounds(), WIDTH / HEIGHT);
		Place middle = scene.places().stream().filter(place -> place.id().equals("cluster:north/north-1/blue")).findFirst().orElseThrow();
		List<Place.Kind> seen = new java.util.ArrayList<>();
		int hidden = 0;
		for (float extent = fit.extent() * 40; extent > 3; extent *= .8f) {
			Detail detail = Detail.of(scene, fit.at(middle.centreX(), middle.centreY(), extent), WIDTH, HEIGHT, Detail.STILL);
			Set<Place.Kind> kinds = new HashSet<>();
			detail.solids().forEach(solid -> kinds.add(solid.block().place().kind()));
			kinds.stream().filter(kind -> !seen.contains(kind)).sorted().forEach(seen::add);
			hidden += detail.nodes().isEmpty() ? 1 : 0;
		}
		assertEquals(List.of(Place.Kind.values()), seen);
		assertTrue(hidden > 3, "resources are seen from everywhere");
	}

	@Test
	void whereThereIsNoClusterTheLevelIsSkipped() {
		assertFalse(scene(TestEstate.fleet(30), VIEW).places().stream().anyMatch(place -> place.kind() == Place.Kind.CLUSTER));
		SceneModel grouped = scene(clustered(30), VIEW.withArrangement(Arrangement.USUAL.by(Resource.CLUSTER)));
		assertFalse(grouped.places().stream().anyMatch(place -> place.kind() == Place.Kind.CLUSTER), "grouped by it, it is the group");
	}

	@Test
	void aClusterThatGrowsMovesNobody() {
		TestEstate estate = clustered(30);
		Layout before = Layout.EMPTY.next(estate.state().topology(), "e", "", TestEstate.NOW, Set.of());
		Set<String> known = Set.copyOf(estate.resources.keySet());
		for (int i = 0; i < 40; i++) {
			estate.live("more-" + i, "web", "north", "north-1", .2);
			estate.resources.put("more-" + i, estate.resources.get("more-" + i).with(Resource.CLUSTER, i % 2 == 0 ? "blue" : "green"));
		}
		Layout after = before.next(estate.state().topology(), "e", "", TestEstate.NOW, Set.of());
		known.forEach(id -> assertEquals(before.cell(id), after.cell(id), id));
		List<Place> plates = after.places().values().stream().filter(place -> place.kind() == Place.Kind.CLUSTER).toList();
		assertTrue(plates.stream().anyMatch(plate -> !plate.subject().equals(plate.id())), "it found room on its old plate: the test is too small");
		assertEquals(Set.of("cluster:north/north-1/blue", "cluster:north/north-1/green"), Set.copyOf(plates.stream().map(Place::subject)
				.filter(id -> id.startsWith("cluster:north/north-1/")).toList()));
	}
}
