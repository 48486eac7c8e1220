// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * More members of a group that a person wants, whatever forecasts say.
 *
 * @param group   its id
 * @param parts   what; not empty
 * @param readyBy when they are wanted; what cannot be there by then is there as early as it can
 * @param reason  why, as a sentence for who approves it
 */
public record Wish(String group, List<Part> parts, Instant readyBy, String reason) {
	/** Checks and copies. */
	public Wish {
		Objects.requireNonNull(group, "group");
		Objects.requireNonNull(readyBy, "readyBy");
		Objects.requireNonNull(reason, "reason");
		parts = List.copyOf(parts);
		if (parts.isEmpty()) {
			throw new IllegalArgumentException("nothing is wanted of " + group);
		}
	}

	/**
	 * Members that are alike.
	 *
	 * @param count    how many, positive
	 * @param capacity what each has at least, by metric; empty for any
	 * @param zone     where; empty for any
	 */
	public record Part(int count, Map<String, Double> capacity, Optional<String> zone) {
		/** Checks and copies. */
		public Part {
			capacity = Map.copyOf(capacity);
			Objects.requireNonNull(zone, "zone");
			if (count < 1) {
				throw new IllegalArgumentException("a positive number of members is wanted: " + count);
			}
		}
	}

	/** How many in all. */
	public int count() {
		return parts.stream().mapToInt(Part::count).sum();
	}
}
