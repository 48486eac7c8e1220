// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;

class FormatsTest {
	private static final Instant NOON = Instant.parse("2026-03-03T12:00:00Z");

	@Test
	void instantsInSentencesAreTimesOnTheWall() {
		assertEquals("It may go on at 14:05.", Formats.said("It may go on at 2026-03-03T13:05:00Z.", NOON, ZoneId.of("Europe/Berlin")));
		assertEquals("From 31 Jan 00:00 to Wed 13:00, 2 of $3", Formats.said("From 2026-01-31T00:00:00Z to 2026-03-04T13:00:07.25Z, 2 of $3", NOON, ZoneId.of("UTC")));
		assertEquals("No day: 2026-02-31T00:00:00Z", Formats.said("No day: 2026-02-31T00:00:00Z", NOON, ZoneId.of("UTC")));
		assertEquals("", Formats.said("", NOON, ZoneId.of("UTC")));
	}

	@Test
	void valuesCarryTheUnitOfTheOperator() {
		assertEquals("63.2\u00a0%", Formats.value(Metric.CPU, .6321));
		assertEquals("140\u00a0%", Formats.value(Metric.CPU, 1.4));
		assertEquals("12.4\u00a0MB/s", Formats.value(Metric.NETWORK_IN, 12_400_000));
		assertEquals("35\u00a0ms", Formats.value(Metric.LATENCY, .035));
		assertEquals(Formats.NONE, Formats.value(Metric.CPU, Double.NaN));
	}

	@Test
	void theDemandOfAGroupIsAbsolute() {
		assertEquals("27.5\u00a0cores", Formats.value(SeriesId.ofGroup("web", "cpu"), Metric.CPU, 27.5));
		assertEquals("64\u00a0GB", Formats.value(SeriesId.ofGroup("web", "memory"), Metric.MEMORY, 64e9));
		assertEquals("120\u00a0req/s", Formats.value(SeriesId.ofGroup("web", "requests"), Metric.REQUESTS, 120));
	}

	@Test
	void numbersHaveThreeDigits() {
		assertEquals("0", Formats.number(0));
		assertEquals("0.12", Formats.number(.1234));
		assertEquals("9.99", Formats.number(9.99));
		assertEquals("10", Formats.number(9.9999));
		assertEquals("99.9", Formats.number(99.94));
		assertEquals("100", Formats.number(99.96));
		assertEquals("1234", Formats.number(1234.4));
		assertEquals("-5", Formats.number(-5));
	}

	@Test
	void spansHaveTwoUnitsAndRound() {
		assertEquals("0\u00a0s", Formats.span(Duration.ZERO));
		assertEquals("59\u00a0s", Formats.span(Duration.ofSeconds(-59)));
		assertEquals("42\u00a0min", Formats.span(Duration.ofMinutes(42)));
		assertEquals("1\u00a0h", Formats.span(Duration.ofSeconds(3599)));
		assertEquals("3\u00a0h 20\u00a0min", Formats.span(Duration.ofMinutes(200)));
		assertEquals("2\u00a0d 4\u00a0h", Formats.span(Duration.ofHours(52)));
	}

	@Test
	void timesNameTheDayOnlyWhereItIsAnother() {
		assertEquals("14:05", Formats.time(Instant.parse("2026-03-03T14:05:00Z"), NOON, ZoneOffset.UTC));
		assertEquals("Wed 00:10", Formats.time(Instant.parse("2026-03-04T00:10:00Z"), NOON, ZoneOffset.UTC));
		assertEquals("13 Mar 00:10", Formats.time(Instant.parse("2026-03-13T00:10:00Z"), NOON, ZoneOffset.UTC));
		assertEquals("in 5\u00a0min", Formats.relative(NOON.plusSeconds(300), NOON));
		assertEquals("5\u00a0min ago", Formats.relative(NOON.minusSeconds(300), NOON));
		assertEquals("now", Formats.relative(NOON, NOON));
	}

	@Test
	void anUnknownPriceIsNotZero() {
		assertEquals(Formats.NONE, Formats.cost(Double.NaN, "EUR"));
		assertEquals("0.05\u00a0EUR/h", Formats.cost(.05, "EUR"));
	}
}
