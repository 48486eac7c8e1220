// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.metric.Batch;
import io.shadowweaver.api.metric.Block;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;

class CountersTest {
	private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
	private static final SeriesId TOTAL = new SeriesId("a", "requests");
	private static final SeriesId GAUGE = new SeriesId("a", "cpu");

	private static Batch totals(List<Block> blocks, List<Tick> ticks) {
		return new Batch(List.of(Metric.REQUESTS), blocks, ticks, List.of(), List.of(), List.of(), Set.of("requests"));
	}

	private static Tick tick(int second, double total) {
		return new Tick(START.plusSeconds(second), List.of(TOTAL, GAUGE), new double[] { total, .5 });
	}

	@Test
	void aResetShowsWhatCameSinceAndAGapIsAveragedOver() {
		double gap = Double.NaN;
		Series history = Series.of(START, Duration.ofSeconds(10), new double[] { 1000, 1050, gap, 1250, 30, 80 });
		Counters counters = new Counters();
		Batch rates = counters.rates(totals(List.of(new Block(TOTAL, history)), List.of()));
		assertArrayEquals(new double[] { gap, 5, gap, 10, 3, 5 }, rates.blocks().getFirst().series().values());
		assertTrue(rates.counters().isEmpty());
		assertEquals("Running totals of requests in 1 series are kept as rates a second; 1 resets so far.", counters.said());
	}

	@Test
	void liveSamplesGoOnWhereHistoryEndsAndOtherMetricsStayAsTheyAre() {
		Counters counters = new Counters();
		counters.rates(totals(List.of(new Block(TOTAL, Series.of(START, Duration.ofSeconds(10), new double[] { 0, 100 }))), List.of()));
		Batch rates = counters.rates(totals(List.of(), List.of(tick(20, 400), tick(20, 500), tick(25, 450))));
		assertArrayEquals(new double[] { 30, .5 }, rates.ticks().get(0).values());
		assertArrayEquals(new double[] { Double.NaN, .5 }, rates.ticks().get(1).values(), "a time that is there already");
		assertArrayEquals(new double[] { 10, .5 }, rates.ticks().get(2).values());
	}

	@Test
	void aBatchWithoutTotalsIsLeftAlone() {
		Batch plain = Batch.ofTicks(List.of(tick(0, 1)));
		assertSame(plain, new Counters().rates(plain));
	}
}
