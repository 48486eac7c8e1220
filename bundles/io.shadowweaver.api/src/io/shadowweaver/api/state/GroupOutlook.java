// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.state;

import java.time.Instant;
import java.util.List;

/**
 * How many members a group has and needs over time: 'web 12 → 15 by 14:05'.
 *
 * @param group    the id of the group
 * @param times    ascending instants
 * @param ready    members ready at each
 * @param required members required at each, clamped to the group's limits; -1 where no forecast says
 */
public record GroupOutlook(String group, List<Instant> times, List<Integer> ready, List<Integer> required) {
	/** Checks the lengths. */
	public GroupOutlook {
		times = List.copyOf(times);
		ready = List.copyOf(ready);
		required = List.copyOf(required);
		if (times.size() != ready.size() || times.size() != required.size()) {
			throw new IllegalArgumentException("outlook of " + group + ": lengths differ");
		}
	}

	/** The index of the first time at which more members are required than ready, or -1. */
	public int firstDeficit() {
		for (int i = 0; i < times.size(); i++) {
			if (required.get(i) > ready.get(i)) {
				return i;
			}
		}
		return -1;
	}
}
