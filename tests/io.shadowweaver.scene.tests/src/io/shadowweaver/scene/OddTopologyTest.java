// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.topology.Lifecycle;
import io.shadowweaver.api.topology.Link;
import io.shadowweaver.api.topology.Resource;

/** Topologies that nobody should make, and somebody does. */
class OddTopologyTest {
	private static final ViewSettings VIEW = ViewSettings.defaults(ZoneOffset.UTC);

	private static SceneModel scene(TestEstate estate, ViewSettings view) {
		return new SceneBuilder().build(estate.state(), view, PastValues.NONE, Duration.ZERO);
	}

	private static void assertComplete(TestEstate estate, SceneModel scene) {
		Set<String> ids = new HashSet<>();
		Set<List<Float>> cells = new HashSet<>();
		for (SceneModel.Node node : scene.nodes()) {
			assertTrue(ids.add(node.id()), node.id() + " is there twice");
			assertTrue(cells.add(List.of(node.x(), node.y())), node.id() + " stands on another");
			assertTrue(Float.isFinite(node.x() + node.y() + node.height()), node.id());
		}
		assertEquals(estate.resources.keySet(), ids);
	}

	@Test
	void linksThatCloseACircle() {
		TestEstate estate = new TestEstate();
		for (int i = 0; i < 30; i++) {
			estate.live("r" + i, "tier" + i, "north", "a", .3);
			estate.links.add(new Link("r" + i, "r" + (i + 1) % 30, "calls"));
			estate.links.add(new Link("r" + i, "r" + i, "calls"));
			// every one calls every other: the number of ways through this is beyond counting
			for (int j = 0; j < 30; j++) {
				estate.links.add(new Link("r" + i, "r" + j, "knows"));
			}
		}
		assertTimeout(Duration.ofSeconds(20), () -> assertComplete(estate, scene(estate, VIEW)));
	}

	@Test
	void parentsInACircleAndParentsThatAreNotThere() {
		TestEstate estate = TestEstate.fleet(3);
		estate.resources.put("a", new Resource("a", "vm", "a", "b", Map.of(), Map.of(), Lifecycle.LIVE, Optional.empty()));
		estate.resources.put("b", new Resource("b", "vm", "b", "a", Map.of(), Map.of(), Lifecycle.LIVE, Optional.empty()));
		estate.resources.put("orphan", new Resource("orphan", "", "", "gone", Map.of(), Map.of(), Lifecycle.LIVE, Optional.empty()));
		estate.links.add(new Link("nobody", "a", "calls"));
		estate.links.add(new Link("a", "group:none", "calls"));
		SceneModel scene = scene(estate, VIEW.withSelection(Set.of("a", "nobody", "group:none", "zone:no/where")));
		assertComplete(estate, scene);
		assertEquals("orphan", scene.node("orphan").orElseThrow().name(), "without a name it is called by its id");
	}

	/** Ids are unique in a topology; that names and tokens are is not said. */
	@Test
	void twoOfOneNameAndOneToken() {
		TestEstate estate = new TestEstate();
		for (int i = 0; i < 3; i++) {
			estate.resources.put("m" + i, Resource.live("m" + i, "vm", "same", Map.of(Resource.TOKEN, "t-1", Resource.TIER, "web"), Map.of()));
		}
		assertComplete(estate, scene(estate, VIEW));
		assertComplete(estate, scene(estate, VIEW));
	}

	@Test
	void twoHundredThousandLinks() {
		TestEstate estate = new TestEstate();
		for (int i = 0; i < 2000; i++) {
			estate.live("r" + i, "tier" + i % 400, "north", "z" + i % 3, .3);
		}
		for (int i = 0; i < 200_000; i++) {
			estate.links.add(new Link("r" + i % 2000, "r" + (i * 7 + i / 2000) % 2000, "k" + i % 3));
		}
		assertTrue(estate.links.size() > 190_000, "few are the same: " + estate.links.size());
		var state = estate.state();
		assertTimeout(Duration.ofSeconds(60), () -> {
			SceneModel scene = new SceneBuilder().build(state, VIEW, PastValues.NONE, Duration.ZERO);
			assertComplete(estate, scene);
			assertEquals(BeamMaker.MOST, scene.beams().size());
			assertTrue(scene.legend().notes().stream().anyMatch(note -> note.startsWith(BeamMaker.MOST + " of ")), scene.legend().notes().toString());
		});
	}

	@Test
	void longNamesAndNamesInAnyScript() {
		TestEstate estate = new TestEstate();
		String[] names = { "x".repeat(300), "服务器".repeat(100), "خادم الويب", "\u202Eevil\u202C", "two\nlines\tand\u0000more", "👩‍💻".repeat(60), "\uD800", "a&b" };
		for (int i = 0; i < names.length; i++) {
			estate.resources.put("r" + i, Resource.live("r" + i, names[i], names[i], Map.of(Resource.REGION, names[i], Resource.ZONE, names[i], Resource.TIER, names[i]), Map.of()));
		}
		Set<String> all = Set.copyOf(estate.resources.keySet());
		SceneModel scene = scene(estate, VIEW.withSelection(all));
		assertComplete(estate, scene);
		for (SceneModel.Node node : scene.nodes()) {
			assertTrue(node.name().codePointCount(0, node.name().length()) <= Words.LONGEST, node.name());
			assertFalse(node.name().chars().anyMatch(c -> c < ' ' || c == '\u202E'), node.name());
		}
		for (SceneModel.Label label : scene.labels()) {
			assertTrue(label.text().length() < 3 * Words.LONGEST && label.text().indexOf('\n') < 0, label.text());
		}
		assertEquals("خادم الويب", scene.node("r2").orElseThrow().name());
		assertEquals("x".repeat(Words.LONGEST - 1) + "…", scene.node("r0").orElseThrow().name());
	}
}
