// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.shadowweaver.api.topology.Resource;

/** Where new members go: always into the emptiest allowed zone, so that zones differ by as little as they can. Pure. */
final class ZoneSpread {
	private ZoneSpread() {
	}

	/** The zones in which an offer may be made for a group; one empty name for a provider without zones. */
	static List<String> allowed(GroupView view, List<String> offered) {
		List<String> placed = view.group().placement().zones();
		if (offered.isEmpty()) {
			return List.of("");
		}
		return placed.isEmpty() ? offered : placed.stream().filter(offered::contains).toList();
	}

	/** How many members each zone has, coming ones included. */
	static Map<String, Integer> members(GroupView view, Coming coming) {
		Map<String, Integer> members = new LinkedHashMap<>();
		view.liveMembers().stream().filter(Sizing::isReady).forEach(member -> members.merge(member.label(Resource.ZONE), 1, Integer::sum));
		coming.entries().forEach(entry -> members.merge(entry.intent().zone(), 1, Integer::sum));
		return members;
	}

	/**
	 * Spreads new members.
	 *
	 * @param count   how many
	 * @param allowed the zones, in the order in which equals are taken; not empty
	 * @param members how many each has
	 * @return how many go into each zone that gets some, in the order of {@code allowed}
	 */
	static Map<String, Integer> spread(int count, List<String> allowed, Map<String, Integer> members) {
		Map<String, Integer> filled = new LinkedHashMap<>();
		allowed.forEach(zone -> filled.put(zone, members.getOrDefault(zone, 0)));
		Map<String, Integer> added = new LinkedHashMap<>();
		for (int i = 0; i < count; i++) {
			String emptiest = allowed.get(0);
			for (String zone : allowed) {
				if (filled.get(zone) < filled.get(emptiest)) {
					emptiest = zone;
				}
			}
			filled.merge(emptiest, 1, Integer::sum);
			added.merge(emptiest, 1, Integer::sum);
		}
		Map<String, Integer> ordered = new LinkedHashMap<>();
		allowed.stream().filter(added::containsKey).forEach(zone -> ordered.put(zone, added.get(zone)));
		return ordered;
	}

	/** Which of some members are removed first: always one of the fullest zone, the newest of it. */
	static List<Entry> remove(int count, List<Entry> newestFirst, Map<String, Integer> members) {
		Map<String, Integer> left = new LinkedHashMap<>(members);
		List<Entry> candidates = new ArrayList<>(newestFirst);
		List<Entry> removed = new ArrayList<>();
		while (removed.size() < count && !candidates.isEmpty()) {
			Entry next = candidates.get(0);
			for (Entry one : candidates) {
				if (left.getOrDefault(one.intent().zone(), 0) > left.getOrDefault(next.intent().zone(), 0)) {
					next = one;
				}
			}
			candidates.remove(next);
			removed.add(next);
			left.merge(next.intent().zone(), -1, Integer::sum);
		}
		return removed;
	}
}
