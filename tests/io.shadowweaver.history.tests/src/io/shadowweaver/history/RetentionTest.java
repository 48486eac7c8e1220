// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.metric.Block;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;

class RetentionTest {
	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
	private static final Duration MINUTE = Duration.ofMinutes(1);
	private static final SeriesId A = new SeriesId("a", "cpu");

	@TempDir
	Path directory;
	private final AtomicReference<Instant> now = new AtomicReference<>(START);
	private final InstantSource clock = now::get;

	private static Series noise(int length, long seed) {
		Random random = new Random(seed);
		double[] values = new double[length];
		for (int i = 0; i < length; i++) {
			values[i] = random.nextDouble();
		}
		return Series.of(START, MINUTE, values);
	}

	private static Instant day(double days) {
		return START.plusMillis((long) (days * 86_400_000));
	}

	@Test
	void oldSamplesBecomeMeansAndOldMeansGo() {
		Retention retention = new Retention(Duration.ofDays(3), Duration.ofDays(10), Duration.ofDays(30), 1L << 40);
		try (MetricHistory history = MetricHistory.open(directory, retention, clock)) {
			history.backfill(List.of(new Block(A, noise(20 * 1440, 1))));
			Series five = history.range(A, START, day(20), Duration.ofMinutes(5));
			Series hour = history.range(A, START, day(20), Duration.ofHours(1));
			long before = history.stats().samples();
			now.set(day(20));
			history.enforceRetention();

			Series raw = history.range(A, START, day(20));
			assertTrue(raw.start().isAfter(day(16)) && !raw.start().isAfter(day(17)), "raw from " + raw.start());
			assertTrue(raw.cause().contains("coarser means"), raw.cause());
			assertEquals(raw.count(), history.stats().samples());
			assertTrue(history.stats().samples() < before);

			Series fiveNow = history.range(A, START, day(20), Duration.ofMinutes(5));
			assertTrue(fiveNow.start().isAfter(day(4)) && !fiveNow.start().isAfter(day(10)), "means from " + fiveNow.start());
			assertSameEnd(five, fiveNow);
			Series hourNow = history.range(A, START, day(20), Duration.ofHours(1));
			assertEquals(hour.length(), hourNow.length());
			assertSameEnd(hour, hourNow);
			assertEquals(START, history.first(A).orElseThrow());

			now.set(day(100));
			history.enforceRetention();
			assertEquals(0, history.range(A, START, day(100)).length());
			assertEquals(Set.of(), history.series());
			assertEquals(0, history.stats().samples());
		}
	}

	private static void assertSameEnd(Series before, Series after) {
		int shift = before.length() - after.length();
		for (int i = 0; i < after.length(); i++) {
			assertEquals(before.values()[i + shift], after.values()[i], 2e-5, "mean at " + after.time(i));
		}
	}

	@Test
	void coarseSeriesAreKeptAsLongAsTheirRollUp() {
		Retention retention = new Retention(Duration.ofDays(3), Duration.ofDays(10), Duration.ofDays(300), 1L << 40);
		try (MetricHistory history = MetricHistory.open(directory, retention, clock)) {
			history.backfill(List.of(new Block(A, Series.of(START, Duration.ofHours(1), noise(50 * 24, 2).values()))));
			now.set(day(50));
			history.enforceRetention();
			assertEquals(50 * 24, history.range(A, START, day(50)).count());
		}
	}

	@Test
	void backfillDoesNotReplaceMeansWhoseSamplesAreGone() {
		Retention retention = new Retention(Duration.ofDays(3), Duration.ofDays(100), Duration.ofDays(300), 1L << 40);
		try (MetricHistory history = MetricHistory.open(directory, retention, clock)) {
			history.backfill(List.of(new Block(A, noise(20 * 1440, 1))));
			now.set(day(20));
			history.enforceRetention();
			Series before = history.range(A, START, day(10), Duration.ofMinutes(5));
			history.backfill(List.of(new Block(A, Series.of(day(5), MINUTE, 1e6, 1e6, 1e6, 1e6, 1e6))));
			Series after = history.range(A, START, day(10), Duration.ofMinutes(5));
			for (int i = 0; i < before.length(); i++) {
				assertEquals(before.values()[i], after.values()[i], "mean at " + before.time(i));
			}
		}
	}

	@Test
	void tooManyBytesMakeTheOldestGoFirst() {
		Retention retention = new Retention(Duration.ofDays(300), Duration.ofDays(300), Duration.ofDays(300), 1_500_000);
		try (MetricHistory history = MetricHistory.open(directory, retention, clock)) {
			List<Block> blocks = IntStream.range(0, 12).mapToObj(i -> new Block(new SeriesId("r" + i, "cpu"), noise(30 * 1440, i))).toList();
			history.backfill(blocks);
			now.set(day(30));
			history.compact();
			assertTrue(history.stats().bytes() > 3_000_000, "there must be too much: " + history.stats());
			history.enforceRetention();
			assertTrue(history.stats().bytes() <= 1_500_000, "too much is left: " + history.stats());
			Series rest = history.range(new SeriesId("r3", "cpu"), START, day(30));
			assertTrue(rest.count() > 1440, "the newest stays: " + rest.count());
			assertEquals(day(30), rest.end());
			assertEquals(START, history.range(new SeriesId("r3", "cpu"), START, day(30), Duration.ofHours(1)).start());
		}
	}

	@Test
	void rowsOfSeriesThatEndedBecomeChunks() {
		try (MetricHistory history = MetricHistory.open(directory, Retention.DEFAULT, clock)) {
			for (int i = 0; i < 50; i++) {
				history.append(new Tick(START.plus(MINUTE.multipliedBy(i)), List.of(A), new double[] { i }), MINUTE);
			}
			now.set(day(2));
			history.enforceRetention();
			assertEquals(50, history.range(A, START, day(2)).count());
			history.append(new Tick(day(2), List.of(A), new double[] { 7 }), MINUTE);
			assertEquals(51, history.range(A, START, day(3)).count());
			assertEquals(51, history.stats().samples());
		}
	}

	@Test
	void anOrderThatMakesNoSenseIsRefused() {
		assertThrows(IllegalArgumentException.class, () -> new Retention(Duration.ofDays(3), Duration.ofDays(2), Duration.ofDays(30), 1));
		assertThrows(IllegalArgumentException.class, () -> new Retention(Duration.ofDays(1), Duration.ofDays(2), Duration.ofDays(30), 0));
	}
}
