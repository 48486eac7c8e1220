// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.whatif;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.alert.Threshold;
import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.Price;
import io.shadowweaver.api.provision.ProvisioningReport;
import io.shadowweaver.api.state.SeriesIndex;
import io.shadowweaver.api.state.SeriesPages;
import io.shadowweaver.api.state.Shadow;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.DemandTarget;
import io.shadowweaver.api.topology.Lifecycle;
import io.shadowweaver.api.topology.Link;
import io.shadowweaver.api.topology.Placement;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Selector;
import io.shadowweaver.api.topology.Template;
import io.shadowweaver.api.topology.Topology;
import io.shadowweaver.engine.Imagined;
import io.shadowweaver.engine.load.Queueing;
import io.shadowweaver.provisioning.DemandView;
import io.shadowweaver.provisioning.GroupView;

class WhatIfTest {
	private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
	/** Four machines of 100 requests a second in two zones, asked for 200 ± 20: half of what they carry. */
	private static final double DEMAND = 200;

	private final List<Resource> resources = new ArrayList<>();
	private final Set<Link> links = new HashSet<>();
	private final Map<String, ScalingGroup> groups = new HashMap<>();
	private final Map<SeriesId, Double> values = new HashMap<>();
	private final Map<SeriesId, Bands> forecasts = new HashMap<>();
	private final Map<String, Price> prices = new HashMap<>();
	private final Map<String, GroupUse> use = new HashMap<>();

	WhatIfTest() {
		group("web", 4, DEMAND);
	}

	private void group(String id, int members, double demand) {
		for (int i = 0; i < members; i++) {
			String name = id + "-" + i;
			resources.add(Resource.live(name, "vm", name, Map.of(Resource.TIER, id, Resource.ZONE, i % 2 == 0 ? "a" : "b"), Map.of("requests", 100.)));
			prices.put(name, Price.of(.1, "EUR"));
		}
		groups.put(id, new ScalingGroup(id, id, Selector.of(Resource.TIER, id), ScalingGroup.Scaling.HORIZONTAL, ScalingGroup.Owner.WEAVER, 0, 99, 1, Template.NONE,
				Placement.ANYWHERE, List.of(new DemandTarget("requests", .8)), "traffic", Duration.ZERO));
		values.put(SeriesId.ofGroup(id, "requests"), demand);
		forecasts.put(SeriesId.ofGroup(id, "requests"), flat(demand, demand / 50));
	}

	private static Bands flat(double median, double spread) {
		long[] leads = new long[24 * 4];
		float[] bands = new float[leads.length * Levels.COUNT];
		for (int lead = 0; lead < leads.length; lead++) {
			leads[lead] = (lead + 1) * 900_000L;
			for (int level = 0; level < Levels.COUNT; level++) {
				bands[lead * Levels.COUNT + level] = (float) (median + (level - Levels.MEDIAN) * spread);
			}
		}
		return new Bands(NOW, leads, bands);
	}

	private Base base() {
		SeriesPages.Builder series = SeriesPages.empty(new SeriesIndex()).next();
		values.forEach((id, value) -> series.value(series.slot(id), NOW.toEpochMilli(), value));
		forecasts.forEach((id, bands) -> series.forecast(series.slot(id), new Forecast(id, NOW, "naive", "1", .2, .8, 100, Optional.of(bands), "", Optional.empty())));
		Map<String, Metric> metrics = new HashMap<>();
		Metric.standard().forEach(metric -> metrics.put(metric.id(), metric));
		Map<String, Resource> byId = new HashMap<>();
		resources.forEach(resource -> byId.put(resource.id(), resource));
		Topology topology = new Topology(byId, links, groups);
		WeaverState state = new WeaverState("t", "T", 1, NOW, Duration.ofMinutes(1), topology, metrics, series.build(), Shadow.empty(Shadow.Kind.UNATTENDED, NOW),
				Shadow.empty(Shadow.Kind.PLANNED, NOW), List.of(new Threshold("r", "requests", "", new Selector(Map.of()), .7, .9, .6, .9, "")), List.of(), List.of(), List.of(),
				List.of(), List.of(), List.of(), Map.of(), false, new ProvisioningReport(List.of(), List.of(), List.of(), prices), Map.of());
		Map<String, GroupView> views = new HashMap<>();
		groups.values().forEach(group -> views.put(group.id(), new GroupView(group, Mode.OBSERVE, topology.liveMembers(group.id()), List.of(),
				List.of(new DemandView("requests", Optional.ofNullable(forecasts.get(SeriesId.ofGroup(group.id(), "requests"))), values.getOrDefault(SeriesId.ofGroup(group.id(), "requests"), Double.NaN), .2, .8)), 0)));
		return new Base(state, use, views, Map.of());
	}

	private Outcome solve(Change... changes) throws ScenarioException {
		return WhatIf.solve(base(), Scenario.of("test", changes), Shadow.Kind.UNATTENDED);
	}

	private static Outcome.Figures web(Outcome.Side side) {
		return side.figures().get("group:web");
	}

	@Test
	void nothingChangedIsNothingOther() throws Exception {
		Outcome outcome = solve();
		assertEquals(outcome.before().figures(), outcome.after().figures());
		assertEquals(.5, web(outcome.after()).median(), 1e-6);
		assertEquals(.4, outcome.after().costPerHour(), 1e-9);
		assertTrue(outcome.newBreaches().isEmpty());
		assertEquals(3, web(outcome.after()).required(), "208 requests a second at the 0.9 quantile, 80 a member");
	}

	@Test
	void twiceTheTrafficIsTwiceEachQuantile() throws Exception {
		Outcome outcome = solve(Change.Traffic.of("group:web", 2));
		Bands before = outcome.before().shadow().projected().get(SeriesId.ofGroup("web", "requests"));
		Bands after = outcome.after().shadow().projected().get(SeriesId.ofGroup("web", "requests"));
		for (int level = 0; level < Levels.COUNT; level++) {
			assertEquals(2 * before.value(7, level), after.value(7, level), 1e-6);
		}
		assertEquals(List.of("group:web"), outcome.newBreaches().stream().map(Outcome.Figures::subject).toList());
		assertEquals(Duration.ofMinutes(24 * 60 + 5), web(outcome.after()).inBreach());
		assertEquals(6, web(outcome.after()).required());
		assertEquals(2 * before.value(7, 3) * 100, outcome.after().shadow().projected().get(new SeriesId("web-1", "requests")).value(7, 3), 1e-3);
	}

	@Test
	void aSpikeIsOverWhenItsSpanIs() throws Exception {
		Outcome outcome = solve(new Change.Traffic("group:web", 2., null, When.in(Duration.ofHours(2)), Change.Shape.SPIKE, Duration.ofHours(3)));
		Bands after = outcome.after().shadow().projected().get(SeriesId.ofGroup("web", "requests"));
		assertEquals(.5, after.at(NOW.plus(Duration.ofMinutes(105)), .5), 1e-6);
		assertEquals(1, after.at(NOW.plus(Duration.ofHours(3)), .5), 1e-6);
		assertEquals(.5, after.at(NOW.plus(Duration.ofHours(6)), .5), 1e-6);
		assertEquals(180, web(outcome.after()).inBreach().toMinutes(), 20);
		Bands ramp = solve(new Change.Traffic("group:web", 3., null, When.NOW, Change.Shape.RAMP, Duration.ofHours(10))).after().shadow().projected().get(SeriesId.ofGroup("web", "requests"));
		assertEquals(1, ramp.at(NOW.plus(Duration.ofHours(5)), .5), 1e-6);
	}

	@Test
	void addedRequestsAddToTheMedianAndWidenInProportion() throws Exception {
		Bands after = solve(new Change.Traffic("group:web", null, 100., null, null, null)).after().shadow().projected().get(SeriesId.ofGroup("web", "requests"));
		assertEquals(.75, after.value(3, Levels.MEDIAN), 1e-6);
		Bands share = solve(Change.Traffic.of("web-0", 2)).after().shadow().projected().get(SeriesId.ofGroup("web", "requests"));
		assertEquals(.625, share.value(3, Levels.MEDIAN), 1e-6, "a quarter of the group's traffic twice");
	}

	@Test
	void aLostZoneDoublesTheRestAndItsReturnEndsThat() throws Exception {
		Outcome outcome = solve(new Change.Loss("zone", "a", When.in(Duration.ofHours(1)), Optional.of(When.in(Duration.ofHours(3)))));
		Bands after = outcome.after().shadow().projected().get(SeriesId.ofGroup("web", "requests"));
		assertEquals(.5, after.at(NOW.plus(Duration.ofMinutes(45)), .5), 1e-6);
		assertEquals(1, after.at(NOW.plus(Duration.ofHours(2)), .5), 1e-6);
		assertEquals(.5, after.at(NOW.plus(Duration.ofHours(4)), .5), 1e-6);
		assertEquals(2, web(outcome.after()).ready());
		assertEquals(.4, outcome.after().costPerHour(), 1e-9, "they are back at the end");
		Outcome all = solve(new Change.Loss("tier", "web", null, null));
		assertTrue(Double.isInfinite(web(all.after()).high()) && web(all.after()).breach().isPresent());
		assertTrue(all.notes().getFirst().contains("no member"), all.notes().toString());
		assertEquals(0, all.after().costPerHour());
	}

	@Test
	void membersAreAddedRemovedScaledAndRetyped() throws Exception {
		Outcome more = solve(new Change.Add("web", 4, null, null, null, When.in(Duration.ofHours(6))));
		Bands after = more.after().shadow().projected().get(SeriesId.ofGroup("web", "requests"));
		assertEquals(.5, after.at(NOW.plus(Duration.ofHours(5)), .5), 1e-6);
		assertEquals(.25, after.at(NOW.plus(Duration.ofHours(7)), .5), 1e-6);
		assertEquals(.8, more.after().costPerHour(), 1e-9);
		assertEquals(1, web(solve(new Change.Scale("web", .5)).after()).median(), 1e-6);
		assertEquals(2. / 3, web(solve(new Change.Remove("web-3", null)).after()).median(), 1e-6);
		Outcome larger = solve(new Change.InstanceType("web", Map.of("requests", 400.), Optional.of(.3)));
		assertEquals(.125, web(larger.after()).median(), 1e-6);
		assertEquals(1, web(larger.after()).required());
		assertEquals(1.2, larger.after().costPerHour(), 1e-9);
		assertEquals(200. / 700, web(solve(new Change.Resize("web-0", Map.of("requests", 400.))).after()).median(), 1e-6);
		assertEquals(.8, solve(new Change.PriceOf("zone", "a", 3.)).after().costPerHour(), 1e-9);
	}

	@Test
	void changesStack() throws Exception {
		Scenario both = Scenario.of("twice", Change.Traffic.of("estate", 2)).then(Scenario.of("and twice as many", new Change.Scale("web", 2.)));
		Outcome outcome = WhatIf.solve(base(), both, Shadow.Kind.UNATTENDED);
		assertEquals(.5, web(outcome.after()).median(), 1e-6);
		assertEquals("twice + and twice as many", outcome.scenario().name());
	}

	@Test
	void loadGoesOnAlongCallsByMeasuredRates() throws Exception {
		group("mobile", 2, 100);
		group("app", 8, 600);
		links.add(new Link("group:web", "group:app", "calls"));
		links.add(new Link("group:mobile", "group:app", "calls"));
		Outcome outcome = solve(Change.Traffic.of("group:web", 2));
		Bands app = outcome.after().shadow().projected().get(SeriesId.ofGroup("app", "requests"));
		assertEquals(600. / 800 * (1 + 2. / 3), app.value(3, Levels.MEDIAN), 1e-6, "two thirds of the callers' requests are twice as many");
		assertTrue(outcome.ratios().contains(new Outcome.Ratio("group:web", "group:app", 3)), outcome.ratios().toString());
		Bands whole = solve(Change.Traffic.of("estate", 2)).after().shadow().projected().get(SeriesId.ofGroup("app", "requests"));
		assertEquals(1.5, whole.value(3, Levels.MEDIAN), 1e-6, "once for each way, not twice");
		links.add(new Link("group:app", "group:web", "calls"));
		Outcome circle = solve(Change.Traffic.of("group:web", 2));
		assertTrue(circle.notes().stream().anyMatch(note -> note.contains("circle")), circle.notes().toString());
	}

	@Test
	void latencyFollowsTheQueueThatGivesWhatIsMeasured() throws Exception {
		double service = .012;
		values.put(SeriesId.ofGroup("web", "latency"), Queueing.meanResponse(4, DEMAND, service));
		Outcome outcome = solve(Change.Traffic.of("group:web", 1.5), new Change.LatencyTarget("web", .05));
		assertEquals(Queueing.meanResponse(4, DEMAND, service), web(outcome.before()).latency(), 1e-6);
		assertEquals(Queueing.meanResponse(4, DEMAND * 1.5, service), web(outcome.after()).latency(), 1e-6);
		assertTrue(web(outcome.after()).isTooSlow() == (Queueing.meanResponse(4, DEMAND * 1.5, service) > .05));
		assertTrue(Double.isInfinite(web(solve(Change.Traffic.of("group:web", 3)).after()).latency()), "the queue grows without bound");
		assertFalse(web(outcome.before()).isTooSlow(), "no target without the scenario");
	}

	@Test
	void growthCompoundsByTheMonth() throws Exception {
		Bands after = solve(new Change.Growth("estate", .3)).after().shadow().projected().get(SeriesId.ofGroup("web", "requests"));
		assertEquals(.5 * Math.pow(1.3, 1 / 30.), after.at(NOW.plus(Duration.ofHours(24)), .5), 1e-6);
	}

	@Test
	void aScenarioIsAWholeEstateLiveAndShadow() throws Exception {
		for (int i = 0; i < 4; i++) {
			values.put(new SeriesId("web-" + i, "requests"), 40. + i);
		}
		WeaverState real = base().state();
		Imagined imagined = Imagined.of(base(), Scenario.of("twice, a zone lost, two more, two later", Change.Traffic.of("estate", 2), new Change.Loss("zone", "a", null, null),
				new Change.Add("web", 1, null, Optional.of("b"), Optional.of(.5), null), new Change.Add("web", 1, null, null, null, When.in(Duration.ofHours(2)))));
		WeaverState state = imagined.state();
		assertEquals(2 * DEMAND, state.series().value(SeriesId.ofGroup("web", "requests")), 1e-6);
		assertEquals(2 * DEMAND, state.series().forecast(SeriesId.ofGroup("web", "requests")).orElseThrow().bands().orElseThrow().value(3, Levels.MEDIAN), 1e-3);
		assertEquals(41 * 2 * 4 / 3., state.series().value(new SeriesId("web-1", "requests")), 1e-3, "twice the traffic on three instead of four");
		assertTrue(Double.isNaN(state.series().value(new SeriesId("web-0", "requests"))), "it is lost");
		assertEquals(Lifecycle.GONE, state.topology().resource("web-0").orElseThrow().lifecycle());
		Resource added = state.topology().resource("whatif-web-1").orElseThrow();
		assertEquals(Lifecycle.LIVE, added.lifecycle());
		assertEquals(2 * DEMAND / 3, state.series().value(new SeriesId(added.id(), "requests")), 1e-3);
		assertEquals(.5, state.report().prices().get(added.id()).perHour());
		Resource later = state.topology().resource("whatif-web-2").orElseThrow();
		assertEquals(NOW.plus(Duration.ofHours(2)), later.construction().orElseThrow().eta());
		assertEquals(List.of("group:web"), state.alerts().stream().map(Alert::subject).toList());
		assertTrue(state.alerts().getFirst().id().startsWith("whatif"), "it is none of the estate's");
		assertEquals(real.version(), state.version());
		assertEquals(DEMAND, real.series().value(SeriesId.ofGroup("web", "requests")), "the real state is left alone");
		assertEquals(-1, real.series().slot(new SeriesId(added.id(), "requests")));
	}

	@Test
	void nothingChangedIsTheEstateItself() throws Exception {
		WeaverState real = base().state();
		Imagined imagined = Imagined.of(base(), Scenario.of("nothing"));
		assertEquals(real.topology(), imagined.state().topology());
		assertEquals(real.report().prices(), imagined.state().report().prices());
		assertEquals(List.of(), imagined.state().alerts());
		for (int slot = 0; slot < real.series().size(); slot++) {
			SeriesId id = real.series().id(slot);
			assertEquals(real.series().value(slot), imagined.state().series().value(id));
			assertEquals(real.series().forecast(slot), imagined.state().series().forecast(id));
		}
	}

	@Test
	void whatDoesNotFitIsNamedWithItsChange() {
		assertSaid("change 1: there is no group nowhere; there is web", Change.Traffic.of("group:nowhere", 2));
		assertSaid("change 2: there is no resource web-9", Change.Traffic.of("estate", 1), new Change.Remove("web-9", null));
		assertSaid("nothing has the zone c; there is a, b", new Change.Loss("zone", "c", null, null));
		assertSaid("ends before it begins", new Change.Loss("zone", "a", When.in(Duration.ofHours(2)), Optional.of(When.in(Duration.ofHours(1)))));
		group("db", 1, 10);
		values.remove(SeriesId.ofGroup("db", "requests"));
		forecasts.remove(SeriesId.ofGroup("db", "requests"));
		forecasts.put(SeriesId.ofGroup("db", "network.in"), flat(5, 1));
		resources.set(resources.size() - 1, Resource.live("db-0", "vm", "db-0", Map.of(Resource.TIER, "db"), Map.of("network.in", 100.)));
		assertSaid("requests are added to group:db, whose requests are not measured", new Change.Traffic("group:db", null, 10., null, null, null));
	}

	private void assertSaid(String part, Change... changes) {
		String message = assertThrows(ScenarioException.class, () -> solve(changes)).getMessage();
		assertTrue(message.contains(part), message);
	}
}
