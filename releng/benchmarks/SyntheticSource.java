// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import io.shadowweaver.api.metric.Batch;
import io.shadowweaver.api.metric.Block;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.source.BatchSink;
import io.shadowweaver.api.source.MetricSource;
import io.shadowweaver.api.source.SourceInfo;
import io.shadowweaver.api.topology.DemandTarget;
import io.shadowweaver.api.topology.Placement;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Selector;
import io.shadowweaver.api.topology.Template;
import io.shadowweaver.api.topology.TopologyChange;

/**
 * Machines with five metrics each, fifty in a scaling group, whose samples come from memory and cost nothing: 64 rows are
 * made at the beginning and repeated.
 */
final class SyntheticSource implements MetricSource {
	static final Duration STEP = Duration.ofMinutes(1);
	static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
	private static final List<Metric> METRICS = List.of(Metric.CPU, Metric.MEMORY, Metric.REQUESTS, Metric.NETWORK_IN, Metric.NETWORK_OUT);
	private static final double[] FULL = { 1, 1, 900, 80e6, 120e6 };
	private static final int ROWS = 64;
	private static final int MEMBERS = 50;
	private static final int HISTORY = 180;

	private final List<SeriesId> ids = new ArrayList<>();
	private final List<TopologyChange> topology = new ArrayList<>();
	private final double[][] rows = new double[ROWS][];
	private final int groups;
	private final int surging;
	private boolean told;
	private long handed;
	private long handedCpu;

	SyntheticSource(int series) {
		this(series, Template.NONE, 0);
	}

	/**
	 * @param template how members of each group are made
	 * @param surging  in each row so many other groups are busier than their members safely carry
	 */
	SyntheticSource(int series, Template template, int surging) {
		int machines = series / METRICS.size();
		Random random = new Random(11);
		for (int machine = 0; machine < machines; machine++) {
			String group = "tier-" + machine / MEMBERS;
			if (machine % MEMBERS == 0) {
				topology.add(new TopologyChange.GroupSeen(new ScalingGroup(group, group, Selector.of(Resource.TIER, group),
						ScalingGroup.Scaling.HORIZONTAL, ScalingGroup.Owner.WEAVER, 1, 100, 1, template, Placement.ANYWHERE,
						List.of(new DemandTarget(Metric.CPU.id(), .7)), "traffic", Duration.ZERO)));
			}
			topology.add(new TopologyChange.ResourceSeen(Resource.live("m" + machine, "vm", "m" + machine,
					Map.of(Resource.TIER, group, Resource.ZONE, "z" + machine % 3), Map.of("cpu", 4., "memory", 16e9, "requests", 1000.))));
			for (Metric metric : METRICS) {
				ids.add(new SeriesId("m" + machine, metric.id()));
			}
		}
		groups = (machines + MEMBERS - 1) / MEMBERS;
		this.surging = surging;
		for (int row = 0; row < ROWS; row++) {
			rows[row] = new double[ids.size()];
			for (int i = 0; i < rows[row].length; i++) {
				double share = .35 + .1 * Math.sin(2 * Math.PI * row / ROWS) + .02 * random.nextGaussian();
				// as exporters do, shares to a hundredth of a per cent and amounts in whole units
				rows[row][i] = FULL[i % FULL.length] == 1 ? Math.rint(share * 10_000) / 10_000 : Math.rint(share * FULL[i % FULL.length]);
			}
		}
	}

	int series() {
		return ids.size();
	}

	/** The row of an instant. */
	Tick row(Instant time) {
		return new Tick(time, ids, rows[(int) Math.floorMod(time.getEpochSecond() / STEP.toSeconds(), (long) ROWS)]);
	}

	/** The row with those groups busier whose turn it is. */
	private Tick surge(Instant time) {
		Tick row = row(time);
		double[] values = row.values().clone();
		long turn = time.getEpochSecond() / STEP.toSeconds() * surging;
		for (int i = 0; i < surging; i++) {
			int group = (int) Math.floorMod(turn + i, (long) groups);
			int first = group * MEMBERS * METRICS.size();
			for (int cpu = first; cpu < Math.min(values.length, first + MEMBERS * METRICS.size()); cpu += METRICS.size()) {
				values[cpu] = .7;
			}
		}
		return new Tick(time, ids, values);
	}

	/** When the last row was handed over, as {@link System#nanoTime}. */
	long handed() {
		return handed;
	}

	/** The CPU time of the thread that was handed the last row, when it was, in ns. */
	long handedCpu() {
		return handedCpu;
	}

	/** How many groups there are. */
	int groups() {
		return groups;
	}

	@Override
	public SourceInfo info() {
		return new SourceInfo(STEP, Optional.of(START.minus(STEP.multipliedBy(HISTORY))), Optional.empty(), Optional.of(START));
	}

	@Override
	public void backfill(Instant from, Instant to, BatchSink sink, Progress progress) {
		int length = (int) (Duration.between(from, to).toSeconds() / STEP.toSeconds());
		List<Block> blocks = new ArrayList<>();
		for (int i = 0; i < ids.size(); i++) {
			double[] values = new double[length];
			for (int step = 0; step < length; step++) {
				values[step] = row(from.plus(STEP.multipliedBy(step))).values()[i];
			}
			blocks.add(new Block(ids.get(i), Series.of(from, STEP, values)));
			if (blocks.size() == 1000 || i == ids.size() - 1) {
				sink.accept(new Batch(told ? List.of() : METRICS, blocks, List.of(), told ? List.of() : topology, List.of(), List.of()));
				told = true;
				blocks.clear();
			}
		}
	}

	@Override
	public Batch poll(Instant now) {
		Tick tick = surging == 0 ? row(now) : surge(now);
		handed = System.nanoTime();
		handedCpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
		return Batch.ofTicks(List.of(tick));
	}

	@Override
	public void close() {
		// nothing is open
	}
}
