// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.topology.DemandTarget;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Topology;

/**
 * The past of what a group is scaled on.
 *
 * @param id     its demand series
 * @param metric the metric behind it
 * @param demand what was measured, in absolute units such as cores; empty with its cause where there is nothing
 * @param before the demand that the members that reported at a time could carry at their safe utilisation: the capacity that was there; on
 *               the steps of {@code demand}
 * @param unit   what one of the present members carries so
 */
public record GroupPast(SeriesId id, Metric metric, Series demand, Series before, double unit) {
	/** Reads history. */
	@FunctionalInterface
	public interface Reader {
		/**
		 * @param id   the series
		 * @param from inclusive
		 * @param to   exclusive
		 * @param step wanted distance of values
		 * @return the values; empty with its cause where there is nothing
		 */
		Series range(SeriesId id, Instant from, Instant to, Duration step);
	}

	/**
	 * The pasts of all groups, by what they are scaled on.
	 *
	 * @param topology what the estate consists of
	 * @param metrics  the metrics that occur, by id
	 * @param history  reads it
	 * @param from     inclusive
	 * @param to       exclusive
	 * @param step     of the answer
	 * @return one a group and metric that it is scaled on
	 */
	public static List<GroupPast> all(Topology topology, Map<String, Metric> metrics, Reader history, Instant from, Instant to, Duration step) {
		List<GroupPast> all = new ArrayList<>();
		for (ScalingGroup group : topology.groups().values()) {
			for (DemandTarget target : group.demand()) {
				Metric metric = metrics.get(target.metric());
				List<Resource> members = topology.liveMembers(group.id()).stream().filter(member -> member.capacity(target.metric()) > 0).toList();
				if (metric != null && !members.isEmpty()) {
					SeriesId id = SeriesId.ofGroup(group.id(), target.metric());
					Series demand = history.range(id, from, to, step);
					double each = members.stream().mapToDouble(member -> member.capacity(target.metric())).average().orElseThrow();
					all.add(new GroupPast(id, metric, demand, before(demand, members, target, history), each * target.target()));
				}
			}
		}
		return all;
	}

	private static Series before(Series demand, List<Resource> members, DemandTarget target, Reader history) {
		if (demand.length() == 0) {
			return demand;
		}
		double[] capacity = new double[demand.length()];
		Arrays.fill(capacity, Double.NaN);
		for (Resource member : members) {
			Series own = history.range(new SeriesId(member.id(), target.metric()), demand.start(), demand.end(), demand.step());
			for (int t = 0; t < capacity.length; t++) {
				int at = own.length() == 0 ? -1 : own.indexOf(demand.time(t));
				if (at >= 0 && at < own.length() && !Double.isNaN(own.values()[at])) {
					capacity[t] = (Double.isNaN(capacity[t]) ? 0 : capacity[t]) + member.capacity(target.metric()) * target.target();
				}
			}
		}
		return Series.of(demand.start(), demand.step(), capacity);
	}
}
