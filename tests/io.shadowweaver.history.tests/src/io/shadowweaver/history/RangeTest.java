// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.history;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.metric.Block;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;

/** Random spans of random histories, against what a map of all samples says. */
class RangeTest {
	private static final long START = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();
	private static final long STEP = 15_000;
	private static final int TICKS = 900;
	private static final int SERIES = 70;
	private static final int CHANGED = 66;
	private static final int WHOLE = 67;
	private static final int LATE = 68;
	private static final SeriesId UNKNOWN = new SeriesId("unknown", "cpu");

	@TempDir
	Path directory;
	private MetricHistory history;
	private final List<SeriesId> ids = IntStream.range(0, SERIES).mapToObj(i -> new SeriesId("r" + i, "cpu")).toList();
	/** Of each series the samples by their time, those at the later step first. */
	private final List<List<TreeMap<Long, Double>>> samples = new ArrayList<>();
	private final Random random = new Random(7);

	/** Series with gaps, one whose step changes, one that is whole, and one that begins late; the newest rows are no chunks yet. */
	@BeforeEach
	void fill() {
		history = MetricHistory.open(directory, Retention.DEFAULT, () -> Instant.ofEpochMilli(START + TICKS * STEP));
		ids.forEach(id -> samples.add(List.of(new TreeMap<>(), new TreeMap<>())));
		double[] old = new double[100];
		Arrays.setAll(old, i -> i % 7 == 3 ? Double.NaN : i);
		for (int i = 0; i < old.length; i++) {
			if (!Double.isNaN(old[i])) {
				samples.get(CHANGED).get(1).put(START + i * 60_000L, old[i]);
			}
		}
		history.backfill(List.of(new Block(ids.get(CHANGED), Series.of(Instant.ofEpochMilli(START), Duration.ofMinutes(1), old))));
		List<Tick> ticks = new ArrayList<>();
		for (int tick = 0; tick < TICKS; tick++) {
			double[] row = new double[SERIES];
			for (int i = 0; i < SERIES; i++) {
				boolean gap = i == CHANGED ? tick < 410 : i == LATE ? tick < 800 : i != WHOLE && (random.nextInt(9) == 0 || i % 5 == 1 && tick % 200 < 60);
				row[i] = gap ? Double.NaN : Math.rint(1000 * random.nextGaussian()) / 100;
				if (!gap) {
					samples.get(i).get(0).put(START + tick * STEP, row[i]);
				}
			}
			ticks.add(new Tick(Instant.ofEpochMilli(START + tick * STEP), ids, row));
			if (ticks.size() == 50) {
				history.append(ticks, Duration.ofMillis(STEP));
				ticks.clear();
			}
		}
	}

	@AfterEach
	void close() {
		history.close();
	}

	/** The mean of each slot of a grid, or what covers the slot where samples are further apart; of two columns the first holds. */
	private double[] naive(int series, long from, long to, long grid) {
		double[] values = new double[(int) (Math.floorDiv(to - 1, grid) - Math.floorDiv(from, grid) + 1)];
		for (int slot = 0; slot < values.length; slot++) {
			long begin = (Math.floorDiv(from, grid) + slot) * grid;
			values[slot] = samples.get(series).get(0).subMap(begin, begin + grid).values().stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
			if (Double.isNaN(values[slot])) {
				TreeMap<Long, Double> old = samples.get(series).get(1);
				values[slot] = grid >= 60_000 ? old.subMap(begin, begin + grid).values().stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN)
						: old.getOrDefault(Math.floorDiv(begin, 60_000) * 60_000, Double.NaN);
			}
		}
		return values;
	}

	@Test
	void anySpanAtAnyStepIsWhatTheSamplesSay() {
		long[] steps = { 1000, STEP, 30_000, 45_000, 60_000, 120_000, 300_000, 600_000, 3_600_000 };
		int empty = 0;
		for (int round = 0; round < 400; round++) {
			int series = round % 4 == 0 ? CHANGED + round / 4 % 3 : random.nextInt(SERIES);
			long from = START + random.nextLong(-40, TICKS + 20) * STEP + (random.nextBoolean() ? 0 : random.nextLong(-STEP, STEP));
			long to = from + 1 + random.nextLong(round % 2 == 0 ? 20 * STEP : 1000 * STEP);
			long step = steps[random.nextInt(series == WHOLE ? steps.length : 6)];
			long grid = Math.max(step, STEP);
			Series got = history.range(ids.get(series), Instant.ofEpochMilli(from), Instant.ofEpochMilli(to), Duration.ofMillis(step));
			long last = samples.get(series).get(0).lastKey();
			// the slot of the last sample is the last one
			double[] wanted = Math.floorDiv(from, grid) > Math.floorDiv(last, grid) ? new double[0] : naive(series, from, Math.max(from, Math.min(to - 1, last)) + 1, grid);
			int leading = 0;
			while (leading < wanted.length && Double.isNaN(wanted[leading])) {
				leading++;
			}
			String what = "round " + round + ", " + ids.get(series) + " from " + Instant.ofEpochMilli(from) + " to " + Instant.ofEpochMilli(to) + " by " + step;
			assertEquals(grid, got.step().toMillis(), what);
			assertArrayEquals(Arrays.copyOfRange(wanted, leading, wanted.length), got.values(), grid >= 300_000 ? 1e-3 : 1e-12, what);
			if (got.length() > 0) {
				assertEquals((Math.floorDiv(from, grid) + leading) * grid, got.start().toEpochMilli(), what);
			} else {
				empty++;
			}
		}
		assertTrue(empty > 10 && empty < 200, empty + " of 400 spans hold nothing");
	}

	@Test
	void manySeriesAreReadAsEachAlone() {
		List<SeriesId> some = new ArrayList<>(List.of(UNKNOWN));
		for (int round = 0; round < 25; round++) {
			some.add(ids.get(random.nextInt(SERIES)));
			Instant from = round == 0 ? Instant.MIN : Instant.ofEpochMilli(START + random.nextLong(-40, TICKS + 20) * STEP - random.nextLong(STEP));
			Instant to = round == 1 ? Instant.MAX : Instant.ofEpochMilli(START + random.nextLong(-40, TICKS + 40) * STEP);
			Duration step = Duration.ofMillis(random.nextLong(1, 8) * STEP);
			List<Series> got = history.range(some, from, to, step);
			assertEquals(some.size(), got.size());
			for (int i = 0; i < got.size(); i++) {
				Series alone = history.range(some.get(i), from, to, step);
				assertEquals(alone.start(), got.get(i).start());
				assertEquals(alone.step(), got.get(i).step());
				assertEquals(alone.cause(), got.get(i).cause());
				assertArrayEquals(alone.values(), got.get(i).values());
			}
		}
		assertEquals(List.of(), history.range(List.of(), Instant.MIN, Instant.MAX, Duration.ofSeconds(1)));
	}

	/** What is read where it was asked for, without a look for the first sample, says the same as with that look. */
	@Test
	void aShortSpanIsTheEndOfALongOne() {
		for (int series = 0; series < SERIES; series++) {
			for (int round = 0; round < 10; round++) {
				Instant from = Instant.ofEpochMilli(START + random.nextLong(TICKS) * STEP);
				Instant to = from.plusMillis(STEP * random.nextLong(1, 100));
				Series whole = history.range(ids.get(series), Instant.MIN, to);
				Series part = history.range(ids.get(series), from, to);
				if (part.length() > 0) {
					int skip = (int) ((part.start().toEpochMilli() - whole.start().toEpochMilli()) / STEP);
					assertArrayEquals(Arrays.copyOfRange(whole.values(), skip, whole.length()), part.values());
					assertTrue(!part.start().equals(from) || part.cause().isEmpty(), part.cause());
				}
			}
		}
	}

	@Test
	void unaryNumbersOfAnyLengthAreReadBack() {
		BitOutput out = new BitOutput();
		int[] ones = new int[2000];
		for (int i = 0; i < ones.length; i++) {
			ones[i] = random.nextInt(4) == 0 ? random.nextInt(21) : random.nextInt(4);
			out.bits((1L << ones[i]) - 1, ones[i]);
			if (ones[i] < 20) {
				out.bits(0, 1);
			}
			out.bits(i & 31, i % 6);
		}
		BitInput in = new BitInput(out.toBytes());
		for (int i = 0; i < ones.length; i++) {
			assertEquals(ones[i], in.ones(20), "number " + i);
			assertEquals(i & 31 & (1 << i % 6) - 1, in.bits(i % 6));
		}
	}
}
