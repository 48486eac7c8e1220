// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.rest;

import java.util.List;
import java.util.function.Function;

import io.shadowweaver.server.Problem;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * A part of a list that is ordered by a key.
 *
 * @param items the part
 * @param next  the cursor of the next part; {@code null} at the end
 */
record Page<T>(List<T> items, @Schema(types = { "string", "null" }, description = "Pass it as 'after' to get the next part; null at the end.") String next) {
	private static final int MOST = 1000;

	/**
	 * Cuts a part out. A cursor is the key of the last item seen, so that what comes and goes in between shifts nothing.
	 *
	 * @param sorted ascending by key
	 * @param after  the cursor; {@code null} for the beginning
	 * @param limit  1 to 1000
	 */
	static <T> Page<T> of(List<T> sorted, Function<T, String> key, String after, int limit) {
		if (limit < 1 || limit > MOST) {
			throw Problem.exception(400, "limit must be 1 to " + MOST + ": " + limit);
		}
		List<T> rest = after == null ? sorted : sorted.stream().filter(item -> key.apply(item).compareTo(after) > 0).toList();
		List<T> items = rest.subList(0, Math.min(limit, rest.size()));
		return new Page<>(items, items.size() < rest.size() ? key.apply(items.getLast()) : null);
	}
}
