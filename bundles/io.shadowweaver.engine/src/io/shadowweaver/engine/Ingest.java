// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.shadowweaver.api.metric.Batch;
import io.shadowweaver.api.metric.Block;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;

/**
 * The one door of the samples: puts them on the estate's grid and into rows. A sample of time t belongs to the first grid
 * instant at or after t; several of one series in a cell are averaged. Nonsense (an infinite value, a time far ahead) is
 * counted and left out. Not thread-safe: the weave thread's.
 */
final class Ingest {
	private static final class Cell {
		double sum;
		int count;
	}

	private final Duration step;
	private final TreeMap<Instant, Map<SeriesId, Cell>> rows = new TreeMap<>();
	private final Map<String, Metric> metrics = new LinkedHashMap<>();
	private final Set<SeriesId> backfilled = new LinkedHashSet<>();
	private Instant emitted = Instant.MIN;
	private long refused;
	private String lastRefusal = "";
	private List<SeriesId> lastIds = List.of();

	Ingest(Duration step) {
		this.step = step;
	}

	/** Remembers the metrics of a batch. */
	void describe(Batch batch) {
		for (Metric metric : batch.metrics()) {
			metrics.putIfAbsent(metric.id(), metric);
		}
	}

	/** The metrics that occurred, by id; one that was never described is a plain count. */
	Metric metric(String id) {
		return metrics.computeIfAbsent(id, unknown -> Metric.of(unknown, io.shadowweaver.api.metric.Unit.COUNT));
	}

	Map<String, Metric> metrics() {
		return metrics;
	}

	/** Takes live samples in. */
	void accept(Batch batch, Instant now) {
		Instant limit = now.plus(step.multipliedBy(2));
		for (Tick tick : batch.ticks()) {
			Instant cell = align(tick.time());
			if (tick.time().isAfter(limit)) {
				refuse(tick.series().size(), "a time ahead of the clock: " + tick.time());
				continue;
			}
			if (!cell.isAfter(emitted)) {
				refuse(tick.series().size(), "a time that goes back: " + tick.time());
				continue;
			}
			Map<SeriesId, Cell> row = rows.computeIfAbsent(cell, key -> new LinkedHashMap<>());
			for (int i = 0; i < tick.values().length; i++) {
				double value = tick.values()[i];
				if (Double.isInfinite(value)) {
					refuse(1, tick.series().get(i) + " is infinite");
				} else if (!Double.isNaN(value)) {
					Cell known = row.computeIfAbsent(tick.series().get(i), key -> new Cell());
					known.sum += value;
					known.count++;
				}
			}
		}
	}

	/** Puts blocks of history on the grid. */
	List<Block> blocks(Batch batch) {
		List<Block> aligned = new ArrayList<>(batch.blocks().size());
		for (Block block : batch.blocks()) {
			backfilled.add(block.id());
			aligned.add(onGrid(block));
		}
		return aligned;
	}

	private Block onGrid(Block block) {
		Series series = block.series();
		Instant start = align(series.start());
		double[] source = series.values();
		boolean same = series.step().equals(step) && start.equals(series.start());
		if (same && Arrays.stream(source).noneMatch(Double::isInfinite)) {
			return block;
		}
		int length = series.length() == 0 ? 0
				: (int) (Duration.between(start, align(series.time(series.length() - 1))).toMillis() / step.toMillis()) + 1;
		double[] sum = new double[length];
		int[] count = new int[length];
		for (int i = 0; i < source.length; i++) {
			if (Double.isInfinite(source[i])) {
				refuse(1, block.id() + " is infinite at " + series.time(i));
			} else if (!Double.isNaN(source[i])) {
				int cell = (int) (Duration.between(start, align(series.time(i))).toMillis() / step.toMillis());
				sum[cell] += source[i];
				count[cell]++;
			}
		}
		for (int i = 0; i < length; i++) {
			sum[i] = count[i] == 0 ? Double.NaN : sum[i] / count[i];
		}
		return new Block(block.id(), new Series(start, step, sum, length == 0 ? series.cause() : ""));
	}

	/** The series that back-fill brought since the last call. */
	Set<SeriesId> takeBackfilled() {
		Set<SeriesId> taken = new LinkedHashSet<>(backfilled);
		backfilled.clear();
		return taken;
	}

	/** The rows up to now, in order of time; each is given once. */
	List<Tick> take(Instant now) {
		List<Tick> ticks = new ArrayList<>();
		while (!rows.isEmpty() && !rows.firstKey().isAfter(now)) {
			Map.Entry<Instant, Map<SeriesId, Cell>> row = rows.pollFirstEntry();
			emitted = row.getKey();
			List<SeriesId> ids = new ArrayList<>(row.getValue().keySet());
			// readers compare lists by identity, so an equal list is handed out again
			if (ids.equals(lastIds)) {
				ids = lastIds;
			} else {
				lastIds = List.copyOf(ids);
				ids = lastIds;
			}
			double[] values = new double[ids.size()];
			int i = 0;
			for (Cell cell : row.getValue().values()) {
				values[i++] = cell.count == 0 ? Double.NaN : cell.sum / cell.count;
			}
			ticks.add(new Tick(row.getKey(), ids, values));
		}
		return ticks;
	}

	/** The first grid instant at or after a time. */
	Instant align(Instant time) {
		long millis = step.toMillis();
		return Instant.ofEpochMilli(-Math.floorDiv(-time.toEpochMilli(), millis) * millis);
	}

	private void refuse(int count, String why) {
		refused += count;
		lastRefusal = why;
	}

	/** A sentence about what was refused so far; empty for nothing. */
	String refusals() {
		return refused == 0 ? "" : refused + " samples refused, last for " + lastRefusal + ".";
	}
}
