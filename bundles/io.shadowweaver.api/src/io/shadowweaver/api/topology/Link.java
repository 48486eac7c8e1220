// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.topology;

/**
 * Work flows from one resource or group to another.
 *
 * @param from id of a resource, or of a group behind {@code group:}
 * @param to   likewise
 * @param kind {@code calls}, {@code replicates} or any other word
 */
public record Link(String from, String to, String kind) {
	/** Checks that both ends are named. */
	public Link {
		if (from.isBlank() || to.isBlank()) {
			throw new IllegalArgumentException("a link needs two ends: '" + from + "' → '" + to + "'");
		}
	}
}
