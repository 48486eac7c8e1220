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

	/**
	 * Which of some members are removed first: the dearest of those whose zone stays within the skew, or of the fullest zone where none
	 * does; of equally dear ones one of the fullest zone, and of these the newest. What nobody prices goes after what is priced.
	 *
	 * @param newestFirst who may go
	 * @param members     how many each zone has
	 * @param maxSkew     largest difference between two zones, at least 1
	 */
	static List<Entry> remove(int count, List<Entry> newestFirst, Map<String, Integer> members, int maxSkew) {
		Map<String, Integer> left = new LinkedHashMap<>(members);
		List<Entry> candidates = new ArrayList<>(newestFirst);
		List<Entry> removed = new ArrayList<>();
		while (removed.size() < count && !candidates.isEmpty()) {
			int fullest = left.values().stream().mapToInt(Integer::intValue).max().orElse(0);
			List<Entry> balanced = candidates.stream().filter(entry -> left.getOrDefault(zone(entry), 0) - 1 >= fullest - maxSkew).toList();
			Entry next = null;
			for (Entry one : balanced.isEmpty() ? candidates : balanced) {
				if (next == null || goesBefore(one, next, left, !balanced.isEmpty())) {
					next = one;
				}
			}
			candidates.remove(next);
			removed.add(next);
			left.merge(zone(next), -1, Integer::sum);
		}
		return removed;
	}

	private static boolean goesBefore(Entry one, Entry next, Map<String, Integer> left, boolean byPrice) {
		int price = byPrice ? Double.compare(price(one), price(next)) : 0;
		return price != 0 ? price > 0 : left.getOrDefault(zone(one), 0) > left.getOrDefault(zone(next), 0);
	}

	private static String zone(Entry entry) {
		return entry.intent().zone();
	}

	/** For the order alone: what nobody prices comes after all that is priced. */
	private static double price(Entry entry) {
		return entry.intent().price().isKnown() ? entry.intent().price().perHour() : Double.NEGATIVE_INFINITY;
	}
}
