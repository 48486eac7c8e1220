// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.topology.Link;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.Topology;

/** How work flows between groups, from the links of the topology. */
final class GroupFlow {
	private GroupFlow() {
	}

	/** The group at an end of a link; empty when the end is not known. */
	static String groupAt(Topology topology, String end, String by) {
		if (end.startsWith(SeriesId.GROUP_PREFIX)) {
			return by.isEmpty() ? end : topology.members(end.substring(SeriesId.GROUP_PREFIX.length())).stream().findFirst()
					.map(member -> GroupKey.of(topology, member, by)).orElse("");
		}
		Resource resource = topology.resources().get(end);
		return resource == null ? "" : GroupKey.of(topology, resource, by);
	}

	/** Links between different groups, each once, by their keys. */
	static Map<String, Set<String>> links(Topology topology, String by) {
		Map<String, Set<String>> next = new TreeMap<>();
		for (Link link : topology.links()) {
			String from = groupAt(topology, link.from(), by);
			String to = groupAt(topology, link.to(), by);
			if (!from.isEmpty() && !to.isEmpty() && !from.equals(to)) {
				next.computeIfAbsent(from, f -> new TreeSet<>()).add(to);
			}
		}
		return next;
	}

	/** The keys of all groups, where work enters first, by the longest way to each; then by name. */
	static List<String> order(Topology topology, String by) {
		Map<String, Set<String>> next = links(topology, by);
		Set<String> keys = new TreeSet<>();
		topology.resources().values().forEach(resource -> keys.add(GroupKey.of(topology, resource, by)));
		Map<String, Integer> rank = ranks(keys, next);
		List<String> order = new ArrayList<>(keys);
		order.sort(Comparator.<String>comparingInt(key -> rank.getOrDefault(key, 0)).thenComparing(key -> GroupKey.name(topology, key),
				NaturalOrder.INSTANCE).thenComparing(Comparator.naturalOrder()));
		return order;
	}

	/**
	 * The length of the longest way to each group from one that nothing flows to, in one pass over all links. A link that closes
	 * a circle, as a search in depth meets it, counts for nothing.
	 */
	private static Map<String, Integer> ranks(Set<String> keys, Map<String, Set<String>> next) {
		Set<String> targets = new HashSet<>();
		next.values().forEach(targets::addAll);
		List<String> starts = new ArrayList<>(keys);
		starts.sort(Comparator.comparing(targets::contains));
		Set<String> seen = new HashSet<>();
		Set<String> open = new HashSet<>();
		Map<String, List<String>> forward = new HashMap<>();
		List<String> finished = new ArrayList<>();
		Deque<String> way = new ArrayDeque<>();
		Deque<Iterator<String>> rest = new ArrayDeque<>();
		for (String start : starts) {
			enter(start, next, seen, open, way, rest);
			while (!way.isEmpty()) {
				if (!rest.peek().hasNext()) {
					rest.pop();
					open.remove(way.peek());
					finished.add(way.pop());
					continue;
				}
				String to = rest.peek().next();
				if (!open.contains(to)) {
					forward.computeIfAbsent(way.peek(), f -> new ArrayList<>()).add(to);
					enter(to, next, seen, open, way, rest);
				}
			}
		}
		Map<String, Integer> rank = new HashMap<>();
		for (String from : finished.reversed()) {
			int behind = rank.getOrDefault(from, 0) + 1;
			forward.getOrDefault(from, List.of()).forEach(to -> rank.merge(to, behind, Math::max));
		}
		return rank;
	}

	private static void enter(String key, Map<String, Set<String>> next, Set<String> seen, Set<String> open, Deque<String> way,
			Deque<Iterator<String>> rest) {
		if (seen.add(key)) {
			open.add(key);
			way.push(key);
			rest.push(next.getOrDefault(key, Set.of()).iterator());
		}
	}
}
