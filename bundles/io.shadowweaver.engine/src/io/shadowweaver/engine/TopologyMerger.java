// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.shadowweaver.api.topology.Link;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Topology;
import io.shadowweaver.api.topology.TopologyChange;
import io.shadowweaver.api.topology.TopologyChange.GroupGone;
import io.shadowweaver.api.topology.TopologyChange.GroupSeen;
import io.shadowweaver.api.topology.TopologyChange.LinkGone;
import io.shadowweaver.api.topology.TopologyChange.LinkSeen;
import io.shadowweaver.api.topology.TopologyChange.ResourceGone;
import io.shadowweaver.api.topology.TopologyChange.ResourceSeen;

/**
 * Merges what sources, providers and the provisioner report. The rules of identity: equal ids are one resource; so are two
 * that agree on the labels provider and instance id, which is how a machine that a provider lists and a source measures
 * become one under the id of the source; and so are two that carry the same token. Reports are ranked by the order in which
 * reporters were added: capacity, labels and life-cycle of a lower rank fill what a higher one leaves open, except that a
 * resource which a higher rank reports as carrying load is never still coming. Not thread-safe: the weave thread's.
 */
final class TopologyMerger {
	private final Map<String, Map<String, Resource>> resources = new LinkedHashMap<>();
	private final Map<String, Set<Link>> links = new LinkedHashMap<>();
	private final Map<String, Map<String, ScalingGroup>> groups = new LinkedHashMap<>();
	private List<GroupSettings> decided = List.of();
	private Topology merged = Topology.EMPTY;
	private final List<String> misfits = new ArrayList<>();
	private boolean dirty;

	/** Fixes the rank of a reporter: the earlier it is added the more it is believed. */
	void reporter(String name) {
		resources.putIfAbsent(name, new LinkedHashMap<>());
		links.putIfAbsent(name, new LinkedHashSet<>());
		groups.putIfAbsent(name, new LinkedHashMap<>());
	}

	/** What an operator decides of groups goes before what sources say. */
	void decide(List<GroupSettings> settings) {
		decided = List.copyOf(settings);
		dirty = true;
	}

	/** Decisions on groups that do not fit what sources report; these groups are as reported. */
	List<String> misfits() {
		return List.copyOf(misfits);
	}

	/** Takes in changes. */
	void apply(String reporter, List<TopologyChange> changes) {
		reporter(reporter);
		for (TopologyChange change : changes) {
			dirty |= switch (change) {
			case ResourceSeen seen -> !seen.resource().equals(resources.get(reporter).put(seen.resource().id(), seen.resource()));
			case ResourceGone gone -> resources.get(reporter).remove(gone.id()) != null;
			case LinkSeen seen -> links.get(reporter).add(seen.link());
			case LinkGone gone -> links.get(reporter).remove(gone.link());
			case GroupSeen seen -> !seen.group().equals(groups.get(reporter).put(seen.group().id(), seen.group()));
			case GroupGone gone -> groups.get(reporter).remove(gone.id()) != null;
			};
		}
	}

	/** Replaces all that a reporter said of resources, as one does who lists the whole each time. */
	void replaceResources(String reporter, List<TopologyChange> whole) {
		reporter(reporter);
		Map<String, Resource> fresh = new LinkedHashMap<>();
		for (TopologyChange change : whole) {
			if (change instanceof ResourceSeen seen) {
				fresh.put(seen.resource().id(), seen.resource());
			}
		}
		if (!fresh.equals(resources.get(reporter))) {
			resources.put(reporter, fresh);
			dirty = true;
		}
	}

	/** The topology; the same object while nothing changed. */
	Topology topology() {
		if (dirty) {
			merged = merge();
			dirty = false;
		}
		return merged;
	}

	private Topology merge() {
		Map<String, Resource> result = new HashMap<>();
		Map<String, String> byInstance = new HashMap<>();
		Map<String, String> byToken = new HashMap<>();
		for (Map<String, Resource> reported : resources.values()) {
			for (Resource resource : reported.values()) {
				String same = resource.id();
				if (!result.containsKey(same)) {
					same = Optional.ofNullable(byInstance.get(instanceKey(resource)))
							.or(() -> Optional.ofNullable(byToken.get(resource.label(Resource.TOKEN)))).orElse(same);
				}
				Resource known = result.get(same);
				Resource fused = known == null ? resource : fuse(known, resource);
				result.put(same, fused);
				if (!instanceKey(fused).isEmpty()) {
					byInstance.putIfAbsent(instanceKey(fused), same);
				}
				if (!fused.label(Resource.TOKEN).isEmpty()) {
					byToken.putIfAbsent(fused.label(Resource.TOKEN), same);
				}
			}
		}
		Set<Link> allLinks = new LinkedHashSet<>();
		links.values().forEach(allLinks::addAll);
		Map<String, ScalingGroup> allGroups = new HashMap<>();
		for (Map<String, ScalingGroup> reported : groups.values()) {
			reported.forEach(allGroups::putIfAbsent);
		}
		misfits.clear();
		for (GroupSettings settings : decided) {
			try {
				settings.apply(Optional.ofNullable(allGroups.get(settings.group()))).ifPresent(group -> allGroups.put(group.id(), group));
			} catch (IllegalArgumentException e) {
				// what a source reports may have changed since: its group stays
				misfits.add(e.getMessage());
			}
		}
		return new Topology(result, allLinks, allGroups);
	}

	private static String instanceKey(Resource resource) {
		String instance = resource.label(Resource.INSTANCE);
		return instance.isEmpty() ? "" : resource.label(Resource.PROVIDER) + "\n" + instance;
	}

	private static Resource fuse(Resource high, Resource low) {
		Map<String, String> labels = new HashMap<>(low.labels());
		labels.putAll(high.labels());
		Map<String, Double> capacity = new HashMap<>(low.capacity());
		capacity.putAll(high.capacity());
		// what is measured exists, whatever a queue still thinks; but a queue knows that it is not ready yet
		boolean lowComes = low.lifecycle().isComing() && !high.lifecycle().carriesLoad();
		Resource state = lowComes ? low : high;
		return new Resource(high.id(), high.kind(), high.name(), high.parent().isEmpty() ? low.parent() : high.parent(), labels,
				capacity, state.lifecycle(), state.construction());
	}
}
