// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.load;

import java.time.Instant;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.ToDoubleFunction;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.topology.Lifecycle;
import io.shadowweaver.api.topology.Resource;

/**
 * The capacity of a group that is ready at a time: that of the members that carry load now, and, where coming ones count, of
 * those whose expected time is reached; or of those that are there by another rule.
 */
public final class ReadyCapacity {
	private final List<Resource> members;
	private final BiPredicate<Resource, Instant> ready;
	private final boolean changes;
	/** How many are ready at any time, where that does not change; -1 before they were counted. */
	private int steady = -1;

	/**
	 * @param members all members of the group
	 * @param coming  whether members that are called or building count from their expected time on
	 */
	public ReadyCapacity(List<Resource> members, boolean coming) {
		this(members, (member, time) -> isReady(member, time, coming), coming && members.stream().anyMatch(member -> member.lifecycle().isComing()));
	}

	/**
	 * @param members all members of the group
	 * @param ready   whether a member carries load at a time
	 * @param changes whether that changes over time
	 */
	public ReadyCapacity(List<Resource> members, BiPredicate<Resource, Instant> ready, boolean changes) {
		this.members = members;
		this.ready = ready;
		this.changes = changes;
	}

	/**
	 * The capacity at a time.
	 *
	 * @param metric the id of the metric
	 * @param time   when
	 * @return the sum over members that declare one
	 */
	public double at(String metric, Instant time) {
		return at(metric, time, member -> 1);
	}

	private double at(String metric, Instant time, ToDoubleFunction<Resource> factor) {
		double sum = 0;
		for (Resource member : members) {
			double capacity = member.capacity(metric);
			if (!Double.isNaN(capacity) && ready.test(member, time)) {
				sum += capacity * factor.applyAsDouble(member);
			}
		}
		return sum;
	}

	/**
	 * The capacity at each lead of a forecast.
	 *
	 * @param metric the id of the metric
	 * @param grid   whose leads
	 * @return one a lead
	 */
	public double[] over(String metric, Bands grid) {
		return over(metric, grid, member -> 1);
	}

	/**
	 * The same with the capacity of each member times a factor, such as its imbalance.
	 *
	 * @param metric the id of the metric
	 * @param grid   whose leads
	 * @param factor of a member
	 * @return one a lead
	 */
	public double[] over(String metric, Bands grid, ToDoubleFunction<Resource> factor) {
		double[] capacity = new double[grid.leads()];
		for (int lead = 0; lead < capacity.length; lead++) {
			capacity[lead] = lead > 0 && !changes ? capacity[0] : at(metric, grid.time(lead), factor);
		}
		return capacity;
	}

	/** The number of members ready at a time. */
	public int count(Instant time) {
		if (!changes && steady >= 0) {
			return steady;
		}
		int count = 0;
		for (Resource member : members) {
			if (ready.test(member, time)) {
				count++;
			}
		}
		steady = count;
		return count;
	}

	private static boolean isReady(Resource member, Instant time, boolean coming) {
		if (member.lifecycle() == Lifecycle.LIVE) {
			return true;
		}
		boolean called = member.lifecycle() == Lifecycle.QUEUED || member.lifecycle() == Lifecycle.BUILDING;
		return coming && called && !member.construction().orElseThrow().eta().isAfter(time);
	}
}
