// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.kit.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.alert.Severity;
import io.shadowweaver.api.alert.Threshold;
import io.shadowweaver.api.forecast.Anomaly;
import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.metric.Event;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.Drift;
import io.shadowweaver.api.provision.GuardOutcome;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.Need;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.Price;
import io.shadowweaver.api.provision.Promotion;
import io.shadowweaver.api.provision.ProvisioningReport;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.provision.Spending;
import io.shadowweaver.api.provision.Verdict;
import io.shadowweaver.api.state.GroupOutlook;
import io.shadowweaver.api.state.SeriesIndex;
import io.shadowweaver.api.state.SeriesPages;
import io.shadowweaver.api.state.Shadow;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Construction;
import io.shadowweaver.api.topology.DemandTarget;
import io.shadowweaver.api.topology.Lifecycle;
import io.shadowweaver.api.topology.Link;
import io.shadowweaver.api.topology.Placement;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Selector;
import io.shadowweaver.api.topology.Template;
import io.shadowweaver.api.topology.Topology;

class StateRoundTripTest {
	private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
	private static final Duration MINUTE = Duration.ofMinutes(1);
	private static final SeriesId CPU = new SeriesId("w1", "cpu");
	private static final SeriesId NEW = new SeriesId("w2", "cpu");
	private static final SeriesId DEMAND = SeriesId.ofGroup("web", "cpu");

	private static Bands bands(float base) {
		float[] values = new float[2 * Levels.COUNT];
		for (int i = 0; i < values.length; i++) {
			values[i] = base + .1f * (i % Levels.COUNT);
		}
		return new Bands(NOW, new long[] { 60_000, 300_000 }, values);
	}

	private static Forecast forecast(SeriesId id, float base) {
		return new Forecast(id, NOW, "ets", "7", Double.NaN, .81, 12, Optional.of(bands(base)), "", Optional.empty());
	}

	static WeaverState first() {
		SeriesPages.Builder pages = SeriesPages.empty(new SeriesIndex()).next();
		pages.value(pages.slot(CPU), NOW.toEpochMilli(), .1 + .2);
		pages.forecast(pages.slot(CPU), forecast(CPU, .3f));
		pages.forecast(pages.slot(DEMAND), Forecast.absent(DEMAND, NOW, "Too short: 3 of 24 h.", Optional.of(NOW.plusSeconds(60))));
		pages.slot(new SeriesId("w1", "never"));
		Resource live = Resource.live("w1", "vm", "Web 1", Map.of("tier", "web"), Map.of("cpu", 4.));
		Resource coming = new Resource("w2", "vm", "Web 2", "", Map.of("tier", "web"), Map.of(), Lifecycle.PLANNED,
				Optional.of(new Construction("p1", NOW, NOW.plusSeconds(600), NOW.plusSeconds(500), .25)));
		ScalingGroup group = new ScalingGroup("web", "Web", Selector.of("tier", "web"), ScalingGroup.Scaling.HORIZONTAL, ScalingGroup.Owner.WEAVER, 1, 9, 1, List.of(new Template("cloud", List.of("small"), "img", "net", "#!\n", Map.of("a", "b"), "lb")),
				new Placement(List.of("a"), 2, true, Map.of("arch", "arm")), List.of(new DemandTarget("cpu", .7)), "traffic", Duration.ofMinutes(2));
		Topology topology = new Topology(Map.of("w1", live, "w2", coming), Set.of(new Link("w1", "w2", "calls")), Map.of("web", group));
		GroupOutlook outlook = new GroupOutlook("web", List.of(NOW, NOW.plusSeconds(300)), List.of(1, 1), List.of(1, -1));
		Shadow unattended = new Shadow(Shadow.Kind.UNATTENDED, NOW, Map.of(CPU, bands(.5f)), Map.of("web", outlook));
		Shadow planned = new Shadow(Shadow.Kind.PLANNED, NOW, Map.of(CPU, bands(.5f), NEW, bands(.2f)), Map.of("web", outlook));
		Need need = new Need("web", "cpu", .9, 3.3, 2.8, 2, 1, 1, NOW, Optional.empty(), .97, false);
		Plan plan = new Plan("p1", "web", Plan.State.PROPOSED, NOW, List.of(need), List.of(new Action(Action.Kind.CREATE, "cloud", 1, "small", "a", "")), NOW, NOW.plusSeconds(600),
				NOW.plusSeconds(60), NOW.plusSeconds(900), MINUTE, MINUTE.multipliedBy(2), 5, .12, "EUR", "3.3 ÷ 2.8", List.of(new Plan.Alternative("nothing", 0, "too slow")),
				List.of(new Plan.Basis(DEMAND, NOW, "ets", Double.NaN, Double.NaN)), List.of(new Plan.Approval("ann", NOW)), "hash", List.of(new GuardOutcome("mode", false, "no")), "One more.");
		Price price = new Price(.12, "EUR", "list", Optional.of(LocalDate.of(2026, 2, 1)));
		QueueEntry entry = new QueueEntry("t1", "p1", "web", Action.Kind.CREATE, "cloud", "small", "a", QueueEntry.State.CALLED, "w2", NOW, NOW, NOW, .25, 1, Price.UNKNOWN, "called");
		Alert alert = new Alert("a1", "r1", "web", "cpu", Severity.CRITICAL, Alert.State.OPEN, NOW, NOW.plusSeconds(300), Optional.of(NOW), Optional.empty(), NOW, .9, .8, "s", "e", "g", "", "",
				List.of("raised \"here\"\nand there"), List.of(new Alert.Silenced("Pager", "ada", NOW, "moving")));
		ProvisioningReport report = new ProvisioningReport(List.of(new Spending("EUR", 1, 2, 3, 4, 5, Double.NaN, Double.POSITIVE_INFINITY, 8, 9, 1, "fine")),
				List.of(new Drift(Drift.Kind.ORPHAN, "cloud", "i-1", "", "web", NOW, "orphan")), List.of(new Promotion("web", true, 1, "earned")), Map.of("w1", price));
		return new WeaverState("shop", "Shop", 4, NOW, MINUTE, topology, Map.of("cpu", Metric.CPU), pages.build(), unattended, planned,
				List.of(new Threshold("r1", "cpu", "vm", new Selector(Map.of()), .7, .8, .6, .5, "look")), List.of(alert), List.of(plan), List.of(entry),
				List.of(new Verdict("p0", "web", NOW, 1, .8, Duration.ofMinutes(-3), .1, "EUR", true, "right")),
				List.of(new Event(Event.Kind.DEPLOYMENT, NOW, Duration.ZERO, "w1", "2.0")), List.of(new Anomaly(CPU, NOW, Anomaly.Kind.VALUE, 3, .4, .99, "high")),
				Map.of("web", Mode.PROPOSE), true, report, Map.of("cloud", new Status(Status.State.OK, "d", "s", NOW)));
	}

	private static WeaverState second(WeaverState first) {
		SeriesPages.Builder pages = first.series().next();
		pages.value(pages.slot(CPU), NOW.plus(MINUTE).toEpochMilli(), Double.NaN);
		pages.value(pages.slot(NEW), NOW.plus(MINUTE).toEpochMilli(), .4);
		pages.forecast(pages.slot(NEW), forecast(NEW, 1));
		Topology topology = new Topology(Map.of("w2", Resource.live("w2", "vm", "Web 2", Map.of("tier", "web"), Map.of())), Set.of(), first.topology().groups());
		Shadow unattended = new Shadow(Shadow.Kind.UNATTENDED, NOW.plus(MINUTE), Map.of(), Map.of());
		return new WeaverState("shop", "Shop", 5, NOW.plus(MINUTE), MINUTE, topology, first.metrics(), pages.build(), unattended, first.planned(), first.thresholds(), List.of(), first.plans(),
				first.queue(), first.verdicts(), first.events(), first.anomalies(), Map.of(), false, first.report(), first.statuses());
	}

	private static JsonNode json(String text) throws IOException {
		assertFalse(text.contains("\n"), "one line");
		return StateJson.mapper().readTree(text);
	}

	private static String full(WeaverState state) {
		return StateWriter.between(WeaverState.initial(state.estate(), state.name(), state.time(), state.step()), state);
	}

	/** All but the pages, which have no equality, component by component; and each slot. */
	static void same(WeaverState wanted, WeaverState got) throws ReflectiveOperationException {
		for (var component : WeaverState.class.getRecordComponents()) {
			if (component.getType() != SeriesPages.class) {
				assertEquals(component.getAccessor().invoke(wanted), component.getAccessor().invoke(got), component.getName());
			}
		}
		assertEquals(wanted.series().size(), got.series().size());
		for (int slot = 0; slot < wanted.series().size(); slot++) {
			assertEquals(wanted.series().id(slot), got.series().id(slot));
			assertEquals(wanted.series().value(slot), got.series().value(slot));
			assertEquals(wanted.series().time(slot), got.series().time(slot));
			assertEquals(wanted.series().forecast(slot), got.series().forecast(slot));
		}
	}

	@Test
	void aFullStateComesBackAsItWas() throws Exception {
		WeaverState first = first();
		same(first, StateReader.full(json(full(first))));
	}

	@Test
	void aDifferenceLeadsToTheNextState() throws Exception {
		WeaverState first = first();
		WeaverState second = second(first);
		WeaverState read = StateReader.full(json(full(first)));
		WeaverState next = StateReader.apply(read, json(StateWriter.between(first, second)));
		same(second, next);
		assertSame(read.report(), next.report(), "what did not change is shared");
		assertSame(read.series().forecast(0).orElseThrow(), next.series().forecast(0).orElseThrow());
	}

	@Test
	void nothingIsWrittenOfWhatIsTheSame() throws Exception {
		WeaverState first = first();
		JsonNode same = json(StateWriter.between(first, first));
		assertEquals(Set.of("estate", "name", "version", "time", "step", "killSwitch", "series"), fields(same));
		assertEquals(0, same.get("series").size());
	}

	private static Set<String> fields(JsonNode node) {
		Set<String> names = new HashSet<>();
		node.fieldNames().forEachRemaining(names::add);
		return names;
	}

	@Test
	void theSizeOfPlannedBandsIsSparedWhereTheyAreThoseOfTheUnattendedShadow() throws Exception {
		JsonNode planned = json(full(first())).get("planned").get("projected");
		for (JsonNode one : planned) {
			assertEquals(!one.get("subject").textValue().equals("w1"), one.has("bands"));
		}
	}

	@Test
	void aSeriesWithGapsComesBack() throws Exception {
		Series series = new Series(NOW, MINUTE, new double[] { 1. / 3, Double.NaN, 5e-324 }, "short");
		Series read = StateJson.mapper().readValue(StateJson.mapper().writeValueAsString(series), Series.class);
		assertEquals(series.start(), read.start());
		assertEquals(series.step(), read.step());
		assertEquals(series.cause(), read.cause());
		assertArrayEquals(series.values(), read.values());
	}

	@Test
	void whatIsNoStateIsSaid() throws Exception {
		WeaverState first = first();
		for (String wrong : List.of("{}", "[]", "{\"estate\":\"x\"}", full(first).replace("\"leads\":[60000", "\"leads\":[0"))) {
			assertThrows(IOException.class, () -> StateReader.full(StateJson.mapper().readTree(wrong)), wrong.length() > 40 ? "bands" : wrong);
		}
	}

	@Test
	void whatANewerServerSaysBeyondThatIsLeftOut() throws Exception {
		WeaverState first = first();
		same(first, StateReader.full(json(full(first).replaceFirst("\\{", "{\"colour\":{\"deep\":[1]},").replace("\"sentence\":\"One more.\"", "\"sentence\":\"One more.\",\"mood\":3"))));
	}
}
