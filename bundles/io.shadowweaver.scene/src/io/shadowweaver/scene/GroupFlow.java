// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
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
	static String groupAt(Topology topology, String end) {
		if (end.startsWith(SeriesId.GROUP_PREFIX)) {
			return end;
		}
		Resource resource = topology.resources().get(end);
		return resource == null ? "" : GroupKey.of(topology, resource);
	}

	/** Links between different groups, each once, by their keys. */
	static Map<String, Set<String>> links(Topology topology) {
		Map<String, Set<String>> next = new TreeMap<>();
		for (Link link : topology.links()) {
			String from = groupAt(topology, link.from());
			String to = groupAt(topology, link.to());
			if (!from.isEmpty() && !to.isEmpty() && !from.equals(to)) {
				next.computeIfAbsent(from, f -> new TreeSet<>()).add(to);
			}
		}
		return next;
	}

	/** The keys of all groups, where work enters first, by the longest way to each; then by name. */
	static List<String> order(Topology topology) {
		Map<String, Set<String>> next = links(topology);
		Set<String> keys = new TreeSet<>();
		topology.resources().values().forEach(resource -> keys.add(GroupKey.of(topology, resource)));
		Map<String, Integer> rank = new HashMap<>();
		Set<String> targets = new HashSet<>();
		next.values().forEach(targets::addAll);
		for (String key : keys) {
			if (!targets.contains(key)) {
				visit(key, 0, next, rank, new HashSet<>());
			}
		}
		List<String> order = new ArrayList<>(keys);
		order.sort(Comparator.<String>comparingInt(key -> rank.getOrDefault(key, 0)).thenComparing(key -> GroupKey.name(topology, key),
				NaturalOrder.INSTANCE).thenComparing(Comparator.naturalOrder()));
		return order;
	}

	/** A way that comes back to itself ends there. */
	private static void visit(String key, int depth, Map<String, Set<String>> next, Map<String, Integer> rank, Set<String> way) {
		if (rank.getOrDefault(key, -1) >= depth || !way.add(key)) {
			return;
		}
		rank.put(key, depth);
		for (String to : next.getOrDefault(key, Set.of())) {
			visit(to, depth + 1, next, rank, way);
		}
		way.remove(key);
	}
}
