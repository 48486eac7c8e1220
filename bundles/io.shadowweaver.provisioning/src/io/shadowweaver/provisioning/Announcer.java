// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.topology.Construction;
import io.shadowweaver.api.topology.Lifecycle;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.TopologyChange;

/** Tells the topology what is planned, queued and building. Remembers what it told, so that what is over is taken back. One thread. */
final class Announcer {
	private Set<String> told = Set.of();
	private Set<String> removed = Set.of();

	/**
	 * @param planned intents of plans that wait or are about to be carried out
	 * @param entries all others
	 * @param ready   members that are ready, by group
	 */
	List<TopologyChange> changes(Collection<Intent> planned, Collection<Entry> entries, Map<String, Integer> ready, LeadTimes leads, Instant now) {
		Map<String, Resource> seen = new LinkedHashMap<>();
		Set<String> arrived = new TreeSet<>();
		Set<String> deleted = new TreeSet<>();
		for (Intent intent : planned) {
			add(seen, Entry.of(intent), Lifecycle.PLANNED, ready, leads, now);
		}
		for (Entry entry : entries) {
			if (entry.intent().kind() == Action.Kind.DELETE) {
				if (entry.is(QueueEntry.State.DELETED)) {
					deleted.add(entry.resource());
				}
			} else if (!entry.isFinal()) {
				add(seen, entry, entry.is(QueueEntry.State.ACKNOWLEDGED, QueueEntry.State.RUNNING) ? Lifecycle.BUILDING : Lifecycle.QUEUED, ready, leads, now);
			} else if (entry.isOurs()) {
				arrived.add(entry.resource());
			}
		}
		List<TopologyChange> changes = new ArrayList<>();
		seen.values().forEach(resource -> changes.add(new TopologyChange.ResourceSeen(resource)));
		told.stream().filter(id -> !seen.containsKey(id) && !arrived.contains(id)).forEach(id -> changes.add(new TopologyChange.ResourceGone(id)));
		deleted.stream().filter(id -> !removed.contains(id) && !told.contains(id)).forEach(id -> changes.add(new TopologyChange.ResourceGone(id)));
		told = Set.copyOf(seen.keySet());
		removed = deleted;
		return changes;
	}

	private static void add(Map<String, Resource> seen, Entry entry, Lifecycle state, Map<String, Integer> ready, LeadTimes leads, Instant now) {
		if (entry.intent().kind() == Action.Kind.CREATE) {
			Resource resource = resource(entry, entry.resource(), entry.intent().request().name(), state, leads, now);
			seen.put(resource.id(), resource);
		} else if (entry.intent().kind() == Action.Kind.SET_SIZE) {
			int missing = entry.intent().size() - ready.getOrDefault(entry.intent().group(), entry.intent().size());
			for (int i = 1; i <= missing; i++) {
				Resource resource = resource(entry, entry.resource() + "-" + i, entry.intent().group() + " +" + i, state, leads, now);
				seen.put(resource.id(), resource);
			}
		}
	}

	private static Resource resource(Entry entry, String id, String name, Lifecycle state, LeadTimes leads, Instant now) {
		Intent intent = entry.intent();
		Map<String, String> labels = new HashMap<>();
		if (intent.request() != null) {
			labels.putAll(intent.request().tags());
		}
		labels.put(Resource.PROVIDER, intent.provider());
		labels.put(Resource.TOKEN, intent.token());
		put(labels, Resource.ZONE, intent.zone());
		put(labels, Resource.REGION, intent.region());
		put(labels, Resource.INSTANCE, entry.instance());
		put(labels, Resource.OFFER, intent.offer());
		Progress progress = Progress.of(entry, leads, now);
		return new Resource(id, intent.kindOfThing(), name, "", labels, intent.capacity(), state,
				Optional.of(new Construction(intent.plan(), intent.startBy(), intent.needBy(), progress.eta(), progress.share())));
	}

	private static void put(Map<String, String> labels, String key, String value) {
		if (!value.isEmpty()) {
			labels.put(key, value);
		}
	}
}
