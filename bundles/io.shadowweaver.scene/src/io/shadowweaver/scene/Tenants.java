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

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Topology;

/** Who is to be laid out: the resources of a topology by region, zone and row, all in the order in which they are seated. Immutable. */
final class Tenants {
	/**
	 * What stands together.
	 *
	 * @param cluster the name of the cluster; empty for none
	 * @param group   the {@link GroupKey}
	 */
	record Row(String cluster, String group) {
	}

	/**
	 * Where a resource belongs, and which it is there.
	 *
	 * @param identity stays when the provider gives the resource another id
	 */
	record Address(String region, String zone, Row row, String identity) {
	}

	private final Topology topology;
	private final Comparator<Row> order;
	private final Map<Address, Resource> resources = new HashMap<>();
	private final TreeMap<String, TreeMap<String, TreeMap<Row, List<String>>>> sorted = new TreeMap<>(NaturalOrder.INSTANCE);

	/**
	 * @param by see {@link Arrangement#groupBy()}
	 */
	Tenants(Topology topology, String by) {
		this.topology = topology;
		Set<String> shared = shared(topology);
		List<String> flow = GroupFlow.order(topology, by);
		Map<String, Integer> rank = new HashMap<>();
		flow.forEach(group -> rank.put(group, rank.size()));
		order = Comparator.comparing(Row::cluster, NaturalOrder.INSTANCE).thenComparing(row -> rank.get(row.group));
		for (Resource resource : topology.resources().values()) {
			Address address = new Address(resource.label(Resource.REGION), resource.label(Resource.ZONE), new Row(cluster(resource, by), GroupKey.of(topology, resource, by)),
					identity(resource, shared));
			resources.put(address, resource);
			sorted.computeIfAbsent(address.region, r -> new TreeMap<>(NaturalOrder.INSTANCE))
					.computeIfAbsent(address.zone, z -> new TreeMap<>(order)).computeIfAbsent(address.row, r -> new ArrayList<>()).add(address.identity);
		}
		sorted.values().forEach(zones -> zones.values().forEach(rows -> rows.values().forEach(members -> members.sort(NaturalOrder.INSTANCE))));
	}

	/** The cluster, unless it is by that that resources stand together. */
	private String cluster(Resource resource, String by) {
		return by.equals(Resource.CLUSTER) ? "" : topology.clusterOf(resource.id()).orElse("");
	}

	/** Tokens that more than one resource bears, and that therefore identify none. */
	private static Set<String> shared(Topology topology) {
		Set<String> seen = new HashSet<>();
		Set<String> shared = new HashSet<>();
		for (Resource resource : topology.resources().values()) {
			String token = resource.label(Resource.TOKEN);
			if (!token.isEmpty() && !seen.add(token)) {
				shared.add(token);
			}
		}
		return shared;
	}

	/** A machine that we ordered keeps its place when the provider names it: the token is its identity. */
	private static String identity(Resource resource, Set<String> shared) {
		String token = resource.label(Resource.TOKEN);
		return token.isEmpty() || shared.contains(token) ? resource.id() : "token:" + token;
	}

	Topology topology() {
		return topology;
	}

	/** Rows from the front to the back. */
	Comparator<Row> order() {
		return order;
	}

	int size() {
		return resources.size();
	}

	Set<Address> addresses() {
		return resources.keySet();
	}

	/** The resource of an address; {@code null} where there is none. */
	Resource at(Address address) {
		return resources.get(address);
	}

	/** Identities by region, zone and row. */
	TreeMap<String, TreeMap<String, TreeMap<Row, List<String>>>> sorted() {
		return sorted;
	}

	/** For how many more a row of a zone is given room at once: a group that may grow by a quarter, and at least by two. */
	int spare(Row row, int members, int zones) {
		if (!row.group.startsWith(SeriesId.GROUP_PREFIX)) {
			return 0;
		}
		ScalingGroup scaling = topology.groups().get(row.group.substring(SeriesId.GROUP_PREFIX.length()));
		if (scaling == null || scaling.scaling() != ScalingGroup.Scaling.HORIZONTAL) {
			return 0;
		}
		int more = Math.max(0, scaling.max() - topology.members(scaling.id()).size());
		return Math.min((more + zones - 1) / zones, Math.max(2, members / 4));
	}
}
