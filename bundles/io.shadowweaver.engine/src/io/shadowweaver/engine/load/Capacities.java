// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.load;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.shadowweaver.api.topology.DemandTarget;
import io.shadowweaver.api.topology.InstanceCapacity;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;

/** What one instance of a group safely carries, from what members declare and what was measured of them. */
public final class Capacities {
	private Capacities() {
	}

	/**
	 * The safe demand of one instance for each metric that scales the group.
	 *
	 * @param group     the group
	 * @param members   live members; where the offer is not known, the smallest one that declares a capacity stands for it
	 * @param offer     capacities by metric of the offer that new members are made from; empty where it is not known
	 * @param provider  the account that makes it; may be empty
	 * @param offerId   the id of that offer
	 * @param idle      by metric, what a member uses without load
	 * @param imbalance the group's largest factor: the busiest member must stay at its target too
	 * @param asOf      when
	 * @return one a metric, where a capacity is known at all
	 */
	public static List<InstanceCapacity> of(ScalingGroup group, List<Resource> members,
			Optional<Map<String, Double>> offer, String provider, String offerId, Map<String, IdleCost> idle, double imbalance, Instant asOf) {
		List<InstanceCapacity> result = new ArrayList<>();
		for (DemandTarget target : group.demand()) {
			Optional<Double> full = offer.map(made -> made.get(target.metric())).or(() -> members.stream()
					.map(member -> member.capacity(target.metric())).filter(c -> !Double.isNaN(c)).min(Comparator.naturalOrder()));
			if (full.isEmpty()) {
				continue;
			}
			IdleCost cost = idle.getOrDefault(target.metric(), IdleCost.NONE);
			double median = full.get() * target.target() - cost.idle();
			double lower = (full.get() * target.target() - cost.upper()) / Math.max(1, imbalance);
			if (lower > 0) {
				result.add(new InstanceCapacity(group.id(), provider, offerId, target.metric(), median, Math.min(lower, median),
						cost == IdleCost.NONE ? InstanceCapacity.Basis.DECLARED : InstanceCapacity.Basis.LEARNED, asOf));
			}
		}
		return result;
	}
}
