// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.source.csv;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.topology.DemandTarget;
import io.shadowweaver.api.topology.Placement;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Selector;
import io.shadowweaver.api.topology.Template;
import io.shadowweaver.api.topology.TopologyChange;

/** Makes resources of the names in a header, and groups of those whose names fit a pattern. */
final class Grouping {
	private static final double TARGET = .7;
	private final Map<Pattern, String> rules = new LinkedHashMap<>();

	/**
	 * @param text one {@code pattern=name} a line
	 * @throws PluginException naming the line that is wrong
	 */
	Grouping(String text) throws PluginException {
		int line = 0;
		for (String rule : text.split("\\R", -1)) {
			line++;
			if (rule.isBlank()) {
				continue;
			}
			int equals = rule.lastIndexOf('=');
			String name = equals < 0 ? "" : rule.substring(equals + 1).strip();
			if (name.isEmpty() || name.contains("/")) {
				throw new PluginException("Groups (groups), line " + line + ": '" + rule.strip() + "' is not pattern=name, such as web-.*=web.");
			}
			try {
				rules.put(Pattern.compile(rule.substring(0, equals).strip()), name);
			} catch (PatternSyntaxException e) {
				throw new PluginException("Groups (groups), line " + line + ": '" + rule.strip() + "': " + e.getDescription() + ".", e);
			}
		}
	}

	/** Resources and groups of a header. */
	List<TopologyChange> changes(CsvHeader header, String kind, double cores) {
		Map<String, Set<String>> metrics = new LinkedHashMap<>();
		for (SeriesId id : header.series()) {
			metrics.computeIfAbsent(id.subject(), subject -> new LinkedHashSet<>()).add(id.metric());
		}
		List<TopologyChange> changes = new ArrayList<>();
		Map<String, Set<String>> groups = new LinkedHashMap<>();
		metrics.forEach((subject, measured) -> {
			Map<String, String> labels = new HashMap<>(Map.of(Resource.REGION, "replay", Resource.ZONE, "a"));
			for (Map.Entry<Pattern, String> rule : rules.entrySet()) {
				if (rule.getKey().matcher(subject).matches()) {
					labels.put(Resource.TIER, rule.getValue());
					groups.computeIfAbsent(rule.getValue(), group -> new LinkedHashSet<>()).addAll(measured);
					break;
				}
			}
			changes.add(new TopologyChange.ResourceSeen(Resource.live(subject, kind, subject, labels, Map.of(Metric.CPU.id(), cores))));
		});
		groups.forEach((group, measured) -> changes.add(new TopologyChange.GroupSeen(group(group, measured))));
		return changes;
	}

	/** Nothing can be made in a replay, so a group only shows what it would need. */
	private static ScalingGroup group(String name, Set<String> measured) {
		boolean scales = measured.contains(Metric.CPU.id());
		return new ScalingGroup(name, name, Selector.of(Resource.TIER, name), scales ? ScalingGroup.Scaling.HORIZONTAL : ScalingGroup.Scaling.NONE,
				ScalingGroup.Owner.WEAVER, 1, 10_000, 1, Template.NONE, Placement.ANYWHERE,
				scales ? List.of(new DemandTarget(Metric.CPU.id(), TARGET)) : List.of(), "traffic", Duration.ZERO);
	}
}
