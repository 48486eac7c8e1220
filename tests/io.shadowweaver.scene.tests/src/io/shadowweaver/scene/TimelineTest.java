// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.alert.Severity;
import io.shadowweaver.api.forecast.Anomaly;
import io.shadowweaver.api.metric.Event;
import io.shadowweaver.scene.Timeline.Cluster;
import io.shadowweaver.scene.Timeline.Kind;
import io.shadowweaver.scene.Timeline.Mark;

class TimelineTest {
	@Test
	void nowIsAtFortyPerCentAndNinetyDaysAheadCanBeSeen() {
		TimeScale scale = TimeScale.usual(TestEstate.NOW);
		assertEquals(.4, scale.place(TestEstate.NOW));
		assertEquals(TestEstate.NOW.minus(Duration.ofHours(16)), scale.time(0));
		TimeScale widest = scale.zoom(1e6);
		assertEquals(TestEstate.NOW.plus(Duration.ofDays(90)), widest.time(1));
		assertTrue(widest.tick(600).compareTo(Duration.ofDays(14)) >= 0);
		assertEquals(Duration.ofHours(1), scale.zoom(1e-9).span());
		assertEquals(TestEstate.NOW.plusSeconds(1234), scale.time(scale.place(TestEstate.NOW.plusSeconds(1234))));
	}

	@Test
	void theNextBreachIsTheFirstThatNoPlanCovers() {
		TestEstate estate = TestEstate.fleet(4);
		assertEquals(Optional.empty(), Timeline.nextBreach(estate.state(), TestEstate.NOW));
		estate.alerts.add(TestEstate.alert("web-1", Severity.CRITICAL, Alert.State.OPEN, 43));
		estate.alerts.add(TestEstate.alert("web-2", Severity.CRITICAL, Alert.State.WITHDRAWN, 20));
		estate.alerts.add(TestEstate.alert("web-3", Severity.CRITICAL, Alert.State.COVERED, 30));
		estate.alerts.add(TestEstate.alert("web-0", Severity.WARNING, Alert.State.ACKNOWLEDGED, 90));
		Alert first = Timeline.nextBreach(estate.state(), TestEstate.NOW).orElseThrow();
		assertEquals("web-1", first.subject());
		assertEquals("web-0", Timeline.nextBreach(estate.state(), first.breachAt()).orElseThrow().subject());
		assertEquals(Optional.empty(), Timeline.nextBreach(estate.state(), TestEstate.NOW.plus(Duration.ofDays(1))));
	}

	@Test
	void theEndOfWhatIsPredictedIsThatOfTheLongestForecast() {
		assertEquals(Optional.empty(), Timeline.forecastEnd(new TestEstate().live("a", "web", "r", "z", .5).state()));
		TestEstate estate = new TestEstate().live("a", "web", "r", "z", .5).forecast("a", .6, .1);
		assertTrue(Timeline.forecastEnd(estate.state()).orElseThrow().isAfter(TestEstate.NOW));
	}

	@Test
	void marksStandForAlertsAndEvents() {
		TestEstate estate = TestEstate.fleet(4);
		estate.alerts.add(TestEstate.alert("web-1", Severity.CRITICAL, Alert.State.OPEN, 43));
		estate.alerts.add(TestEstate.alert("web-2", Severity.CRITICAL, Alert.State.WITHDRAWN, 44));
		estate.alerts.add(TestEstate.alert("web-3", Severity.CRITICAL, Alert.State.COVERED, 45));
		estate.events.add(new Event(Event.Kind.DEPLOYMENT, TestEstate.NOW.minusSeconds(3600), Duration.ZERO, "", "Version 7"));
		List<Mark> marks = Timeline.marks(estate.state(), ZoneOffset.UTC);
		assertEquals(List.of(Kind.EVENT, Kind.ACT_BY, Kind.BREACH, Kind.BREACH, Kind.BREACH), marks.stream().map(Mark::kind).toList());
		assertTrue(marks.stream().anyMatch(mark -> mark.subject().equals("web-2") && mark.hollow()));
		assertTrue(marks.stream().anyMatch(mark -> mark.subject().equals("web-3") && mark.ticked()));
		Mark breach = marks.stream().filter(mark -> mark.subject().equals("web-1") && mark.kind() == Kind.BREACH).findFirst().orElseThrow();
		assertTrue(breach.from().orElseThrow().isBefore(breach.time()) && breach.to().orElseThrow().isAfter(breach.time()));
	}

	@Test
	void whatIsUnusualIsMarkedAndWhatIsComingIsHollow() {
		TestEstate estate = TestEstate.fleet(2).unusual("web-1", Anomaly.Kind.VALUE, 60, .9).unusual("web-2", Anomaly.Kind.FORECAST, 50, .9);
		estate.events.add(new Event(Event.Kind.DEPLOYMENT, TestEstate.NOW.minusSeconds(7200), Duration.ZERO, "", "Version 7"));
		estate.events.add(new Event(Event.Kind.LAUNCH, TestEstate.NOW.plusSeconds(7200), Duration.ofHours(3), "", "Sale", TestEstate.NOW));
		List<Mark> marks = Timeline.marks(estate.state(), ZoneOffset.UTC);
		assertEquals(List.of(Kind.EVENT, Kind.UNUSUAL, Kind.UNUSUAL, Kind.EVENT), marks.stream().map(Mark::kind).toList());
		assertEquals(List.of(false, false, true, true), marks.stream().map(Mark::hollow).toList());
		assertEquals("Unusual 12:22: web-1 cpu", marks.get(1).text());
		assertEquals(TestEstate.NOW.plus(Duration.ofHours(5)), marks.getLast().to().orElseThrow());
		assertEquals(List.of(Optional.of(Event.Kind.DEPLOYMENT), Optional.empty(), Optional.empty(), Optional.of(Event.Kind.LAUNCH)),
				marks.stream().map(Mark::event).toList());
		assertTrue(marks.getLast().text().endsWith("launch: Sale"), marks.getLast().text());
	}

	@Test
	void closeMarksAreOneAndTheHeaviestIsShown() {
		TestEstate estate = TestEstate.fleet(4);
		for (int i = 1; i <= 4; i++) {
			estate.alerts.add(TestEstate.alert("web-" + i, Severity.CRITICAL, Alert.State.OPEN, 60 + i));
		}
		TimeScale scale = TimeScale.usual(TestEstate.NOW);
		List<Mark> marks = Timeline.marks(estate.state(), ZoneOffset.UTC);
		List<Cluster> wide = Timeline.cluster(marks, scale.zoom(.1), 100_000);
		assertEquals(8, wide.size());
		List<Cluster> narrow = Timeline.cluster(marks, scale, 1000);
		assertEquals(1, narrow.size());
		assertEquals(8, narrow.getFirst().marks().size());
		assertEquals(Kind.ACT_BY, narrow.getFirst().first().kind());
	}

	@Test
	void marksOutsideOfThePictureAreLeftOut() {
		TestEstate estate = TestEstate.fleet(1);
		estate.events.add(new Event(Event.Kind.NOTE, TestEstate.NOW.minus(Duration.ofDays(3)), Duration.ZERO, "", "old"));
		assertEquals(List.of(), Timeline.cluster(Timeline.marks(estate.state(), ZoneOffset.UTC), TimeScale.usual(TestEstate.NOW), 1000));
	}
}
