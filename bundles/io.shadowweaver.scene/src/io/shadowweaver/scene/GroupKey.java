// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.Topology;

/** Which group a resource is drawn in: its scaling group, else its tier, else its kind. */
public final class GroupKey {
	private static final String LABEL = "label:";

	private GroupKey() {
	}

	/**
	 * The key of the group of a resource.
	 *
	 * @return the id of a scaling group behind {@code group:}, or {@code tier:} or {@code kind:} and a word
	 */
	public static String of(Topology topology, Resource resource) {
		String group = topology.groupOf(resource.id()).orElse("");
		if (!group.isEmpty()) {
			return SeriesId.GROUP_PREFIX + group;
		}
		String tier = resource.label(Resource.TIER);
		return tier.isEmpty() ? "kind:" + resource.kind() : "tier:" + tier;
	}

	/**
	 * The key of the group of a resource, as the operator chose to group.
	 *
	 * @param by see {@link Arrangement#groupBy()}
	 * @return as {@link #of(Topology, Resource)}, or {@code label:}, the key of the label, {@code =} and its value
	 */
	public static String of(Topology topology, Resource resource, String by) {
		if (by.isEmpty()) {
			return of(topology, resource);
		}
		if (by.equals(Arrangement.KIND)) {
			return "kind:" + resource.kind();
		}
		return LABEL + by + "=" + resource.label(by);
	}

	/** What the operator reads for a key. */
	public static String name(Topology topology, String key) {
		if (key.startsWith(SeriesId.GROUP_PREFIX)) {
			String id = key.substring(SeriesId.GROUP_PREFIX.length());
			return Words.brief(topology.groups().containsKey(id) ? topology.groups().get(id).name() : id);
		}
		if (key.startsWith(LABEL)) {
			String value = key.substring(key.indexOf('=') + 1);
			return value.isEmpty() ? "no " + Words.brief(key.substring(LABEL.length(), key.indexOf('='))) : Words.brief(value);
		}
		return Words.brief(key.substring(key.indexOf(':') + 1));
	}
}
