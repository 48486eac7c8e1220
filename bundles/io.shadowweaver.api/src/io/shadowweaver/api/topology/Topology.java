// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.topology;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an estate consists of at one moment. Immutable; iteration is in the order of ids, so that equal content is drawn
 * and saved equally.
 */
public final class Topology {
	/** Nothing. */
	public static final Topology EMPTY = new Topology(Map.of(), Set.of(), Map.of());

	private final SortedMap<String, Resource> resources;
	private final Set<Link> links;
	private final SortedMap<String, ScalingGroup> groups;
	private final Map<String, List<Resource>> members = new HashMap<>();
	private final Map<String, String> groupOf = new HashMap<>();

	/**
	 * @param resources by id
	 * @param links     in any order
	 * @param groups    by id; where the selectors of two choose the same resource, the group of the lower id has it
	 */
	public Topology(Map<String, Resource> resources, Set<Link> links, Map<String, ScalingGroup> groups) {
		this.resources = Collections.unmodifiableSortedMap(new TreeMap<>(resources));
		this.links = Collections.unmodifiableSet(new LinkedHashSet<>(links));
		this.groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
		for (ScalingGroup group : this.groups.values()) {
			List<Resource> mine = new ArrayList<>();
			for (Resource resource : this.resources.values()) {
				if (group.members().matches(resource) && groupOf.putIfAbsent(resource.id(), group.id()) == null) {
					mine.add(resource);
				}
			}
			members.put(group.id(), Collections.unmodifiableList(mine));
		}
	}

	private Topology(Topology other, SortedMap<String, Resource> resources) {
		this.resources = Collections.unmodifiableSortedMap(resources);
		links = other.links;
		groups = other.groups;
		members.putAll(other.members);
		groupOf.putAll(other.groupOf);
	}

	/**
	 * The same with some resources replaced, by id, or added: what a new topology of all of them would be, at the cost of those alone.
	 *
	 * @param changed as they are now
	 */
	public Topology with(Collection<Resource> changed) {
		SortedMap<String, Resource> all = new TreeMap<>(resources);
		changed.forEach(resource -> all.put(resource.id(), resource));
		Topology next = new Topology(this, all);
		Set<String> affected = new HashSet<>();
		for (Resource resource : changed) {
			String before = next.groupOf.remove(resource.id());
			if (before != null) {
				affected.add(before);
			}
			groups.values().stream().filter(group -> group.members().matches(resource)).findFirst().ifPresent(group -> {
				next.groupOf.put(resource.id(), group.id());
				affected.add(group.id());
			});
		}
		for (String group : affected) {
			SortedMap<String, Resource> mine = new TreeMap<>();
			members(group).stream().filter(member -> group.equals(next.groupOf.get(member.id()))).forEach(member -> mine.put(member.id(), all.get(member.id())));
			changed.stream().filter(resource -> group.equals(next.groupOf.get(resource.id()))).forEach(resource -> mine.put(resource.id(), resource));
			next.members.put(group, List.copyOf(mine.values()));
		}
		return next;
	}

	/** All resources by id, coming ones included. */
	public SortedMap<String, Resource> resources() {
		return resources;
	}

	/** All links. */
	public Set<Link> links() {
		return links;
	}

	/** All scaling groups by id. */
	public SortedMap<String, ScalingGroup> groups() {
		return groups;
	}

	/** A resource by id. */
	public Optional<Resource> resource(String id) {
		return Optional.ofNullable(resources.get(id));
	}

	/** The members of a group in the order of ids, coming ones included; empty for an unknown group. */
	public List<Resource> members(String group) {
		return members.getOrDefault(group, List.of());
	}

	/** The members of a group that carry load now. */
	public List<Resource> liveMembers(String group) {
		return members(group).stream().filter(member -> member.lifecycle().carriesLoad()).toList();
	}

	/** The id of the group that a resource is in. */
	public Optional<String> groupOf(String resource) {
		return Optional.ofNullable(groupOf.get(resource));
	}

	/**
	 * The name of the cluster that a resource belongs to: its label {@link Resource#CLUSTER}, else that of what it runs on, however
	 * indirectly, or the name of the resource of kind {@code cluster} that it runs on.
	 *
	 * @return empty for none, and for an unknown resource
	 */
	public Optional<String> clusterOf(String resource) {
		Set<String> seen = new HashSet<>();
		Resource at = resources.get(resource);
		while (at != null && seen.add(at.id())) {
			if (!at.label(Resource.CLUSTER).isEmpty()) {
				return Optional.of(at.label(Resource.CLUSTER));
			}
			if (at.kind().equalsIgnoreCase(Resource.CLUSTER) && !at.id().equals(resource)) {
				return Optional.of(at.name().isBlank() ? at.id() : at.name());
			}
			at = resources.get(at.parent());
		}
		return Optional.empty();
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Topology that && resources.equals(that.resources) && links.equals(that.links)
				&& groups.equals(that.groups);
	}

	@Override
	public int hashCode() {
		return resources.hashCode() * 31 + groups.hashCode();
	}

	@Override
	public String toString() {
		return resources.size() + " resources, " + links.size() + " links, " + groups.size() + " groups";
	}
}
