// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.provision;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A group will lack capacity: 'web needs 3 more in zone b by 14:05'.
 *
 * @param group         the id of the group
 * @param metric        the binding metric
 * @param level         the quantile of demand that is sized for
 * @param demand        that quantile at its worst, in the demand unit
 * @param readyCapacity safe demand of what is ready then, in the same unit
 * @param required      members required then
 * @param ready         members ready then
 * @param deficit       members that are missing, positive
 * @param from          when the deficit begins
 * @param until         when it ends; empty when it lasts to the end of the horizon
 * @param probability   that demand exceeds what is ready, 0 to 1
 * @param capped        whether the group's maximum clamps what is required
 */
public record Need(String group, String metric, double level, double demand, double readyCapacity, int required,
		int ready, int deficit, Instant from, Optional<Instant> until, double probability, boolean capped) {
	/** Checks the ranges. */
	public Need {
		Objects.requireNonNull(group, "group");
		Objects.requireNonNull(metric, "metric");
		Objects.requireNonNull(from, "from");
		Objects.requireNonNull(until, "until");
		if (deficit < 1 || !(probability >= 0 && probability <= 1)) {
			throw new IllegalArgumentException("need of " + group + ": deficit " + deficit + ", probability " + probability);
		}
	}
}
