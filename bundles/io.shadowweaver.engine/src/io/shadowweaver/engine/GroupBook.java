// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.shadowweaver.api.metric.Aggregation;
import io.shadowweaver.api.metric.Block;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Metric.Full;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.topology.DemandTarget;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Topology;
import io.shadowweaver.engine.load.GroupDemand;
import io.shadowweaver.engine.load.GroupMetrics;
import io.shadowweaver.engine.load.IdleCost;
import io.shadowweaver.engine.load.Imbalance;
import io.shadowweaver.engine.whatif.GroupUse;
import io.shadowweaver.forecasting.SeriesReader;

/**
 * What the engine learns of each scaling group: its demand series, what its members use when idle, and how unevenly they
 * share. Not thread-safe: the weave thread's.
 */
final class GroupBook {
	private static final int CHUNK_DAYS = 2;

	/** The memory of one group. */
	static final class Memory {
		final Map<String, IdleCost> idle = new HashMap<>();
		final Map<String, Imbalance> imbalance = new HashMap<>();

		double idle(String metric) {
			return idle.getOrDefault(metric, IdleCost.NONE).idle();
		}

		/** What was learned so far. */
		GroupUse use() {
			Map<String, Double> idleUse = new HashMap<>();
			idle.forEach((metric, cost) -> idleUse.put(metric, cost.idle()));
			Map<String, Map<String, Double>> factors = new HashMap<>();
			imbalance.forEach((metric, one) -> factors.put(metric, one.factors()));
			return new GroupUse(idleUse, factors);
		}

		Imbalance imbalance(String metric) {
			return imbalance.computeIfAbsent(metric, key -> new Imbalance());
		}
	}

	private final Map<String, Memory> memories = new HashMap<>();
	private final Duration step;

	GroupBook(Duration step) {
		this.step = step;
	}

	Memory memory(String group) {
		return memories.computeIfAbsent(group, key -> new Memory());
	}

	/** A sample of a group's series. */
	record Sample(SeriesId id, double value, boolean lowerBound) {
	}

	/** The group's samples of one instant; learns the imbalance on the way. */
	List<Sample> observe(Topology topology, Map<String, Metric> known, Function<SeriesId, Double> value) {
		List<Sample> samples = new ArrayList<>();
		for (ScalingGroup group : topology.groups().values()) {
			List<Resource> live = topology.liveMembers(group.id());
			Memory memory = memory(group.id());
			for (String id : GroupMetrics.of(group, live, known)) {
				Metric metric = known.get(id);
				SeriesId series = SeriesId.ofGroup(group.id(), id);
				if (metric.aggregation() == Aggregation.MAX) {
					double worst = Double.NaN;
					for (Resource member : live) {
						double sample = value.apply(new SeriesId(member.id(), id));
						worst = Double.isNaN(worst) || sample > worst ? sample : worst;
					}
					if (!Double.isNaN(worst)) {
						samples.add(new Sample(series, worst, false));
					}
					continue;
				}
				GroupDemand.Observation seen = GroupDemand.observe(metric, live, member -> value.apply(new SeriesId(member.id(), id)),
						memory.idle(id));
				if (!Double.isNaN(seen.value())) {
					samples.add(new Sample(series, seen.value(), seen.lowerBound()));
				}
				memory.imbalance(id).observe(live, member -> utilisation(metric, member, value.apply(new SeriesId(member.id(), id))));
			}
		}
		return samples;
	}

	static double utilisation(Metric metric, Resource member, double value) {
		return metric.full() == Full.CAPACITY ? value / member.capacity(metric.id()) : value;
	}

	/**
	 * The groups' series over a span, from their members' history; fits what members use when idle first. Members are taken to
	 * have been there whenever they have samples.
	 */
	void replay(Topology topology, Map<String, Metric> known, SeriesReader history, Instant from, Instant to,
			java.util.function.Consumer<List<Block>> sink) {
		for (ScalingGroup group : topology.groups().values()) {
			List<Resource> live = topology.liveMembers(group.id());
			fitIdle(group, live, known, history, from, to);
			for (Instant start = from; start.isBefore(to); start = start.plus(Duration.ofDays(CHUNK_DAYS))) {
				Instant end = start.plus(Duration.ofDays(CHUNK_DAYS)).isBefore(to) ? start.plus(Duration.ofDays(CHUNK_DAYS)) : to;
				int length = (int) (Duration.between(start, end).toMillis() / step.toMillis());
				List<Block> blocks = new ArrayList<>();
				for (String id : GroupMetrics.of(group, live, known)) {
					double[] values = replay(known.get(id), live, memory(group.id()).idle(id), history, start, length);
					if (Arrays.stream(values).anyMatch(value -> !Double.isNaN(value))) {
						blocks.add(new Block(SeriesId.ofGroup(group.id(), id), Series.of(start, step, values)));
					}
				}
				sink.accept(blocks);
			}
		}
	}

	private double[] replay(Metric metric, List<Resource> live, double idle, SeriesReader history, Instant start, int length) {
		Map<String, double[]> columns = new LinkedHashMap<>();
		for (Resource member : live) {
			columns.put(member.id(), column(history, new SeriesId(member.id(), metric.id()), start, length));
		}
		double[] values = new double[length];
		for (int i = 0; i < length; i++) {
			int at = i;
			if (metric.aggregation() == Aggregation.MAX) {
				values[i] = columns.values().stream().mapToDouble(column -> column[at]).filter(v -> !Double.isNaN(v)).max().orElse(Double.NaN);
			} else {
				List<Resource> present = live.stream().filter(member -> !Double.isNaN(columns.get(member.id())[at])).toList();
				values[i] = GroupDemand.observe(metric, present, member -> columns.get(member.id())[at], idle).value();
			}
		}
		return values;
	}

	private double[] column(SeriesReader history, SeriesId id, Instant start, int length) {
		double[] column = new double[length];
		Arrays.fill(column, Double.NaN);
		Series series = history.range(id, start, start.plus(step.multipliedBy(length)));
		for (int i = 0; i < series.length(); i++) {
			int at = (int) (Duration.between(start, series.time(i)).toMillis() / step.toMillis());
			if (at >= 0 && at < length) {
				column[at] = series.values()[i];
			}
		}
		return column;
	}

	private void fitIdle(ScalingGroup group, List<Resource> live, Map<String, Metric> known, SeriesReader history, Instant from,
			Instant to) {
		Memory memory = memory(group.id());
		String requests = Metric.REQUESTS.id();
		if (memory.idle.containsKey(Metric.CPU.id()) || !known.containsKey(requests) || !known.containsKey(Metric.CPU.id())) {
			return;
		}
		Instant start = to.minus(Duration.ofDays(CHUNK_DAYS)).isAfter(from) ? to.minus(Duration.ofDays(CHUNK_DAYS)) : from;
		int length = (int) (Duration.between(start, to).toMillis() / step.toMillis());
		double[] load = new double[length];
		double[] busy = new double[length];
		int[] count = new int[length];
		double smallest = Double.POSITIVE_INFINITY;
		for (Resource member : live) {
			double cores = member.capacity(Metric.CPU.id());
			double[] cpu = column(history, new SeriesId(member.id(), Metric.CPU.id()), start, length);
			double[] rate = column(history, new SeriesId(member.id(), requests), start, length);
			for (int i = 0; i < length && !Double.isNaN(cores); i++) {
				// a saturated member bends the line
				if (!Double.isNaN(cpu[i]) && !Double.isNaN(rate[i]) && cpu[i] < GroupDemand.SATURATION) {
					load[i] += rate[i];
					busy[i] += cpu[i] * cores;
					count[i]++;
				}
			}
			smallest = Math.min(smallest, Double.isNaN(cores) ? smallest : cores);
		}
		for (int i = 0; i < length; i++) {
			load[i] = count[i] == 0 ? Double.NaN : load[i] / count[i];
			busy[i] = count[i] == 0 ? Double.NaN : busy[i] / count[i];
		}
		if (smallest < Double.POSITIVE_INFINITY) {
			double target = group.demand().stream().filter(d -> d.metric().equals(Metric.CPU.id())).mapToDouble(DemandTarget::target)
					.findFirst().orElse(1);
			memory.idle.put(Metric.CPU.id(), IdleCost.fit(load, busy, smallest * target / 2));
		}
	}
}
