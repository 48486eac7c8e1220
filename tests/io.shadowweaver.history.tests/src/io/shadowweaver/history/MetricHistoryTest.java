// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.history;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.metric.Block;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;

class MetricHistoryTest {
	private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
	private static final Duration STEP = Duration.ofSeconds(15);
	private static final SeriesId A = new SeriesId("a", "cpu");
	private static final SeriesId B = new SeriesId("b", "cpu");

	@TempDir
	Path directory;
	private final AtomicReference<Instant> now = new AtomicReference<>(START);
	private final InstantSource clock = now::get;
	private MetricHistory history;

	@BeforeEach
	void open() {
		history = MetricHistory.open(directory, Retention.DEFAULT, clock);
	}

	@AfterEach
	void close() {
		history.close();
	}

	private void reopen() {
		history.close();
		open();
	}

	private static Instant at(long i) {
		return START.plus(STEP.multipliedBy(i));
	}

	private static Tick tick(long i, double... values) {
		return new Tick(at(i), IntStream.range(0, values.length).mapToObj(k -> new SeriesId("r" + k, "cpu")).toList(), values);
	}

	@Test
	void whatIsAppendedIsThereAlsoAfterReopening() {
		List<SeriesId> ids = IntStream.range(0, 150).mapToObj(i -> new SeriesId("r" + i, "cpu")).toList();
		Random random = new Random(1);
		double[][] expected = new double[ids.size()][700];
		for (int t = 0; t < 700; t++) {
			double[] row = new double[ids.size()];
			for (int i = 0; i < row.length; i++) {
				row[i] = expected[i][t] = t > 0 && t < 699 && random.nextInt(20) == 0 ? Double.NaN : random.nextInt(1000) / 100.;
			}
			AppendResult result = history.append(new Tick(at(t), ids, row), STEP);
			assertTrue(result.isComplete(), result.problem());
			if (t == 333) {
				reopen();
			}
		}
		for (int round = 0; round < 2; round++) {
			for (int i = 0; i < ids.size(); i++) {
				Series series = history.range(ids.get(i), START, at(700));
				assertEquals(START, series.start());
				assertEquals(STEP, series.step());
				assertArrayEquals(expected[i], series.values(), "series " + i);
			}
			reopen();
		}
		assertEquals(Set.copyOf(ids), history.series());
		assertEquals(Optional.of(START), history.first(ids.get(7)));
		assertEquals(Optional.of(at(699)), history.last(ids.get(7)));
		long there = IntStream.range(0, expected.length).mapToLong(i -> java.util.Arrays.stream(expected[i]).filter(v -> !Double.isNaN(v)).count()).sum();
		assertEquals(there, history.stats().samples());
		assertEquals(150, history.stats().series());
	}

	@Test
	void aPartOfTheRangeIsCutOutExactly() {
		for (int t = 0; t < 500; t++) {
			history.append(tick(t, t), STEP);
		}
		Series part = history.range(new SeriesId("r0", "cpu"), at(200), at(460));
		assertEquals(at(200), part.start());
		assertEquals(260, part.length());
		assertEquals(200, part.values()[0]);
		assertEquals(459, part.values()[259]);
		assertEquals(at(499), history.range(new SeriesId("r0", "cpu"), at(499), Instant.MAX).start());
		assertEquals(500, history.range(new SeriesId("r0", "cpu"), Instant.MIN, Instant.MAX).length());
	}

	@Test
	void anEmptySeriesSaysWhy() {
		assertTrue(history.range(A, START, at(5)).cause().contains("no history of a/cpu"));
		history.append(tick(0, 1), STEP);
		SeriesId id = new SeriesId("r0", "cpu");
		Series later = history.range(id, at(10), at(20));
		assertEquals(0, later.length());
		assertTrue(later.cause().contains("nothing of it is between"), later.cause());
		assertTrue(history.range(id, at(20), at(10)).cause().contains("is empty"));
		assertEquals(Optional.empty(), history.first(A));
		assertEquals(Optional.empty(), history.last(A));
	}

	@Test
	void timeThatGoesBackIsRefusedPerSeriesAndTheRestIsStored() {
		history.append(new Tick(at(10), List.of(A), new double[] { 1 }), STEP);
		AppendResult result = history.append(new Tick(at(9), List.of(A, B), new double[] { 2, 3 }), STEP);
		assertEquals(1, result.stored());
		assertEquals(1, result.refused());
		assertTrue(result.problem().contains("a/cpu") && result.problem().contains(at(10).toString()) && result.problem().contains(at(9).toString()),
				result.problem());
		assertArrayEquals(new double[] { 1 }, history.range(A, START, at(20)).values());
		assertArrayEquals(new double[] { 3 }, history.range(B, START, at(20)).values());
		assertEquals(1, history.append(new Tick(at(10), List.of(A), new double[] { 5 }), STEP).refused(), "the same tick again");
		reopen();
		assertEquals(1, history.append(new Tick(at(10), List.of(A), new double[] { 5 }), STEP).refused(), "the same tick after reopening");
	}

	@Test
	void manyTicksInOneBatchAreLikeOneByOne() {
		List<Tick> ticks = new ArrayList<>();
		for (int t = 0; t < 1000; t++) {
			ticks.add(tick(t, t * .5, -t));
		}
		assertEquals(2000, history.append(ticks, STEP).stored());
		Series series = history.range(new SeriesId("r1", "cpu"), START, at(1000));
		for (int t = 0; t < 1000; t++) {
			assertEquals(-t, series.values()[t]);
		}
	}

	@Test
	void aGapOfDaysIsAGap() {
		history.append(tick(0, 1), STEP);
		history.append(tick(50_000, 2), STEP);
		history.append(tick(50_001, 3), STEP);
		Series series = history.range(new SeriesId("r0", "cpu"), START, at(60_000));
		assertEquals(50_002, series.length());
		assertEquals(3, series.count());
		assertEquals(2, series.values()[50_000]);
	}

	@Test
	void ofTwoSamplesInASlotTheLaterHolds() {
		history.append(new Tick(at(3), List.of(A), new double[] { 1 }), STEP);
		history.append(new Tick(at(3).plusSeconds(2), List.of(A), new double[] { 2 }), STEP);
		history.append(new Tick(at(3).plusSeconds(4), List.of(A), new double[] { 3 }), STEP);
		assertArrayEquals(new double[] { 3 }, history.range(A, START, at(20)).values());
		reopen();
		history.append(new Tick(at(500), List.of(A), new double[] { 4 }), STEP);
		assertEquals(3, history.range(A, START, at(20)).values()[0]);
	}

	@Test
	void sourcesThatLagBehindOneAnotherLoseNothing() {
		for (int t = 0; t < 600; t++) {
			history.append(new Tick(at(t), List.of(A), new double[] { t }), STEP);
			if (t >= 150) {
				history.append(new Tick(at(t - 150), List.of(B), new double[] { -t }), STEP);
			}
		}
		assertEquals(600, history.range(A, START, at(600)).count());
		Series lagging = history.range(B, START, at(600));
		assertEquals(450, lagging.count());
		assertEquals(-599, lagging.values()[449]);
	}

	@Test
	void backfillFillsAndExistingSamplesWin() {
		for (int t = 300; t < 500; t++) {
			history.append(new Tick(at(t), List.of(A), new double[] { 1 }), STEP);
		}
		double[] older = new double[400];
		java.util.Arrays.fill(older, 2);
		older[100] = Double.NaN;
		history.backfill(List.of(new Block(A, Series.of(START, STEP, older)), new Block(B, Series.of(START, STEP, older))));
		for (int round = 0; round < 2; round++) {
			Series series = history.range(A, START, at(500));
			assertEquals(500, series.length());
			for (int t = 0; t < 500; t++) {
				assertEquals(t == 100 ? Double.NaN : t < 300 ? 2 : 1, series.values()[t], "slot " + t);
			}
			for (int t = 500; t < 800; t++) {
				history.append(new Tick(at(t + round * 300), List.of(A), new double[] { 3 }), STEP);
			}
			reopen();
		}
		assertEquals(399, history.range(B, START, at(500)).count());
		assertEquals(399 + 200 + 99 + 600 + 200, history.stats().samples() + 0, "samples are counted once");
		history.backfill(List.of(new Block(A, Series.of(START, STEP, older))));
		assertEquals(1498, history.stats().samples(), "again changes nothing");
	}

	@Test
	void appendGoesOnBehindABackfill() {
		history.backfill(List.of(new Block(A, Series.of(START, STEP, new double[] { 1, 2, 3 }))));
		assertEquals(Optional.of(at(2)), history.last(A));
		assertEquals(1, history.append(new Tick(at(2), List.of(A), new double[] { 9 }), STEP).refused());
		assertEquals(1, history.append(new Tick(at(3), List.of(A), new double[] { 4 }), STEP).stored());
		assertArrayEquals(new double[] { 1, 2, 3, 4 }, history.range(A, START, at(9)).values());
	}

	@Test
	void aSeriesWhoseStepChangesKeepsBoth() {
		for (int t = 0; t < 40; t++) {
			history.append(new Tick(at(t), List.of(A), new double[] { t }), STEP);
		}
		Duration minute = Duration.ofMinutes(1);
		for (int t = 10; t < 20; t++) {
			history.append(new Tick(START.plus(minute.multipliedBy(t)), List.of(A), new double[] { 100 + t }), minute);
		}
		Series series = history.range(A, START, START.plus(Duration.ofHours(1)));
		assertEquals(minute, series.step());
		assertEquals(20, series.length());
		assertEquals(1.5, series.values()[0]);
		assertEquals(37.5, series.values()[9]);
		assertEquals(110, series.values()[10]);
	}

	@Test
	void meansOverAStepAreTheSameWithAndWithoutRollUps() {
		SeriesId id = new SeriesId("r0", "cpu");
		Random random = new Random(4);
		int n = 4 * 60 * 24 * 12;
		double[] values = new double[n];
		List<Tick> ticks = new ArrayList<>();
		for (int t = 0; t < n; t++) {
			values[t] = t / 300 % 7 == 3 ? Double.NaN : Math.rint(random.nextGaussian() * 100 + t / 100.) / 100;
			ticks.add(tick(t, values[t], 1));
			if (ticks.size() == 5760) {
				history.append(ticks, STEP);
				ticks.clear();
			}
		}
		for (Duration step : List.of(Duration.ofMinutes(5), Duration.ofMinutes(7), Duration.ofMinutes(15), Duration.ofMinutes(30))) {
			compare(history.range(id, START, at(n), step), values, (int) (step.toMillis() / STEP.toMillis()), 2e-2);
		}
		Series hours = history.range(id, START, at(n), Duration.ofHours(1));
		assertEquals(n / 240, hours.length());
		// Means of means: where a part of an hour is missing the rest has the same weight.
		Series fine = history.range(id, START, at(n), Duration.ofMinutes(5));
		for (int i = 0; i < hours.length(); i++) {
			double mean = java.util.Arrays.stream(fine.values(), i * 12, i * 12 + 12).filter(v -> !Double.isNaN(v)).average().orElse(Double.NaN);
			assertEquals(mean, hours.values()[i], 2e-2);
		}
		assertEquals(START.plus(Duration.ofHours(40)), history.range(id, START.plus(Duration.ofHours(40)), at(n), Duration.ofHours(1)).start());
	}

	private static void compare(Series means, double[] values, int share, double tolerance) {
		for (int i = 0; i < means.length(); i++) {
			int begin = (int) ((means.time(i).toEpochMilli() - START.toEpochMilli()) / STEP.toMillis());
			double expected = java.util.Arrays.stream(values, Math.max(0, begin), Math.min(values.length, begin + share)).filter(v -> !Double.isNaN(v))
					.average().orElse(Double.NaN);
			assertEquals(expected, means.values()[i], tolerance, means.step() + " at " + means.time(i));
		}
	}

	@Test
	void anotherProcessIsToldThatItIsOpen() {
		HistoryException refused = assertThrows(HistoryException.class, () -> MetricHistory.open(directory, Retention.DEFAULT, clock));
		assertTrue(refused.getMessage().contains(directory.toString()) && refused.getMessage().contains("open already"), refused.getMessage());
	}

	@Test
	void damagedFilesAreTold() throws Exception {
		history.close();
		Files.writeString(directory.resolve("CURRENT"), "nonsense\n");
		HistoryException refused = assertThrows(HistoryException.class, () -> MetricHistory.open(directory, Retention.DEFAULT, clock));
		assertTrue(refused.getMessage().contains(directory.toString()), refused.getMessage());
	}

	@Test
	void aFileInTheWayIsTold() throws Exception {
		Path file = Files.writeString(directory.resolve("file"), "x");
		HistoryException refused = assertThrows(HistoryException.class, () -> MetricHistory.open(file, Retention.DEFAULT, clock));
		assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
	}

	@Test
	void aClosedHistorySaysSo() {
		history.close();
		assertTrue(assertThrows(HistoryException.class, () -> history.append(tick(0, 1), STEP)).getMessage().contains("is closed"));
		assertTrue(assertThrows(HistoryException.class, () -> history.range(A, START, at(1))).getMessage().contains("is closed"));
		assertThrows(IllegalArgumentException.class, () -> history.append(tick(0, 1), Duration.ZERO));
	}

	@Test
	void readersSeeWholeSeriesWhileRowsBecomeChunks() throws Exception {
		SeriesId id = new SeriesId("r0", "cpu");
		history.append(tick(0, 0), STEP);
		AtomicReference<Throwable> failed = new AtomicReference<>();
		Thread reader = Thread.ofPlatform().start(() -> {
			try {
				while (!Thread.currentThread().isInterrupted()) {
					Series series = history.range(id, START, Instant.MAX);
					assertEquals(series.length(), series.count(), "a reader saw a gap");
				}
			} catch (Throwable e) {
				failed.set(e);
			}
		});
		for (int t = 1; t < 2000; t++) {
			history.append(tick(t, t), STEP);
		}
		reader.interrupt();
		reader.join();
		assertFalse(failed.get() != null, () -> "" + failed.get());
	}
}
