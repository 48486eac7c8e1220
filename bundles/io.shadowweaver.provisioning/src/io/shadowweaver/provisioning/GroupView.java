// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.util.List;
import java.util.Objects;

import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.topology.InstanceCapacity;
import io.shadowweaver.api.topology.Lifecycle;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;

/**
 * All that provisioning sees of one scaling group at a tick.
 *
 * @param group       the group
 * @param mode        how far automation may go
 * @param liveMembers members that carry load now; draining ones may be among them, they are not counted as ready
 * @param capacities  safe demand of one instance, by offer and metric; where an offer is missing, its declared capacity times
 *                    the target of the metric stands for it
 * @param demand      of each demand metric
 * @param staleShare  share of the series behind this view that are not fresh, 0 to 1
 */
public record GroupView(ScalingGroup group, Mode mode, List<Resource> liveMembers, List<InstanceCapacity> capacities,
		List<DemandView> demand, double staleShare) {
	/** Checks and copies. */
	public GroupView {
		Objects.requireNonNull(group, "group");
		Objects.requireNonNull(mode, "mode");
		liveMembers = List.copyOf(liveMembers);
		capacities = List.copyOf(capacities);
		demand = List.copyOf(demand);
		if (!(staleShare >= 0 && staleShare <= 1)) {
			throw new IllegalArgumentException("stale share of " + group.id() + " must be 0 to 1: " + staleShare);
		}
	}

	/** The number of members that are ready: live and not draining. */
	public int ready() {
		return (int) liveMembers.stream().filter(member -> member.lifecycle() == Lifecycle.LIVE).count();
	}
}
