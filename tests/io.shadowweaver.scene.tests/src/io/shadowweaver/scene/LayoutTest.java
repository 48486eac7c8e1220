// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.topology.Construction;
import io.shadowweaver.api.topology.Lifecycle;
import io.shadowweaver.api.topology.Link;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.Topology;

class LayoutTest {
	private static Map<String, Layout.Cell> cells(Layout layout, Topology topology) {
		Map<String, Layout.Cell> cells = new HashMap<>();
		topology.resources().keySet().forEach(id -> cells.put(id, layout.cell(id).orElseThrow()));
		return cells;
	}

	private static Layout next(Layout layout, Topology topology, String fallback) {
		return layout.next(topology, fallback, "", TestEstate.NOW, Set.of());
	}

	private static void assertApart(Map<String, Layout.Cell> cells) {
		List<Layout.Cell> all = List.copyOf(cells.values());
		for (int i = 0; i < all.size(); i++) {
			for (int j = i + 1; j < all.size(); j++) {
				boolean apart = Math.abs(all.get(i).x() - all.get(j).x()) > .999 || Math.abs(all.get(i).y() - all.get(j).y()) > .999;
				assertTrue(apart, all.get(i) + " lies on " + all.get(j));
			}
		}
	}

	@Test
	void noTwoShareACellAndAllStandOnTheirPatch() {
		for (int size : new int[] { 1, 3, 20, 400 }) {
			Topology topology = TestEstate.fleet(size).state().topology();
			Layout layout = next(Layout.EMPTY, topology, "estate");
			Map<String, Layout.Cell> cells = cells(layout, topology);
			assertApart(cells);
			cells.forEach((id, cell) -> {
				Place patch = layout.places().get(cell.patch());
				assertTrue(cell.x() > patch.x() && cell.x() < patch.x() + patch.width() && cell.y() > patch.y() && cell.y() < patch.y() + patch.depth(),
						id + " is not on " + patch);
			});
		}
	}

	@Test
	void whatStaysKeepsItsPlaceWhenOthersComeAndGo() {
		TestEstate estate = TestEstate.fleet(20);
		Topology before = estate.state().topology();
		Layout first = next(Layout.EMPTY, before, "estate");
		estate.live("web-21", "web", "north", "north-1", .2);
		estate.live("app-0", "app", "south", "south-0", .2);
		estate.resources.remove("web-4");
		Topology after = estate.state().topology();
		Layout second = next(first, after, "estate");
		Map<String, Layout.Cell> old = cells(first, before);
		old.remove("web-4");
		old.forEach((id, cell) -> assertEquals(cell, second.cell(id).orElseThrow(), id));
		assertApart(cells(second, after));
		assertEquals(Optional.empty(), second.cell("web-4"));
	}

	@Test
	void theFirstLayoutDependsOnTheContentAlone() {
		Topology topology = TestEstate.fleet(30).state().topology();
		Map<String, Resource> backwards = new java.util.LinkedHashMap<>();
		topology.resources().keySet().stream().sorted(java.util.Comparator.reverseOrder())
				.forEach(id -> backwards.put(id, topology.resources().get(id)));
		Topology other = new Topology(backwards, topology.links(), topology.groups());
		assertEquals(cells(next(Layout.EMPTY, topology, "e"), topology), cells(next(Layout.EMPTY, other, "e"), other));
	}

	@Test
	void membersAreInNaturalOrder() {
		TestEstate estate = new TestEstate().group("web", 20);
		for (int i = 12; i >= 1; i--) {
			estate.live("web-" + i, "web", "r", "z", .1);
		}
		Layout layout = next(Layout.EMPTY, estate.state().topology(), "e");
		Layout.Cell last = null;
		for (int i = 1; i <= 12; i++) {
			Layout.Cell cell = layout.cell("web-" + i).orElseThrow();
			assertTrue(last == null || cell.y() > last.y() || cell.y() == last.y() && cell.x() > last.x(), "web-" + i + " comes too early");
			last = cell;
		}
	}

	@Test
	void aGroupHasTheSameRowInAllZonesOfARegion() {
		Layout layout = next(Layout.EMPTY, TestEstate.fleet(20).state().topology(), "e");
		Map<String, Set<Float>> rows = new HashMap<>();
		layout.places().values().stream().filter(place -> place.kind() == Place.Kind.PATCH && place.id().startsWith("patch:north/"))
				.forEach(place -> rows.computeIfAbsent(place.group(), g -> new HashSet<>()).add(place.y()));
		assertEquals(3, rows.size());
		rows.forEach((group, ys) -> assertEquals(1, ys.size(), group));
	}

	@Test
	void workFlowsFromTheFrontToTheBack() {
		TestEstate estate = new TestEstate().live("z-lb", "z", "r", "z", .1).live("m-web", "m", "r", "z", .1).live("a-db", "a", "r", "z", .1);
		estate.links.add(new Link("z-lb", "m-web", "calls"));
		estate.links.add(new Link("m-web", "a-db", "calls"));
		estate.links.add(new Link("a-db", "m-web", "replies"));
		Layout layout = next(Layout.EMPTY, estate.state().topology(), "e");
		assertTrue(layout.cell("z-lb").orElseThrow().y() < layout.cell("m-web").orElseThrow().y());
		assertTrue(layout.cell("m-web").orElseThrow().y() < layout.cell("a-db").orElseThrow().y());
	}

	@Test
	void aMachineKeepsItsPlaceWhenTheProviderNamesIt() {
		TestEstate estate = TestEstate.fleet(8);
		Map<String, String> labels = Map.of(Resource.TIER, "web", Resource.REGION, "north", Resource.ZONE, "north-1", Resource.TOKEN, "t-1");
		estate.resources.put("new:t-1", new Resource("new:t-1", "vm", "new", "", labels, Map.of("cpu", 4.), Lifecycle.QUEUED,
				Optional.of(new Construction("p", TestEstate.NOW, TestEstate.NOW, TestEstate.NOW, 0))));
		Layout first = next(Layout.EMPTY, estate.state().topology(), "e");
		estate.resources.remove("new:t-1");
		estate.resources.put("a-17", new Resource("a-17", "vm", "web-9", "", labels, Map.of("cpu", 4.), Lifecycle.LIVE, Optional.empty()));
		Layout second = next(first, estate.state().topology(), "e");
		assertEquals(first.cell("new:t-1"), second.cell("a-17"));
		assertNotEquals(Optional.empty(), second.cell("a-17"));
	}

	@Test
	void thousandsOfLonelyHostsMakeNoLongLine() {
		TestEstate estate = new TestEstate();
		for (int i = 0; i < 2000; i++) {
			estate.resources.put("h" + i, Resource.live("h" + i, "host", "h" + i, Map.of(), Map.of()));
		}
		Layout layout = next(Layout.EMPTY, estate.state().topology(), "My hosts");
		Place region = layout.places().get("region:");
		assertEquals("My hosts", region.name());
		assertTrue(region.width() < 2 * region.depth() && region.depth() < 2 * region.width(), region.toString());
	}
}
