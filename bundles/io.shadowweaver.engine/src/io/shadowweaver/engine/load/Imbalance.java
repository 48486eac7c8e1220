// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.load;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import io.shadowweaver.api.topology.Resource;

/**
 * How unevenly the members of a group share its load: for each member its utilisation over the group's mean, smoothed. Not
 * thread-safe.
 */
public final class Imbalance {
	private static final double WEIGHT = .05;

	private final Map<String, Double> factors = new HashMap<>();

	/**
	 * Learns from one instant.
	 *
	 * @param members     those that carry load now
	 * @param utilisation of a member; {@code NaN} for none
	 */
	public void observe(List<Resource> members, ToDoubleFunction<Resource> utilisation) {
		double sum = 0;
		int count = 0;
		for (Resource member : members) {
			double value = utilisation.applyAsDouble(member);
			if (!Double.isNaN(value)) {
				sum += value;
				count++;
			}
		}
		if (count == 0 || sum <= 0) {
			return;
		}
		double mean = sum / count;
		for (Resource member : members) {
			double value = utilisation.applyAsDouble(member);
			// a saturated member hides its share, and an idle one (just registered) has none yet
			if (!Double.isNaN(value) && value < GroupDemand.SATURATION && value > mean / 4) {
				double now = value / mean;
				factors.merge(member.id(), now, (old, fresh) -> old + WEIGHT * (fresh - old));
			}
		}
		factors.keySet().retainAll(members.stream().map(Resource::id).toList());
	}

	/** The factor of a member; 1 for an unknown one. */
	public double of(String member) {
		return factors.getOrDefault(member, 1.);
	}

	/** All known factors by member. */
	public Map<String, Double> factors() {
		return Map.copyOf(factors);
	}

	/** The largest factor of all members, at least 1. */
	public double worst() {
		double worst = 1;
		for (double factor : factors.values()) {
			worst = Math.max(worst, factor);
		}
		return worst;
	}
}
