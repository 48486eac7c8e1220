// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.load;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.shadowweaver.api.metric.Aggregation;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Metric.Full;
import io.shadowweaver.api.topology.DemandTarget;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;

/** Which metrics of its members make series of a group. */
public final class GroupMetrics {
	private GroupMetrics() {
	}

	/**
	 * The metrics of which a group has a series of its own: what it is scaled on, whatever else its members share by capacity,
	 * and latency, where the worst member stands for the group.
	 */
	public static Set<String> of(ScalingGroup group, List<Resource> members, Map<String, Metric> known) {
		Set<String> result = new LinkedHashSet<>();
		group.demand().stream().map(DemandTarget::metric).filter(known::containsKey).forEach(result::add);
		for (Metric metric : known.values()) {
			boolean shared = metric.full() == Full.CAPACITY || metric.id().equals(Metric.CPU.id());
			if (shared && members.stream().anyMatch(member -> !Double.isNaN(member.capacity(metric.id())))
					|| metric.aggregation() == Aggregation.MAX) {
				result.add(metric.id());
			}
		}
		return result;
	}
}
