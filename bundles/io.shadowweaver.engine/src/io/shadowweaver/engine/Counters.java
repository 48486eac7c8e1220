// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.shadowweaver.api.metric.Batch;
import io.shadowweaver.api.metric.Block;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;

/**
 * Makes rates of running totals: what came since the sample before ÷ the seconds between, over a gap too. A total that falls was reset: what it shows is what
 * has come since then. The first sample of a series gives no value. Not thread-safe.
 */
public final class Counters {
	private static final double MILLIS = 1000;

	private record Last(Instant time, double total) {
	}

	private final Map<SeriesId, Last> last = new HashMap<>();
	private final Set<String> metrics = new TreeSet<>();
	private long resets;

	/** The same batch with rates instead of the totals that it declares. */
	public Batch rates(Batch batch) {
		if (batch.counters().isEmpty()) {
			return batch;
		}
		List<Block> blocks = new ArrayList<>(batch.blocks().size());
		for (Block block : batch.blocks()) {
			blocks.add(batch.counters().contains(block.id().metric()) ? rates(block) : block);
		}
		List<Tick> ticks = new ArrayList<>(batch.ticks().size());
		for (Tick tick : batch.ticks()) {
			double[] values = tick.values();
			for (int i = 0; i < values.length; i++) {
				if (batch.counters().contains(tick.series().get(i).metric())) {
					values = values == tick.values() ? Arrays.copyOf(values, values.length) : values;
					values[i] = rate(tick.series().get(i), tick.time(), values[i]);
				}
			}
			ticks.add(values == tick.values() ? tick : new Tick(tick.time(), tick.series(), values));
		}
		return new Batch(batch.metrics(), blocks, ticks, batch.changes(), batch.events(), batch.problems());
	}

	private Block rates(Block block) {
		Series series = block.series();
		double[] rates = new double[series.length()];
		for (int i = 0; i < rates.length; i++) {
			rates[i] = rate(block.id(), series.time(i), series.values()[i]);
		}
		return new Block(block.id(), new Series(series.start(), series.step(), rates, series.cause()));
	}

	/** The rate at a sample; {@code NaN} where there is none, as for what is not newer than the sample before. */
	private double rate(SeriesId id, Instant time, double total) {
		if (!Double.isFinite(total)) {
			return total;
		}
		Last before = last.get(id);
		if (before != null && !time.isAfter(before.time)) {
			return Double.NaN;
		}
		last.put(id, new Last(time, total));
		metrics.add(id.metric());
		if (before == null) {
			return Double.NaN;
		}
		boolean reset = total < before.total;
		resets += reset ? 1 : 0;
		double seconds = (time.toEpochMilli() - before.time.toEpochMilli()) / MILLIS;
		return seconds > 0 ? (reset ? total : total - before.total) / seconds : Double.NaN;
	}

	/** What was done so far, as a sentence; empty for nothing. */
	public String said() {
		return metrics.isEmpty() ? ""
				: "Running totals of " + String.join(", ", metrics) + " in " + last.size() + " series are kept as rates a second; " + resets + " resets so far.";
	}
}
