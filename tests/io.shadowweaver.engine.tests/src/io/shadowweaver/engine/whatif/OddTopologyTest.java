// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.whatif;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.provision.ProvisioningReport;
import io.shadowweaver.api.state.SeriesIndex;
import io.shadowweaver.api.state.SeriesPages;
import io.shadowweaver.api.state.Shadow;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Lifecycle;
import io.shadowweaver.api.topology.Link;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.Topology;
import io.shadowweaver.engine.search.Query;

/** Scenarios and queries over what a topology should not be, and over names that nobody expects. */
class OddTopologyTest {
	private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
	private static final Metric REQUESTS = Metric.REQUESTS;
	private static final double RATE = 100;

	private final Map<String, Resource> resources = new LinkedHashMap<>();
	private final Set<Link> links = new HashSet<>();

	private void machine(String id, String parent) {
		resources.put(id, new Resource(id, "vm", id, parent, Map.of(Resource.ZONE, "a"), Map.of(REQUESTS.id(), 2 * RATE), Lifecycle.LIVE, Optional.empty()));
	}

	private static Bands flat() {
		float[] values = new float[2 * Levels.COUNT];
		for (int i = 0; i < values.length; i++) {
			values[i] = (float) RATE + i % Levels.COUNT;
		}
		return new Bands(NOW, new long[] { 3_600_000, 86_400_000 }, values);
	}

	private WeaverState state() {
		SeriesPages.Builder series = SeriesPages.empty(new SeriesIndex()).next();
		Bands bands = flat();
		for (String id : resources.keySet()) {
			SeriesId requests = new SeriesId(id, REQUESTS.id());
			series.value(series.slot(requests), NOW.toEpochMilli(), RATE);
			series.forecast(series.slot(requests), new Forecast(requests, NOW, "naive", "1", .2, .8, 100, Optional.of(bands), "", Optional.empty()));
		}
		Map<String, Metric> metrics = new HashMap<>();
		Metric.standard().forEach(metric -> metrics.put(metric.id(), metric));
		return new WeaverState("t", "T", 1, NOW, Duration.ofMinutes(1), new Topology(resources, links, Map.of()), metrics, series.build(), Shadow.empty(Shadow.Kind.UNATTENDED, NOW),
				Shadow.empty(Shadow.Kind.PLANNED, NOW), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), Map.of(), false,
				new ProvisioningReport(List.of(), List.of(), List.of(), Map.of()), Map.of());
	}

	private Outcome solve(Change... changes) throws ScenarioException {
		return WhatIf.solve(new Base(state(), Map.of(), Map.of(), Map.of()), Scenario.of("odd", changes), Shadow.Kind.UNATTENDED);
	}

	/** How many times as many requests a resource is expected to have. */
	private static double factor(Outcome outcome, String id) {
		SeriesId requests = new SeriesId(id, REQUESTS.id());
		Bands after = outcome.after().shadow().projected().get(requests);
		return after == null ? 1 : after.value(0, Levels.MEDIAN) / flat().value(0, Levels.MEDIAN);
	}

	@Test
	void callsInACircleAreFollowedOnceAndTold() throws Exception {
		for (int i = 0; i < 40; i++) {
			machine("r" + i, "");
			for (int j = 0; j < 40; j++) {
				// every one calls every other, and itself
				links.add(new Link("r" + i, "r" + j, Flow.CALLS));
			}
		}
		Outcome outcome = assertTimeout(Duration.ofSeconds(30), () -> solve(Change.Traffic.of("r0", 2)));
		assertTrue(outcome.notes().stream().anyMatch(note -> note.startsWith("They call each other in a circle")), outcome.notes().toString());
		resources.keySet().forEach(id -> assertTrue(Double.isFinite(factor(outcome, id)) && factor(outcome, id) >= 1, id + ": " + factor(outcome, id)));
		assertTrue(factor(outcome, "r0") >= 2);
	}

	@Test
	void loadGoesDownALongChainToItsEnd() throws Exception {
		int length = 20_000;
		for (int i = 0; i < length; i++) {
			machine("r" + i, "");
			if (i > 0) {
				links.add(new Link("r" + (i - 1), "r" + i, Flow.CALLS));
			}
		}
		Outcome outcome = assertTimeout(Duration.ofSeconds(60), () -> solve(Change.Traffic.of("r0", 2)));
		assertEquals(2, factor(outcome, "r" + (length - 1)), 1e-6);
		assertEquals(2, factor(outcome, "r1"), 1e-6);
	}

	@Test
	void twoHundredThousandLinksAreSolved() throws Exception {
		for (int i = 0; i < 2000; i++) {
			machine("r" + i, "");
		}
		for (int i = 0; i < 200_000; i++) {
			// from lower to higher ones, so that no circle hides the work
			int from = i % 1999;
			links.add(new Link("r" + from, "r" + (from + 1 + (i / 1999 * 7) % (1999 - from)), Flow.CALLS));
		}
		assertTrue(links.size() > 100_000, "few are the same: " + links.size());
		Outcome outcome = assertTimeout(Duration.ofSeconds(60), () -> solve(Change.Traffic.of(Change.ESTATE, 2)));
		assertEquals(2, factor(outcome, "r0"), 1e-6);
		assertEquals(2, factor(outcome, "r1999"), 1e-6, "once for each way, not for each link");
	}

	@Test
	void parentsInACircleOrNowhereAndLinksToNobodyHarmNothing() throws Exception {
		machine("a", "b");
		machine("b", "a");
		machine("orphan", "gone");
		links.add(new Link("nobody", "a", Flow.CALLS));
		links.add(new Link("a", "group:none", Flow.CALLS));
		Outcome outcome = solve(Change.Traffic.of("orphan", 3), new Change.Remove("a", When.NOW));
		assertEquals(3, factor(outcome, "orphan"), 1e-6);
		assertEquals(1, factor(outcome, "b"), 1e-6);
	}

	@Test
	void namesOfAnyLengthAndScriptAreFoundChangedAndKept() throws Exception {
		List<String> names = List.of("x".repeat(300), "服务器".repeat(100), "خادم الويب", "\u202Eevil\u202C", "two\nlines", "👩‍💻 \"quoted\", and more", "a:b>3 @+2h", "-minus");
		names.forEach(name -> machine(name, ""));
		WeaverState state = state();
		for (String name : names) {
			Scenario scenario = Scenario.of(name, Change.Traffic.of(name, 2), new Change.Remove(name, When.in(Duration.ofHours(2))));
			Scenario read = ScenarioFile.parse(ScenarioFile.text(scenario));
			assertEquals(scenario, read);
			assertEquals(2, factor(solve(read.changes().getFirst()), name), 1e-6, name);
			if (name.indexOf('"') < 0) {
				assertEquals(Set.of(name), Query.parse('"' + name + '"').checked(state).matches(state, new Query.Prediction(Shadow.Kind.UNATTENDED, .5)), name);
			}
		}
		String gone = "不在".repeat(150);
		String said = assertThrows(ScenarioException.class, () -> solve(new Change.Remove(gone, null))).getMessage();
		assertTrue(said.contains("there is no resource " + gone), said);
	}
}
