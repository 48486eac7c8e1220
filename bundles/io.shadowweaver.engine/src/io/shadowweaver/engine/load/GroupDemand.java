// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.load;

import java.util.List;
import java.util.function.ToDoubleFunction;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Metric.Full;
import io.shadowweaver.api.topology.Resource;

/**
 * The demand of a scaling group in absolute units: the sum over its members of utilisation × capacity at that instant, less
 * what they use when idle. Demand, unlike utilisation, does not fall when capacity is added.
 */
public final class GroupDemand {
	/** From this utilisation on a sample is a lower bound of the demand, not an observation of it. */
	public static final double SATURATION = .95;
	/** The least share of the group's capacity that must have reported. */
	private static final double LEAST_REPORTED = .5;

	private GroupDemand() {
	}

	/**
	 * What was seen of a group at one instant.
	 *
	 * @param value      demand in the metric's demand unit (cores, bytes a second, requests a second); {@code NaN} when less
	 *                   than half of the capacity reported
	 * @param lowerBound whether a member was saturated, so that the true demand is at least this
	 */
	public record Observation(double value, boolean lowerBound) {
	}

	/**
	 * Adds up the demand of the members.
	 *
	 * @param metric  a metric that has a 'full'
	 * @param members those that carry load now
	 * @param value   the newest value of a member; {@code NaN} for none
	 * @param idle    use of one member without load, in the demand unit
	 * @return the demand; the share of members that did not report is filled up in proportion to capacity
	 */
	public static Observation observe(Metric metric, List<Resource> members, ToDoubleFunction<Resource> value, double idle) {
		double demand = 0;
		double reported = 0;
		double total = 0;
		boolean saturated = false;
		for (Resource member : members) {
			double capacity = member.capacity(metric.id());
			if (Double.isNaN(capacity)) {
				continue;
			}
			total += capacity;
			double sample = value.applyAsDouble(member);
			if (Double.isNaN(sample)) {
				continue;
			}
			reported += capacity;
			double used = metric.full() == Full.ONE ? sample * capacity : sample;
			saturated |= used >= SATURATION * capacity;
			demand += Math.max(0, used - idle);
		}
		if (total == 0 || reported < LEAST_REPORTED * total) {
			return new Observation(Double.NaN, false);
		}
		return new Observation(demand * total / reported, saturated);
	}
}
