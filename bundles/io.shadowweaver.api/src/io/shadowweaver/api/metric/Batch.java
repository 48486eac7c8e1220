// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.metric;

import java.util.List;
import java.util.Set;

import io.shadowweaver.api.topology.TopologyChange;

/**
 * What a source delivers at once. Order is per series: rows in time order, and blocks older than the first row of their
 * series.
 *
 * @param metrics  the metrics that occur, described; needed once each, harmless if repeated
 * @param blocks   older samples, by series
 * @param ticks    newer samples, by instant, in time order
 * @param changes  what the source knows of the topology
 * @param events   what happened or is known to be coming
 * @param problems sentences about what was refused (a malformed row, a NaN, a unit that does not fit), for the status
 * @param counters the ids of the metrics whose samples in this batch are running totals, such as of all requests since a start; the engine makes
 *                 rates a second of them, which is what the metric then describes
 */
public record Batch(List<Metric> metrics, List<Block> blocks, List<Tick> ticks, List<TopologyChange> changes,
		List<Event> events, List<String> problems, Set<String> counters) {
	/** Nothing new. */
	public static final Batch EMPTY = new Batch(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

	/** Copies the lists. */
	public Batch {
		metrics = List.copyOf(metrics);
		blocks = List.copyOf(blocks);
		ticks = List.copyOf(ticks);
		changes = List.copyOf(changes);
		events = List.copyOf(events);
		problems = List.copyOf(problems);
		counters = Set.copyOf(counters);
	}

	/** A batch without running totals. */
	public Batch(List<Metric> metrics, List<Block> blocks, List<Tick> ticks, List<TopologyChange> changes, List<Event> events, List<String> problems) {
		this(metrics, blocks, ticks, changes, events, problems, Set.of());
	}

	/** Samples alone. */
	public static Batch ofTicks(List<Tick> ticks) {
		return new Batch(List.of(), List.of(), ticks, List.of(), List.of(), List.of());
	}

	/** Whether it holds nothing at all. */
	public boolean isEmpty() {
		return metrics.isEmpty() && blocks.isEmpty() && ticks.isEmpty() && changes.isEmpty() && events.isEmpty()
				&& problems.isEmpty();
	}
}
