// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.metric.Event;
import io.shadowweaver.api.model.Regressor;

class EventRegressorsTest {
	private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
	private static final Duration HOUR = Duration.ofHours(1);

	private static Event event(Event.Kind kind, double hour, double hours, String text) {
		return new Event(kind, START.plusMillis((long) (hour * 3_600_000)), Duration.ofMillis((long) (hours * 3_600_000)), "", text);
	}

	@Test
	void theShareOfEachStepThatIsCovered() {
		double[] values = EventRegressors.values("event:holiday", List.of(event(Event.Kind.HOLIDAY, 1.25, 2, "Feast")), START, HOUR, 5);
		assertArrayEquals(new double[] { 0, .75, 1, .25, 0 }, values, 1e-9);
	}

	@Test
	void aMomentCoversTheStepBehindItAndTwoAtOnceAreOne() {
		List<Event> events = List.of(event(Event.Kind.DEPLOYMENT, 1.5, 0, "v1"), event(Event.Kind.DEPLOYMENT, 1.5, 0, "v2"));
		assertArrayEquals(new double[] { 0, 1, 1, 0 }, EventRegressors.values("event:deployment", events, START, HOUR, 4), 1e-9);
		assertArrayEquals(new double[] { 0, .5, .5, 0 }, EventRegressors.values("event:deployment", events.subList(0, 1), START, HOUR, 4), 1e-9);
	}

	@Test
	void behindALaunchItHalvesInAsLongAsTheLaunchHasLasted() {
		double[] values = EventRegressors.values("event:launch", List.of(event(Event.Kind.LAUNCH, 1, 2, "Sale")), START, HOUR, 40);
		assertEquals(0, values[0]);
		assertEquals(1, values[2], 1e-9);
		assertEquals(.5, values[7] / values[5], 1e-9);
		assertTrue(values[3] < 1 && values[3] > .7, "the first hour behind it: " + values[3]);
		assertEquals(0, values[17]);
	}

	@Test
	void beforeTheFirstStepAndBehindTheLastNothingIsLost() {
		List<Event> events = List.of(event(Event.Kind.HOLIDAY, -10, 11.5, "A"), event(Event.Kind.HOLIDAY, 3, 100, "B"));
		assertArrayEquals(new double[] { 1, .5, 0, 1 }, EventRegressors.values("event:holiday", events, START, HOUR, 4), 1e-9);
	}

	@Test
	void severalTextsOfAKindShareOneRegressorAndHaveOneEach() {
		List<Event> events = List.of(event(Event.Kind.LAUNCH, 1, 1, "Spring sale 2025"), event(Event.Kind.LAUNCH, 20, 1, "Spring sale 2026"),
				event(Event.Kind.LAUNCH, 30, 1, "New shop"), event(Event.Kind.LAUNCH, 500, 1, "Never seen"),
				event(Event.Kind.CAPACITY, 5, 1, "more"), event(Event.Kind.NOTE, 5, 1, "note"));
		List<Regressor> regressors = EventRegressors.of(events, START, HOUR, 100);
		assertEquals(List.of("event:launch", "event:launch:new-shop", "event:launch:spring-sale"),
				regressors.stream().map(Regressor::id).toList());
		assertTrue(regressors.stream().allMatch(regressor -> regressor.values().length == 100 && regressor.kind() == Regressor.Kind.EVENT));
		// a text never seen has the common part ahead, and nothing else
		Instant ahead = START.plus(HOUR.multipliedBy(499));
		assertEquals(1, EventRegressors.values("event:launch", events, ahead, HOUR, 3)[1], 1e-9);
		assertEquals(0, EventRegressors.values("event:launch:new-shop", events, ahead, HOUR, 3)[1], 1e-9);
	}

	@Test
	void anIdIsShortHoweverLongTheTextOfAnEvent() {
		List<Event> events = List.of(event(Event.Kind.LAUNCH, 1, 1, "sale ".repeat(20_000)), event(Event.Kind.LAUNCH, 20, 1, "New shop"));
		List<Regressor> regressors = EventRegressors.of(events, START, HOUR, 100);
		assertEquals(3, regressors.size());
		Regressor sale = regressors.getLast();
		assertTrue(sale.id().startsWith("event:launch:sale-sale") && sale.id().length() < 200, () -> sale.id().length() + " characters");
		assertArrayEquals(sale.values(), EventRegressors.values(sale.id(), events, START, HOUR, 100));
		assertEquals(1, sale.values()[1]);
		assertEquals(0, sale.values()[20], .01);
	}

	@Test
	void whatCoversNothingOfTheHistoryIsNoRegressorAndManyAreCut() {
		assertEquals(List.of(), EventRegressors.of(List.of(event(Event.Kind.HOLIDAY, 200, 24, "Later")), START, HOUR, 100));
		List<Event> many = new ArrayList<>();
		for (int i = 0; i < 40; i++) {
			many.add(event(Event.Kind.HOLIDAY, i, 1 + i, "feast of " + (char) ('a' + i % 26) + (char) ('a' + i / 26)));
		}
		List<Regressor> most = EventRegressors.of(many, START, HOUR, 100);
		assertEquals(EventRegressors.MOST, most.size());
		assertEquals("event:holiday", most.getFirst().id());
	}
}
