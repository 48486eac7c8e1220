// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.load;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.shadowweaver.api.alert.Threshold;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;

/** Which threshold holds: of those that fit the most specific one, then the first by id. Not thread-safe: it remembers its answers. */
public final class ThresholdChoice {
	private static final Resource NO_GROUP_LABELS = Resource.live("group", "group", "group", Map.of(), Map.of());

	private final List<Threshold> thresholds;
	private final boolean anyLabels;
	private final Map<String, Optional<Threshold>> chosen = new HashMap<>();

	/**
	 * @param thresholds the rules in force
	 */
	public ThresholdChoice(List<Threshold> thresholds) {
		this.thresholds = List.copyOf(thresholds);
		anyLabels = thresholds.stream().anyMatch(rule -> !rule.labels().labels().isEmpty());
	}

	/** The threshold that holds for a metric of a resource. */
	public Optional<Threshold> of(Resource resource, String metric) {
		// the key holds all that a threshold may look at
		String key = metric + "\n" + resource.kind() + "\n" + (anyLabels ? resource.id() + resource.labels() : "");
		return chosen.computeIfAbsent(key, k -> thresholds.stream().filter(rule -> rule.metric().equals(metric) && rule.fits(resource))
				.max(Comparator.comparingInt(Threshold::specificity).thenComparing(Threshold::id, Comparator.reverseOrder())));
	}

	/** The threshold that holds for a metric of a group; the labels of its first live member stand for the group's. */
	public Optional<Threshold> of(ScalingGroup group, List<Resource> live, String metric) {
		if (live.isEmpty()) {
			return of(NO_GROUP_LABELS, metric);
		}
		Resource first = live.getFirst();
		return of(Resource.live(first.id(), "group", group.name(), first.labels(), first.capacity()), metric);
	}
}
