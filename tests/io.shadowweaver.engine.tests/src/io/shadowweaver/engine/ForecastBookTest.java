// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;
import io.shadowweaver.api.state.SeriesIndex;
import io.shadowweaver.api.state.SeriesPages;
import io.shadowweaver.forecasting.ForecastSettings;
import io.shadowweaver.forecasting.Forecaster;
import io.shadowweaver.forecasting.SeriesReader;

class ForecastBookTest {
	private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

	private static Bands bands(Instant origin, float value, int... minutes) {
		float[] values = new float[minutes.length * Levels.COUNT];
		Arrays.fill(values, value);
		return new Bands(origin, Arrays.stream(minutes).mapToLong(minute -> minute * 60_000L).toArray(), values);
	}

	private static Forecast fresh(Bands bands) {
		return new Forecast(new SeriesId("a", "cpu"), NOW, "m", "1", 0, .8, 1, Optional.of(bands), "", Optional.empty());
	}

	@Test
	void theNextHourIsFreshAndTheRestDense() {
		Bands older = bands(NOW.minusSeconds(600), 2, 30, 60, 75, 90, 120);
		Bands joined = ForecastBook.join(fresh(bands(NOW, 1, 5, 30, 60, 360)), Duration.ofHours(1), older).bands().orElseThrow();
		List<Integer> minutes = new java.util.ArrayList<>();
		for (int lead = 0; lead < joined.leads(); lead++) {
			minutes.add((int) (joined.leadMillis(lead) / 60_000));
			assertEquals(lead < 3 ? 1 : 2, joined.value(lead, Levels.MEDIAN));
		}
		assertEquals(List.of(5, 30, 60, 65, 80, 110), minutes);
	}

	@Test
	void withoutOneOfTheTwoTheOtherStands() {
		Forecast alone = fresh(bands(NOW, 1, 5, 60, 360));
		assertSame(alone, ForecastBook.join(alone, Duration.ofHours(1), null));
		Forecast absent = Forecast.absent(new SeriesId("a", "cpu"), NOW, "Too young.", Optional.empty());
		assertSame(absent, ForecastBook.join(absent, Duration.ofHours(1), bands(NOW, 2, 60)));
	}

	@Test
	void gridsAreMadeForEveryStep() {
		for (Duration step : List.of(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(7))) {
			List<Duration> leads = ForecastBook.denseLeads(step);
			for (int i = 0; i < leads.size(); i++) {
				assertTrue(leads.get(i).compareTo(i == 0 ? step.minusMillis(1) : leads.get(i - 1)) > 0, step + " " + leads);
			}
			assertTrue(leads.getLast().compareTo(Duration.ofDays(1)) >= 0 && leads.getLast().compareTo(Duration.ofDays(90)) <= 0, step + " " + leads);
		}
	}

	@Test
	void aHistoryThatCannotBeReadLeavesTheStandardLeads() {
		Duration step = Duration.ofHours(1);
		SeriesId id = new SeriesId("a", Metric.REQUESTS.id());
		SeriesReader broken = (series, from, to) -> {
			throw new IllegalStateException("the disk is gone");
		};
		try (Forecaster forecaster = new Forecaster(List.of(), broken, ForecastSettings.defaults(step), Runnable::run)) {
			forecaster.register(id, Metric.REQUESTS);
			for (int i = -200; i <= 0; i++) {
				forecaster.observe(new Tick(NOW.plus(step.multipliedBy(i)), List.of(id), new double[] { 10 + i % 3 }), new BitSet());
			}
			SeriesPages before = SeriesPages.empty(new SeriesIndex());
			SeriesPages.Builder builder = before.next();
			new ForecastBook(forecaster, step, Runnable::run).renew(builder, before, List.of(id), List.of(id), true, NOW);
			assertTrue(builder.build().forecast(id).orElseThrow().isPresent());
		}
	}
}
