// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.alert.Severity;
import io.shadowweaver.api.forecast.Anomaly;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.provision.Price;
import io.shadowweaver.api.state.GroupOutlook;
import io.shadowweaver.scene.SceneModel.Label;
import io.shadowweaver.scene.SceneModel.Node;

class SceneBuilderTest {
	private final ViewSettings view = ViewSettings.defaults(ZoneOffset.UTC);

	private static SceneModel build(TestEstate estate, ViewSettings view) {
		return new SceneBuilder().build(estate.state(), view, PastValues.NONE, Duration.ZERO);
	}

	private static Node node(TestEstate estate, ViewSettings view, String id) {
		return build(estate, view).node(id).orElseThrow();
	}

	@Test
	void heightIsUseAndAnOverloadRisesAboveTheFrame() {
		TestEstate estate = new TestEstate().live("a", "web", "r", "z", .5).live("b", "web", "r", "z", 1.4);
		assertEquals(1.0, node(estate, view, "a").height(), 1e-6);
		assertEquals(2.8, node(estate, view, "b").height(), 1e-6);
		assertTrue(node(estate, view, "b").height() > node(estate, view, "b").frame());
	}

	@Test
	void aShadowIsDrawnWhereItDiffersBreachesOrIsSelected() {
		TestEstate estate = new TestEstate().live("same", "web", "r", "z", .5).forecast("same", .52, .001).live("more", "web", "r", "z", .5)
				.forecast("more", .56, .001).live("full", "web", "r", "z", .8).forecast("full", .8, .001);
		assertFalse(node(estate, view, "same").ghost().orElseThrow().drawn());
		assertTrue(node(estate, view, "more").ghost().orElseThrow().drawn());
		assertTrue(node(estate, view, "full").ghost().orElseThrow().drawn());
		assertTrue(node(estate, view.withSelection(Set.of("same")), "same").ghost().orElseThrow().drawn());
	}

	@Test
	void theWhiskerEndsAtTheQuantileAndItsLengthIsTheUncertainty() {
		TestEstate estate = new TestEstate().live("a", "web", "r", "z", .5).forecast("a", .6, .02);
		SceneModel.Ghost ghost = node(estate, view, "a").ghost().orElseThrow();
		assertEquals(1.2, ghost.median(), 1e-5);
		assertEquals((.6 + 2 * .02) * 2, ghost.upper(), 1e-5);
		SceneModel.Ghost sure = node(estate, view.withQuantile(.5), "a").ghost().orElseThrow();
		assertEquals(sure.median(), sure.upper(), 1e-6);
	}

	@Test
	void whereTheShadowIsLowerItSaysSo() {
		TestEstate estate = new TestEstate().live("a", "web", "r", "z", .6).forecast("a", .4, .01);
		assertTrue(node(estate, view, "a").ghost().orElseThrow().lower());
	}

	@Test
	void coloursAreThoseOfTheScale() {
		TestEstate estate = new TestEstate().live("a", "web", "r", "z", .75).forecast("a", .9, 0);
		assertEquals(Palette.DARK.heat().get(2), node(estate, view, "a").colour());
		assertEquals(Palette.DARK.heat().get(3), node(estate, view, "a").ghost().orElseThrow().colour());
	}

	@Test
	void whatAnAccountMadeIsFramedInItsColourAndSaysItsPrice() {
		TestEstate estate = new TestEstate().live("a", "web", "r", "z", .5).live("b", "web", "r", "z", .5).live("c", "web", "r", "z", .5)
				.made("b", "cloud", "m1", Price.of(.05, "EUR")).made("c", "other", "m2", Price.UNKNOWN);
		SceneModel scene = build(estate, view.withSelection(Set.of("a", "b", "c")));
		assertEquals(-1, scene.node("a").orElseThrow().provider(), "nobody made it for us");
		List<Integer> hues = Palette.DARK.providers();
		assertEquals(List.of(hues.get(0), hues.get(1)), List.of(scene.node("b").orElseThrow().provider(), scene.node("c").orElseThrow().provider()));
		assertEquals(java.util.Map.of("cloud", hues.get(0), "other", hues.get(1)), scene.legend().providers());
		assertTrue(selected(scene, "b").endsWith("(cloud m1 in z, 0.05\u00a0EUR/h)"), selected(scene, "b"));
		assertTrue(selected(scene, "c").endsWith("(other m2 in z, no known price)"), selected(scene, "c"));
		assertFalse(selected(scene, "a").contains("price"), selected(scene, "a"));
	}

	private static String selected(SceneModel scene, String id) {
		return scene.labels().stream().filter(label -> label.kind() == Label.Kind.SELECTED && label.subject().equals(id)).findFirst().orElseThrow().text();
	}

	@Test
	void oldDataIsGrey() {
		TestEstate estate = new TestEstate().live("a", "web", "r", "z", .75);
		estate.times.put(new SeriesId("a", "cpu"), TestEstate.NOW.minus(Duration.ofMinutes(4)));
		Node node = node(estate, view, "a");
		assertTrue(node.stale());
		assertEquals(Palette.DARK.stale(), node.colour());
	}

	@Test
	void onlyOpenAlertsPulseByTheirSeverity() {
		TestEstate estate = new TestEstate().live("a", "w", "r", "z", .5).live("b", "w", "r", "z", .5).live("c", "w", "r", "z", .5).live("d", "w",
				"r", "z", .5);
		estate.alerts.addAll(List.of(TestEstate.alert("a", Severity.CRITICAL, Alert.State.OPEN, 30),
				TestEstate.alert("b", Severity.WARNING, Alert.State.OPEN, 30), TestEstate.alert("c", Severity.CRITICAL, Alert.State.ACKNOWLEDGED, 30),
				TestEstate.alert("d", Severity.CRITICAL, Alert.State.COVERED, 30)));
		SceneModel scene = build(estate, view);
		assertEquals(List.of(1f, .5f, 0f, 0f), scene.nodes().stream().map(Node::pulse).toList());
		assertTrue(scene.pulses());
		assertTrue(scene.node("d").orElseThrow().alarm().orElseThrow().covered());
	}

	@Test
	void withMoreThanTwentyTheGroupsPulse() {
		TestEstate estate = TestEstate.fleet(21);
		for (int i = 1; i <= 21; i++) {
			estate.alerts.add(TestEstate.alert("web-" + i, Severity.CRITICAL, Alert.State.OPEN, 30));
		}
		SceneModel scene = build(estate, view);
		assertTrue(scene.nodes().stream().allMatch(node -> node.pulse() == 0));
		assertEquals(1f, scene.groups().stream().filter(group -> group.key().equals("group:web")).findFirst().orElseThrow().pulse());
		assertEquals(0f, scene.groups().stream().filter(group -> group.key().equals("group:app")).findFirst().orElseThrow().pulse());
	}

	@Test
	void aCalmSceneDoesNotPulse() {
		assertFalse(build(TestEstate.fleet(10), view).pulses());
	}

	@Test
	void thePastComesFromHistoryAndHasNoShadow() {
		TestEstate estate = new TestEstate().live("a", "web", "r", "z", .5).forecast("a", .9, .01);
		estate.alerts.add(TestEstate.alert("a", Severity.CRITICAL, Alert.State.OPEN, 30));
		SceneModel scene = new SceneBuilder().build(estate.state(), view.withCursor(Optional.of(TestEstate.NOW.minusSeconds(7200))),
				id -> id.subject().equals("a") ? .25 : Double.NaN, Duration.ZERO);
		Node node = scene.node("a").orElseThrow();
		assertTrue(scene.past());
		assertEquals(.5, node.height(), 1e-6);
		assertEquals(Optional.empty(), node.ghost());
		assertFalse(scene.pulses());
	}

	@Test
	void theShadowMovesFromPlannedToUnattended() {
		TestEstate estate = new TestEstate().live("a", "web", "r", "z", .3);
		estate.planned.put(new SeriesId("a", "cpu"), TestEstate.flat(.4, 0));
		estate.unattended.put(new SeriesId("a", "cpu"), TestEstate.flat(.8, 0));
		assertEquals(.4, node(estate, view, "a").ghost().orElseThrow().predicted(), 1e-6);
		assertEquals(.6, node(estate, view.withUnattended(.5), "a").ghost().orElseThrow().predicted(), 1e-6);
		assertEquals(.8, node(estate, view.withUnattended(1), "a").ghost().orElseThrow().predicted(), 1e-6);
	}

	@Test
	void aGroupSaysWhatItHasAndNeedsAndWhen() {
		TestEstate estate = TestEstate.fleet(12);
		estate.outlooks.put("web", new GroupOutlook("web", List.of(TestEstate.NOW.plusSeconds(2580)), List.of(12), List.of(15)));
		List<String> labels = build(estate, view).labels().stream().filter(label -> label.kind() == Label.Kind.GROUP).map(Label::text).toList();
		assertTrue(labels.contains("web 12 → 15 by 14:05"), labels.toString());
		assertTrue(labels.contains("app 12"), labels.toString());
	}

	@Test
	void membersAreNamedOnlyWhenTheyMatter() {
		TestEstate estate = TestEstate.fleet(12);
		estate.alerts.add(TestEstate.alert("web-3", Severity.CRITICAL, Alert.State.OPEN, 43));
		SceneModel scene = build(estate, view.withSelection(Set.of("app-2")).withHover("web-5"));
		List<String> named = scene.labels().stream().map(Label::subject).filter(subject -> subject.contains("-")).sorted().toList();
		assertEquals(List.of("app-2", "web-3", "web-5"), named);
		assertEquals(Label.Kind.BREACH, scene.labels().getFirst().kind());
		assertTrue(scene.labels().getFirst().text().startsWith("web-3 critical at 14:05"), scene.labels().getFirst().text());
	}

	@Test
	void aMetricWithoutCapacityIsRelativeAndNothingFails() {
		TestEstate estate = TestEstate.fleet(3);
		estate.values.put(new SeriesId("web-1", "latency"), .2);
		estate.values.put(new SeriesId("web-2", "requests"), 300.);
		SceneModel latency = build(estate, view.withMetric("latency"));
		assertEquals(.8, latency.node("web-1").orElseThrow().use(), 1e-6);
		assertTrue(latency.node("web-2").orElseThrow().stale());
		assertEquals(1, build(estate, view.withMetric("requests")).node("web-2").orElseThrow().use(), 1e-6);
		assertTrue(build(estate, view.withMetric("no.such.metric")).node("web-1").orElseThrow().stale());
	}

	@Test
	void underWaterIsTooLate() {
		TestEstate estate = new TestEstate().group("web", 5).live("a", "web", "r", "z", .5).forecast("a", .95, .01);
		estate.live("b", "web", "r", "z", .5).forecast("b", .3, .01);
		SceneModel scene = build(estate, view.withTide(true));
		float water = scene.groups().getFirst().water();
		assertTrue(scene.node("a").orElseThrow().height() < water);
		assertEquals(SceneModel.FULL, scene.node("b").orElseThrow().height(), 1e-3);
	}

	@Test
	void theGhostOfTrustIsWhatWasForecastOneLeadAgo() {
		TestEstate estate = new TestEstate().live("a", "web", "r", "z", .5).forecast("a", .77, 0);
		SceneBuilder builder = new SceneBuilder();
		ViewSettings trusting = view.withGhosts(true).withLookAhead(Duration.ofMinutes(30));
		builder.build(estate.state(), trusting, PastValues.NONE, Duration.ZERO);
		estate.now = TestEstate.NOW.plus(Duration.ofMinutes(30));
		estate.version = 2;
		Node node = builder.build(estate.state(), trusting, PastValues.NONE, Duration.ZERO).node("a").orElseThrow();
		assertEquals(.77 * 2, node.trust(), 1e-5);
	}

	@Test
	void whatIsUnusualIsMarkedForAWhileAndIsNoAlarm() {
		TestEstate estate = TestEstate.fleet(3).unusual("web-1", Anomaly.Kind.VALUE, 5, .8).unusual("web-1", Anomaly.Kind.FORECAST, 9, .95)
				.unusual("web-2", Anomaly.Kind.VALUE, 40, .9).unusual("group:web", Anomaly.Kind.VALUE, 1, .7);
		SceneModel scene = build(estate, view.withHover("web-1"));
		SceneModel.Unusual unusual = scene.node("web-1").orElseThrow().unusual().orElseThrow();
		assertTrue(unusual.forecast(), "the higher score is shown");
		assertEquals("unusual forecast of CPU: 93\u00a0% instead of 40\u00a0%", unusual.text());
		assertEquals(Optional.empty(), scene.node("web-1").orElseThrow().alarm());
		assertEquals(Optional.empty(), scene.node("web-2").orElseThrow().unusual(), "40 minutes are over");
		assertEquals("unusual CPU: 0.93\u00a0cores instead of 0.40\u00a0cores",
				scene.groups().stream().filter(group -> group.key().equals("group:web")).findFirst().orElseThrow().unusual().orElseThrow().text());
		assertTrue(scene.labels().stream().anyMatch(label -> label.text().startsWith("web 3 ◆")), scene.labels().toString());
		assertTrue(scene.labels().stream().anyMatch(label -> label.subject().equals("web-1") && label.text().contains("◆ unusual forecast")));
		assertTrue(scene.legend().notes().stream().anyMatch(note -> note.contains("unusual")), scene.legend().notes().toString());
		assertTrue(build(TestEstate.fleet(3), view).legend().notes().stream().noneMatch(note -> note.contains("unusual")));
		SceneModel past = build(estate, view.withCursor(Optional.of(TestEstate.NOW.minusSeconds(35 * 60))));
		assertTrue(past.node("web-2").orElseThrow().unusual().isPresent(), "in the past, what was unusual then");
		assertEquals(Optional.empty(), past.node("web-1").orElseThrow().unusual());
	}

	@Test
	void anEmptyEstateIsAScene() {
		SceneModel scene = build(new TestEstate(), view);
		assertTrue(scene.nodes().isEmpty());
		assertFalse(scene.headline().sentence().isBlank());
	}
}
