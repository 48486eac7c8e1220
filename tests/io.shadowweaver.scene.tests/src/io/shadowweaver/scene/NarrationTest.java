// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.alert.Severity;
import io.shadowweaver.api.state.WeaverState;

/** What a screen reader says of the scene. */
class NarrationTest {
	private static final ViewSettings VIEW = ViewSettings.defaults(ZoneOffset.UTC);

	private static SceneModel scene(WeaverState state, ViewSettings view) {
		return new SceneBuilder().build(state, view, PastValues.NONE, Duration.ZERO);
	}

	private static String said(TestEstate estate, ViewSettings view) {
		WeaverState state = estate.state();
		return Narration.of(scene(state, view), state.metrics()).replace('\u00a0', ' ');
	}

	private static TestEstate breaching(Alert.State state) {
		TestEstate estate = TestEstate.fleet(3).forecast("web-3", .96, .01);
		estate.alerts.add(TestEstate.alert("web-3", Severity.CRITICAL, state, 35));
		return estate;
	}

	@Test
	void aResourceIsToldWithItsShadowAndItsBreach() {
		assertEquals("web-3, CPU 50 %, predicted 96 %, p90 98 %, at 14:22, critical breach at 13:57, in 35 min.", said(breaching(Alert.State.OPEN), VIEW.withSelection(Set.of("web-3"))));
	}

	@Test
	void whoCaresForItIsSaid() {
		assertTrue(said(breaching(Alert.State.COVERED), VIEW.withSelection(Set.of("web-3"))).endsWith(", covered by a plan."));
		assertTrue(said(breaching(Alert.State.ACKNOWLEDGED), VIEW.withSelection(Set.of("web-3"))).endsWith(", seen."));
	}

	@Test
	void whatIsStaleSaysSo() {
		TestEstate estate = TestEstate.fleet(3);
		estate.times.put(new io.shadowweaver.api.metric.SeriesId("web-1", "cpu"), TestEstate.NOW.minusSeconds(3600));
		assertTrue(said(estate, VIEW.withSelection(Set.of("web-1"))).contains(", stale"));
		assertFalse(said(estate, VIEW.withSelection(Set.of("web-2"))).contains(", stale"));
	}

	@Test
	void groupsZonesAndRegionsAreTold() {
		TestEstate estate = breaching(Alert.State.OPEN);
		String group = said(estate, VIEW.withSelection(Set.of("group:web")));
		assertTrue(group.startsWith("Group web 3") && group.contains("critical breach"), group);
		String zone = scene(estate.state(), VIEW).places().stream().filter(place -> place.kind() == Place.Kind.ZONE).findFirst().orElseThrow().id();
		String told = said(estate, VIEW.withSelection(Set.of(zone)));
		assertTrue(told.startsWith("Zone ") && told.contains(" resource"), told);
	}

	@Test
	void nothingSelectedTellsTheSentenceAndManyAreCounted() {
		TestEstate estate = breaching(Alert.State.OPEN);
		assertEquals(scene(estate.state(), VIEW).headline().sentence().replace('\u00a0', ' '), said(estate, VIEW));
		String many = said(estate, VIEW.withSelection(Set.of("web-1", "web-2", "web-3", "app-1", "app-2")));
		assertTrue(many.startsWith("app-1, ") && many.endsWith(" And 2 more."), many);
	}

	@Test
	void thePastHasNoShadow() {
		String said = said(breaching(Alert.State.OPEN), VIEW.withSelection(Set.of("web-3")).withCursor(Optional.of(TestEstate.NOW.minusSeconds(600))));
		assertFalse(said.contains("predicted"), said);
	}

	@Test
	void whatHasGoneIsSaidToBeGone() {
		WeaverState state = TestEstate.fleet(3).state();
		assertEquals("web-99 is not in the scene.", Narration.of(scene(state, VIEW), state.metrics(), "web-99"));
	}
}
