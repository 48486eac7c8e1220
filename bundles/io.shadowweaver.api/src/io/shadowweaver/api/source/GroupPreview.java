// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.source;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which resources the settings of a source would put into which group, asked before the source is opened.
 *
 * @param groups    ids of resources by the id of the group, both in order
 * @param unmatched ids of resources that no rule puts into a group, in order
 */
public record GroupPreview(SortedMap<String, List<String>> groups, List<String> unmatched) {
	/** Copies. */
	public GroupPreview {
		SortedMap<String, List<String>> copy = new TreeMap<>();
		for (Map.Entry<String, List<String>> entry : groups.entrySet()) {
			copy.put(entry.getKey(), entry.getValue().stream().sorted().toList());
		}
		groups = java.util.Collections.unmodifiableSortedMap(copy);
		unmatched = unmatched.stream().sorted().toList();
	}
}
