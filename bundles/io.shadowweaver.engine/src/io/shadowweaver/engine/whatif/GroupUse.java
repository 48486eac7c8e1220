// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.whatif;

import java.util.HashMap;
import java.util.Map;

/**
 * How the members of a group use what they have, as learned.
 *
 * @param idle      by metric, what a member uses without load, in the demand unit
 * @param imbalance by metric and member, its utilisation over the mean of the group; 1 where it is absent
 */
public record GroupUse(Map<String, Double> idle, Map<String, Map<String, Double>> imbalance) {
	/** Nothing learned. */
	public static final GroupUse NONE = new GroupUse(Map.of(), Map.of());

	/** Copies. */
	public GroupUse {
		idle = Map.copyOf(idle);
		Map<String, Map<String, Double>> copy = new HashMap<>();
		imbalance.forEach((metric, factors) -> copy.put(metric, Map.copyOf(factors)));
		imbalance = Map.copyOf(copy);
	}

	double idle(String metric) {
		return idle.getOrDefault(metric, 0.);
	}

	double imbalance(String metric, String member) {
		return imbalance.getOrDefault(metric, Map.of()).getOrDefault(member, 1.);
	}
}
