// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.whatif;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.state.Shadow;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.Topology;
import io.shadowweaver.engine.Imagined;
import io.shadowweaver.engine.Imaginer;

/** Rough solutions beside the exact ones, and exact ones that share what a scenario does not touch beside those that share nothing. */
class SketchTest {
	/** Of the worst utilisation of a group: the highest of its demand is always among the times that are kept. */
	private static final double WORST = .03;
	/** Of the median at any time, which between the times that are kept is read from a straight line. */
	private static final double ANY_TIME = .12;

	/** A short dip below a threshold may lie between the times that are kept. */
	private static final Duration IN_BREACH = Duration.ofHours(6);

	private static Change change(Random random, Base base) {
		List<String> groups = List.copyOf(base.state().topology().groups().keySet());
		String group = groups.get(random.nextInt(groups.size()));
		double factor = Math.round(100 * Math.pow(3, 2 * random.nextDouble() - 1)) / 100.;
		return switch (random.nextInt(6)) {
		case 0 -> Change.Traffic.of(Change.ESTATE, factor);
		case 1 -> new Change.Scale(group, factor);
		case 2 -> new Change.Loss(Resource.ZONE, "z1", null, Optional.empty());
		case 3 -> new Change.Add(group, 1 + random.nextInt(5), null, null, null, When.NOW);
		default -> Change.Traffic.of("group:" + group, factor);
		};
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6 })
	void aSketchIsNearTheExactSolution(long seed) throws Exception {
		Base base = RandomEstate.of(seed, 400, 25);
		Imaginer imaginer = new Imaginer(base);
		Random random = new Random(seed);
		int moved = 0;
		for (int i = 0; i < 8; i++) {
			Change[] changes = random.nextBoolean() ? new Change[] { change(random, base) } : new Change[] { change(random, base), change(random, base) };
			Scenario scenario = Scenario.of("random", changes);
			Imagined exact = imaginer.solve(scenario, () -> false);
			Imagined rough = imaginer.sketch(scenario, "cpu");
			assertTrue(rough.rough() && !exact.rough());
			assertEquals(exact.outcome().after().costPerHour(), rough.outcome().after().costPerHour(), 1e-9);
			assertEquals(exact.state().topology(), rough.state().topology());
			for (Outcome.Figures right : exact.outcome().after().figures().values()) {
				near(right, rough.outcome().after().figures().get(right.subject()), scenario);
			}
			moved += shadows(exact, rough, scenario);
			values(exact, rough);
			alerts(exact, rough);
		}
		assertTrue(moved > 100, "hardly anything was changed: " + moved);
	}

	private static void near(Outcome.Figures right, Outcome.Figures about, Scenario scenario) {
		String what = scenario + ": " + right + " and roughly " + about;
		assertEquals(right.metric(), about.metric(), what);
		if (Double.isInfinite(right.high()) || Double.isNaN(right.high())) {
			assertEquals(right.high(), about.high(), what);
			return;
		}
		assertEquals(right.high(), about.high(), WORST * right.high(), what);
		if (Math.abs(right.high() - right.critical()) > WORST * right.critical()) {
			assertEquals(right.breach().isPresent(), about.breach().isPresent(), what);
		}
		assertEquals(right.inBreach().toMinutes(), about.inBreach().toMinutes(), IN_BREACH.toMinutes(), what);
		assertEquals(right.required(), about.required(), Math.max(1, WORST * right.required()), what);
	}

	/** Medians of groups and members in the metric that is looked at, over time: near, and moved to the same side. */
	private static int shadows(Imagined exact, Imagined rough, Scenario scenario) {
		int moved = 0;
		for (Shadow.Kind kind : Shadow.Kind.values()) {
			Map<SeriesId, Bands> right = exact.state().shadow(kind).projected();
			Map<SeriesId, Bands> about = rough.state().shadow(kind).projected();
			Map<SeriesId, Bands> before = exact.outcome().before().shadow().projected();
			for (Map.Entry<SeriesId, Bands> entry : right.entrySet()) {
				if (!entry.getKey().metric().equals("cpu")) {
					continue;
				}
				Bands sketched = about.get(entry.getKey());
				for (Duration ahead : List.of(Duration.ZERO, Duration.ofHours(1), Duration.ofHours(5), Duration.ofHours(23))) {
					Instant time = RandomEstate.NOW.plus(ahead);
					double value = entry.getValue().at(time, .5);
					double sketch = sketched.at(time, .5);
					assertEquals(value, sketch, ANY_TIME * value, scenario + " " + kind + " " + entry.getKey() + " in " + ahead);
					double unchanged = before.containsKey(entry.getKey()) ? before.get(entry.getKey()).at(time, .5) : Double.NaN;
					if (kind == Shadow.Kind.UNATTENDED && Math.abs(value / unchanged - 1) > ANY_TIME) {
						assertEquals(Math.signum(value - unchanged), Math.signum(sketch - unchanged), scenario + " " + entry.getKey());
						moved++;
					}
				}
			}
			Set<SeriesId> cpu = new HashSet<>(about.keySet());
			cpu.removeIf(id -> !id.metric().equals("cpu") || right.containsKey(id));
			assertEquals(Set.of(), cpu, "of these nothing is projected any more");
		}
		return moved;
	}

	private static void values(Imagined exact, Imagined rough) {
		for (int slot = 0; slot < exact.state().series().size(); slot++) {
			SeriesId id = exact.state().series().id(slot);
			double right = exact.state().series().value(slot);
			if (id.metric().equals("cpu") && !Double.isNaN(right)) {
				assertEquals(right, rough.state().series().value(id), 1e-3 * Math.abs(right), id.toString());
			}
		}
	}

	private static void alerts(Imagined exact, Imagined rough) {
		Map<String, Alert> about = new HashMap<>();
		rough.state().alerts().forEach(alert -> about.put(alert.subject() + alert.metric(), alert));
		for (Alert alert : exact.state().alerts()) {
			if (Math.abs(alert.value() / alert.limit() - 1) > WORST) {
				assertTrue(about.containsKey(alert.subject() + alert.metric()), "missed: " + alert);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 11, 12, 13 })
	void whatIsSharedIsWhatWouldBeSolved(long seed) throws Exception {
		Base base = RandomEstate.of(seed, 300, 20);
		Baseline baseline = new Baseline(base);
		Random random = new Random(seed);
		for (int i = 0; i < 6; i++) {
			Scenario scenario = Scenario.of("random", change(random, base), change(random, base));
			Baseline.Both both = baseline.solve(scenario, () -> false);
			for (Shadow.Kind kind : Shadow.Kind.values()) {
				Outcome.Side shared = (kind == Shadow.Kind.PLANNED ? both.planned() : both.unattended()).outcome().after();
				Estate estate = WhatIf.changed(base, scenario, kind == Shadow.Kind.PLANNED);
				Outcome.Side alone = new Solver(base, estate, new Flow(base, estate), kind, Grid.FULL, () -> false).solve(id -> Optional.empty(), Optional.empty(), Optional.empty()).side();
				assertEquals(alone.figures(), shared.figures(), scenario.toString());
				assertEquals(new HashMap<>(alone.shadow().projected()), new HashMap<>(shared.shadow().projected()), scenario.toString());
				assertEquals(alone.shadow().groups(), shared.shadow().groups());
				assertEquals(alone.prices(), shared.prices());
				assertEquals(alone.costPerHour(), shared.costPerHour(), 1e-9);
				assertEquals(alone.topology(), shared.topology());
				for (String group : alone.topology().groups().keySet()) {
					assertEquals(alone.topology().members(group), shared.topology().members(group));
				}
			}
		}
	}

	@Test
	void whatIsNotTouchedIsTheVerySame() throws Exception {
		Base base = RandomEstate.of(5, 400, 25);
		Baseline baseline = new Baseline(base);
		String group = base.state().topology().groups().keySet().stream().filter(id -> base.state().topology().links().stream().noneMatch(link -> link.from().equals("group:" + id))).findFirst().orElseThrow();
		Outcome outcome = baseline.sketch(Scenario.of("one", Change.Traffic.of("group:" + group, 2)), "cpu").unattended().outcome();
		int same = 0;
		for (Map.Entry<SeriesId, Bands> entry : outcome.before().shadow().projected().entrySet()) {
			boolean mine = entry.getKey().subject().equals("group:" + group) || base.state().topology().groupOf(entry.getKey().subject()).filter(group::equals).isPresent();
			if (!mine) {
				assertSame(entry.getValue(), outcome.after().shadow().projected().get(entry.getKey()));
				same++;
			}
		}
		assertTrue(same > 300, same + " of them");
		assertSame(base.state().topology(), outcome.after().topology());
	}

	@Test
	void whatIsNoLongerWantedEndsSoon() throws Exception {
		Imaginer imaginer = new Imaginer(RandomEstate.of(3, 400, 20));
		imaginer.prepare(() -> false);
		Scenario scenario = Scenario.of("all", Change.Traffic.of(Change.ESTATE, 2));
		AtomicInteger asked = new AtomicInteger();
		assertThrows(CancellationException.class, () -> imaginer.solve(scenario, () -> asked.incrementAndGet() > 3));
		assertEquals(4, asked.get(), "it went on after that");
		assertFalse(imaginer.solve(scenario, () -> false).rough(), "the next one is not solved");
	}

	@Test
	void whatDoesNotFitIsSaidInASketchToo() {
		Imaginer imaginer = new Imaginer(RandomEstate.of(3, 60, 10));
		ScenarioException thrown = assertThrows(ScenarioException.class, () -> imaginer.sketch(Scenario.of("bad", new Change.Scale("nowhere", 2.)), "cpu"));
		assertTrue(thrown.getMessage().contains("change 1: there is no group nowhere"), thrown.getMessage());
	}

	@Test
	void aTopologyWithOthersIsThatOfAllOfThem() {
		Topology topology = RandomEstate.of(9, 200, 15).state().topology();
		List<Resource> all = new ArrayList<>(topology.resources().values());
		Resource moved = all.get(7).with(Resource.TIER, "g0");
		List<Resource> changed = List.of(moved, all.get(30).with(Resource.TIER, "none"), Resource.live("new", "vm", "new", Map.of(Resource.TIER, "g1"), Map.of("cpu", 4.)));
		Map<String, Resource> whole = new HashMap<>(topology.resources());
		changed.forEach(resource -> whole.put(resource.id(), resource));
		Topology right = new Topology(whole, topology.links(), topology.groups());
		Topology fast = topology.with(changed);
		assertEquals(right, fast);
		right.groups().keySet().forEach(group -> assertEquals(right.members(group), fast.members(group)));
		whole.keySet().forEach(id -> assertEquals(right.groupOf(id), fast.groupOf(id)));
	}
}
