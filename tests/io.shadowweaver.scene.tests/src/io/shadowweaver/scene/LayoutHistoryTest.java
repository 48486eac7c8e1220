// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.alert.Severity;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.Topology;

/** What moves, and what does not, while resources come and go. */
class LayoutHistoryTest {
	private static final Instant START = TestEstate.NOW;

	private static Layout next(Layout layout, TestEstate estate, Instant now) {
		return layout.next(estate.state().topology(), "e", "", now, Set.of());
	}

	private static Map<String, Layout.Cell> cells(Layout layout, Topology topology) {
		Map<String, Layout.Cell> cells = new HashMap<>();
		topology.resources().keySet().forEach(id -> cells.put(id, layout.cell(id).orElseThrow()));
		return cells;
	}

	/** Ids of those who stand elsewhere than before. */
	private static Set<String> moved(Map<String, Layout.Cell> before, Map<String, Layout.Cell> after) {
		Set<String> moved = new HashSet<>(before.keySet());
		moved.removeIf(id -> !after.containsKey(id) || after.get(id).equals(before.get(id)));
		return moved;
	}

	/** Everybody on a patch, alone in a cell; patches in their zones, zones in their regions; regions and zones beside each other. */
	private static void assertInOrder(Layout layout, Map<String, Layout.Cell> cells) {
		Set<String> taken = new HashSet<>();
		cells.forEach((id, cell) -> {
			assertTrue(taken.add(Math.round(cell.x() * 20) + " " + Math.round(cell.y() * 20)), () -> id + " is not alone");
			assertTrue(inside(cell.x() - .5f, cell.y() - .5f, cell.x() + .5f, cell.y() + .5f, layout.places().get(cell.patch())), () -> id + " is not on its patch");
		});
		List<Place> all = List.copyOf(layout.places().values());
		Place around = null;
		Place zone = null;
		for (Place place : all) {
			Place outer = place.kind() == Place.Kind.REGION ? place : place.kind() == Place.Kind.ZONE ? around : zone;
			assertTrue(inside(place.x(), place.y(), place.x() + place.width(), place.y() + place.depth(), outer), () -> place + " leaves " + outer);
			around = place.kind() == Place.Kind.REGION ? place : around;
			zone = place.kind() == Place.Kind.ZONE ? place : zone;
		}
		for (int i = 0; i < all.size(); i++) {
			Place one = all.get(i);
			for (Place other : all.subList(i + 1, all.size())) {
				assertTrue(one.kind() != other.kind() || apart(one, other), () -> one + " lies on " + other);
			}
		}
	}

	private static boolean inside(float x, float y, float toX, float toY, Place place) {
		return x > place.x() - .001 && y > place.y() - .001 && toX < place.x() + place.width() + .001 && toY < place.y() + place.depth() + .001;
	}

	private static boolean apart(Place one, Place other) {
		return one.x() + one.width() < other.x() + .001 || other.x() + other.width() < one.x() + .001 || one.y() + one.depth() < other.y() + .001
				|| other.y() + other.depth() < one.y() + .001;
	}

	/** One step of a history in which everything comes and goes: members, groups, zones, regions. */
	private static void step(TestEstate estate, Random random, int step, int spread) {
		int coming = random.nextInt(4) == 0 ? random.nextInt(Math.clamp(estate.resources.size() / 3, 1, 30)) : random.nextInt(4);
		String region = "r" + random.nextInt(1 + spread / 20);
		String zone = region + "-" + random.nextInt(1 + spread / 25);
		String group = List.of("web", "app", "db", "x" + random.nextInt(1 + spread / 4)).get(random.nextInt(4));
		for (int i = 0; i < coming; i++) {
			estate.live("i" + step + "-" + i, group, region, zone, .5);
		}
		List<String> ids = new ArrayList<>(new java.util.TreeSet<>(estate.resources.keySet()));
		for (int i = ids.size() > 150 ? 60 : random.nextInt(4); i > 0 && ids.size() > 10; i--) {
			estate.resources.remove(ids.remove(random.nextInt(ids.size())));
		}
	}

	@Test
	void whoComesOrGoesMovesNobody() {
		boolean more = false;
		for (int seed = 1; seed <= 4; seed++) {
			Random random = new Random(seed);
			TestEstate estate = TestEstate.fleet(12);
			Layout layout = next(Layout.EMPTY, estate, START);
			Map<String, Layout.Cell> cells = cells(layout, estate.state().topology());
			for (int step = 0; step < 100; step++) {
				step(estate, random, step, step);
				layout = next(layout, estate, START.plusSeconds(20L * step));
				Map<String, Layout.Cell> after = cells(layout, estate.state().topology());
				assertEquals(Set.of(), moved(cells, after), "step " + step + " of history " + seed);
				assertInOrder(layout, after);
				cells = after;
			}
			more |= layout.places().keySet().stream().anyMatch(id -> id.startsWith("region:") && id.indexOf(Place.MORE) > 0);
		}
		assertTrue(more, "no region ever had too little room");
	}

	@Test
	void theSameHistoryGivesTheSamePlacesAndARestartDependsOnTheContentAlone() {
		List<Map<String, Layout.Cell>> ends = new ArrayList<>();
		for (int run = 0; run < 2; run++) {
			Random random = new Random(11);
			TestEstate estate = TestEstate.fleet(12);
			Layout layout = next(Layout.EMPTY, estate, START);
			for (int step = 0; step < 60; step++) {
				step(estate, random, step, step);
				layout = next(layout, estate, START.plusSeconds(300L * step));
			}
			ends.add(cells(layout, estate.state().topology()));
			ends.add(cells(next(Layout.EMPTY, estate, START.plusSeconds(run)), estate.state().topology()));
		}
		assertEquals(ends.get(0), ends.get(2));
		assertEquals(ends.get(1), ends.get(3));
		assertNotEquals(ends.get(0), ends.get(1), "the history left no trace");
	}

	@Test
	void overHoursFewMoveAndOnlyIntoOldGaps() {
		Random random = new Random(3);
		TestEstate estate = TestEstate.fleet(30);
		Layout layout = next(Layout.EMPTY, estate, START);
		Map<String, Layout.Cell> cells = cells(layout, estate.state().topology());
		Map<List<Float>, Instant> left = new HashMap<>();
		Map<String, Instant> last = new HashMap<>();
		int moves = 0;
		for (int step = 0; step < 400; step++) {
			Instant now = START.plusSeconds(90L * step);
			step(estate, random, step, 10);
			Map<String, Layout.Cell> before = cells;
			layout = next(layout, estate, now);
			cells = cells(layout, estate.state().topology());
			assertInOrder(layout, cells);
			before.forEach((id, cell) -> {
				if (estate.resources.get(id) == null) {
					left.put(List.of(cell.x(), cell.y()), now);
				}
			});
			for (String id : moved(before, cells)) {
				Layout.Cell cell = cells.get(id);
				Instant gap = left.get(List.of(cell.x(), cell.y()));
				assertTrue(gap != null && !now.isBefore(gap.plus(Layout.HEAL_AFTER)), id + " moved to where nobody has been missing for long: " + gap);
				String zone = estate.resources.get(id).label(Resource.ZONE);
				Instant recent = last.put(zone, now);
				assertTrue(recent == null || !now.isBefore(recent.plus(Layout.PACE)), zone + " has no rest");
				left.put(List.of(before.get(id).x(), before.get(id).y()), now);
				moves++;
			}
		}
		assertTrue(moves > 5, "nothing healed: " + moves);
	}

	private static TestEstate ten() {
		TestEstate estate = new TestEstate().group("web", 30);
		for (int i = 1; i <= 10; i++) {
			estate.live("web-" + i, "web", "r", "z", .1);
		}
		return estate;
	}

	@Test
	void aGapIsKeptForAnHourThenTakenByWhoComes() {
		TestEstate estate = ten();
		Layout first = next(Layout.EMPTY, estate, START);
		Layout.Cell gap = first.cell("web-3").orElseThrow();
		estate.resources.remove("web-3");
		Layout layout = next(first, estate, START);
		// more than there was room for
		for (int i = 11; i <= 16; i++) {
			estate.live("web-" + i, "web", "r", "z", .1);
			layout = next(layout, estate, START.plus(Layout.HEAL_AFTER).minusSeconds(1));
			assertNotEquals(gap, layout.cell("web-" + i).orElseThrow(), "web-" + i);
		}
		estate.live("web-17", "web", "r", "z", .1);
		layout = next(layout, estate, START.plus(Layout.HEAL_AFTER));
		assertEquals(gap, layout.cell("web-17").orElseThrow());
	}

	@Test
	void whoComesBackFindsItsPlace() {
		TestEstate estate = ten();
		Layout first = next(Layout.EMPTY, estate, START);
		Resource away = estate.resources.remove("web-3");
		Layout without = next(first, estate, START);
		estate.live("web-2b", "web", "r", "z", .1);
		Layout other = next(without, estate, START.plusSeconds(60));
		estate.resources.put("web-3", away);
		assertEquals(first.cell("web-3"), next(other, estate, START.plusSeconds(600)).cell("web-3"));
	}

	@Test
	void anOldGapIsClosedByTheLastOneThatMayMove() {
		TestEstate estate = ten();
		Layout first = next(Layout.EMPTY, estate, START);
		estate.resources.keySet().removeAll(Set.of("web-3", "web-5"));
		Topology topology = estate.state().topology();
		Layout layout = next(first, estate, START);
		Map<String, Layout.Cell> before = cells(layout, topology);
		Instant healing = START.plus(Layout.HEAL_AFTER);
		assertTrue(!layout.restless(healing.minusMillis(1)) && layout.restless(healing), "it does not tell when it heals");
		layout = layout.next(topology, "e", "", healing, Set.of("web-10"));
		assertEquals(Set.of("web-9"), moved(before, cells(layout, topology)));
		assertEquals(first.cell("web-3"), layout.cell("web-9"));
		before = cells(layout, topology);
		layout = next(layout, estate, healing.plus(Layout.PACE).minusSeconds(1));
		assertEquals(Set.of(), moved(before, cells(layout, topology)));
		layout = next(layout, estate, healing.plus(Layout.PACE));
		assertEquals(first.cell("web-5"), layout.cell("web-10"));
		assertTrue(!layout.restless(healing.plus(Duration.ofDays(9))), "there is nothing to be healed");
	}

	@Test
	void aGroupThatIsReplacedAllTheTimeDoesNotSpread() {
		TestEstate estate = ten();
		Layout layout = next(Layout.EMPTY, estate, START);
		Place region = layout.places().get("region:r");
		for (int step = 0; step < 300; step++) {
			estate.live("new-" + step, "web", "r", "z", .1);
			estate.resources.remove(step < 10 ? "web-" + (step + 1) : "new-" + (step - 10));
			layout = next(layout, estate, START.plusSeconds(60L * step));
		}
		Place now = layout.places().get("region:r");
		assertTrue(now.width() * now.depth() < 4 * region.width() * region.depth(), region + " became " + now);
	}

	@Test
	void whereMoreComeThanAreKnownThereIsNoMapYet() {
		TestEstate estate = new TestEstate().live("a", "web", "r", "z", .1);
		Layout layout = next(Layout.EMPTY, estate, START);
		TestEstate whole = TestEstate.fleet(200).live("a", "web", "r", "z", .1);
		assertEquals(cells(next(Layout.EMPTY, whole, START), whole.state().topology()), cells(next(layout, whole, START), whole.state().topology()));
	}

	@Test
	void aScenarioLeavesNoTraceOnTheMap() {
		TestEstate estate = TestEstate.fleet(20);
		ViewSettings view = ViewSettings.defaults(ZoneOffset.UTC);
		SceneBuilder builder = new SceneBuilder();
		SceneModel before = builder.build(estate.state(), view, PastValues.NONE, Duration.ZERO);
		TestEstate lost = TestEstate.fleet(20);
		lost.resources.keySet().removeIf(id -> id.startsWith("web-1"));
		lost.live("extra-1", "web", "north", "north-1", .1).live("extra-2", "web", "north", "north-1", .1);
		SceneModel imagined = builder.build(lost.state(), view.withScenario("lose some"), PastValues.NONE, Duration.ZERO);
		Map<String, SceneModel.Node> real = new HashMap<>();
		before.nodes().forEach(node -> real.put(node.id(), node));
		imagined.nodes().stream().filter(node -> real.containsKey(node.id())).forEach(node -> assertEquals(real.get(node.id()).x(), node.x(), node.id()));
		estate.live("late", "web", "north", "north-1", .1);
		SceneModel after = builder.build(estate.state(), view, PastValues.NONE, Duration.ZERO);
		after.nodes().stream().filter(node -> !node.id().equals("late")).forEach(node -> {
			assertEquals(real.get(node.id()).x(), node.x(), node.id());
			assertEquals(real.get(node.id()).y(), node.y(), node.id());
		});
	}

	@Test
	void whatAlertsIsNotMovedWhileTheMapHealsWithTime() {
		TestEstate estate = ten();
		estate.alerts.add(TestEstate.alert("web-10", Severity.CRITICAL, Alert.State.OPEN, 30));
		ViewSettings view = ViewSettings.defaults(ZoneOffset.UTC);
		SceneBuilder builder = new SceneBuilder();
		SceneModel before = builder.build(estate.state(), view, PastValues.NONE, Duration.ZERO);
		estate.resources.remove("web-3");
		builder.build(estate.state(), view, PastValues.NONE, Duration.ZERO);
		estate.now = START.plus(Layout.HEAL_AFTER);
		SceneModel after = builder.build(estate.state(), view, PastValues.NONE, Duration.ZERO);
		assertEquals(before.node("web-10").orElseThrow().x(), after.node("web-10").orElseThrow().x());
		assertEquals(before.node("web-3").orElseThrow().x(), after.node("web-9").orElseThrow().x());
	}
}
