// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.source.prometheus;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.source.GroupPreview;
import io.shadowweaver.api.topology.DemandTarget;
import io.shadowweaver.api.topology.Placement;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Selector;
import io.shadowweaver.api.topology.Template;
import io.shadowweaver.api.topology.TopologyChange;

/**
 * The resources behind the series: their labels, capacities and groups as the server knows them, and what of that has not
 * been reported yet. One thread.
 */
final class Hosts {
	/** Label of a resource: the group that the rules put it into. */
	static final String GROUP = "group";
	/** A resource without samples for so long is gone. */
	private static final Duration GONE_AFTER = Duration.ofMinutes(15);
	/** Labels of single series, which say nothing about the resource. */
	private static final Set<String> NOT_OF_THE_RESOURCE = Set.of("__name__", "le", "quantile");

	/** What is known of one resource. */
	private static final class Host {
		/** What its first series said of it. */
		final Map<String, String> own;
		/** The same with what its targets say. */
		Map<String, String> labels;
		/** The same while it is read anew; stays null where no target tells of it, and then what was known stays. */
		Map<String, String> fresh;
		final Map<String, Double> capacity = new TreeMap<>();
		boolean host;
		Instant seen = Instant.MIN;
		Resource reported;

		Host(Map<String, String> own) {
			this.own = own;
			this.labels = own;
		}
	}

	private final PrometheusSettings settings;
	private final Map<String, Host> hosts = new LinkedHashMap<>();
	private final Set<String> groups = new HashSet<>();

	Hosts(PrometheusSettings settings) {
		this.settings = settings;
	}

	/** The id of the resource that a series belongs to; empty where the label is missing or cannot be an id. */
	String idOf(Map<String, String> labels, String label) {
		String value = labels.getOrDefault(label, "").strip();
		if (value.startsWith(SeriesId.GROUP_PREFIX)) {
			return "";
		}
		int colon = value.lastIndexOf(':');
		if (settings.stripPort() && colon > 0 && colon < value.length() - 1
				&& value.chars().skip(colon + 1L).allMatch(c -> c >= '0' && c <= '9')
				&& (value.indexOf(':') == colon || value.charAt(colon - 1) == ']')) {
			return value.substring(0, colon);
		}
		return value;
	}

	/** Notes that a resource has a sample, and returns whether it is new. */
	boolean sample(String id, Rule rule, Map<String, String> labels, Instant time) {
		Host host = hosts.get(id);
		boolean fresh = host == null;
		if (fresh) {
			Map<String, String> own = new HashMap<>(labels);
			own.keySet().removeAll(NOT_OF_THE_RESOURCE);
			own.values().removeIf(String::isBlank);
			host = new Host(own);
			hosts.put(id, host);
		}
		if (time.isAfter(host.seen)) {
			host.seen = time;
		}
		host.host |= rule.host();
		return fresh;
	}

	/**
	 * Finds what has samples at one instant, with its labels and capacities.
	 *
	 * @param time     when; {@code null} for the server's now
	 * @param problems takes sentences about what could not be used
	 * @throws PluginException when the server cannot be asked or refuses a query
	 */
	void discover(PrometheusClient client, Instant time, List<String> problems) throws PluginException {
		for (Rule rule : settings.rules()) {
			if (rule.kind() == Rule.Kind.SAMPLES) {
				try {
					client.query(rule.query(), time, (labels, times, values, count) -> {
						String id = idOf(labels, rule.label());
						if (!id.isBlank() && count > 0 && !Double.isNaN(values[count - 1])) {
							sample(id, rule, labels, Instant.ofEpochSecond((long) times[count - 1]));
						}
					});
				} catch (PrometheusClient.QueryException e) {
					problems.add(said(rule, e));
				}
			}
		}
		refresh(client, problems);
	}

	/** A refusal of the server with the name of the query. */
	static String said(Rule rule, PrometheusClient.QueryException e) {
		return "Query '" + rule.name() + "': " + e.getMessage();
	}

	/**
	 * Reads labels and capacities anew.
	 *
	 * @param problems takes sentences about what could not be used
	 * @throws PluginException when the server cannot be asked
	 */
	void refresh(PrometheusClient client, List<String> problems) throws PluginException {
		hosts.values().forEach(host -> host.fresh = null);
		client.query("up", null, (labels, times, values, count) -> describe(labels, false));
		if (settings.hosts()) {
			String only = settings.matchers().isBlank() ? "" : "{" + settings.matchers().strip() + "}";
			client.query("node_uname_info" + only, null, (labels, times, values, count) -> describe(labels, true));
		}
		hosts.values().stream().filter(host -> host.fresh != null).forEach(host -> host.labels = host.fresh);
		for (Rule rule : settings.rules()) {
			if (rule.kind() == Rule.Kind.CAPACITY) {
				try {
					client.query(rule.query(), null, (labels, times, values, count) -> capacity(rule, labels, values, count));
				} catch (PrometheusClient.QueryException e) {
					problems.add(said(rule, e));
				}
			}
		}
	}

	/** Labels of a target are facts of the resource; those of a machine come first, as several exporters may share it. */
	private void describe(Map<String, String> labels, boolean machine) {
		Host host = hosts.get(idOf(labels, settings.label()));
		if (host == null) {
			return;
		}
		if (host.fresh == null) {
			host.fresh = new HashMap<>(host.own);
		}
		labels.forEach((key, value) -> {
			if (!NOT_OF_THE_RESOURCE.contains(key) && !value.isBlank()) {
				if (machine) {
					host.fresh.put(key, value);
				} else {
					host.fresh.putIfAbsent(key, value);
				}
			}
		});
	}

	private void capacity(Rule rule, Map<String, String> labels, double[] values, int count) {
		Host host = hosts.get(idOf(labels, rule.label()));
		if (host != null && count > 0 && values[count - 1] > 0) {
			for (Metric metric : rule.metrics()) {
				host.capacity.put(metric.id(), rule.unit().toBase(values[count - 1]));
			}
		}
	}

	/** What differs from what was reported. */
	List<TopologyChange> changes(Instant now) {
		List<TopologyChange> changes = new ArrayList<>();
		List<TopologyChange> members = new ArrayList<>();
		hosts.entrySet().removeIf(entry -> {
			Host host = entry.getValue();
			if (host.seen.plus(GONE_AFTER).isBefore(now)) {
				if (host.reported != null) {
					members.add(new TopologyChange.ResourceGone(entry.getKey()));
				}
				return true;
			}
			Optional<String> group = GroupRule.groupOf(settings.groups(), host.labels);
			if (group.isPresent() && groups.add(group.get())) {
				changes.add(new TopologyChange.GroupSeen(group(group.get())));
			}
			Resource resource = resource(entry.getKey(), host, group);
			if (!resource.equals(host.reported)) {
				members.add(new TopologyChange.ResourceSeen(resource));
				host.reported = resource;
			}
			return false;
		});
		changes.addAll(members);
		return changes;
	}

	/** Says all again with the next {@link #changes}. */
	void forgetReports() {
		groups.clear();
		hosts.values().forEach(host -> host.reported = null);
	}

	boolean knows(String id) {
		return hosts.containsKey(id);
	}

	/** Groups and those without one. */
	GroupPreview preview() {
		TreeMap<String, List<String>> found = new TreeMap<>();
		List<String> unmatched = new ArrayList<>();
		hosts.forEach((id, host) -> GroupRule.groupOf(settings.groups(), host.labels)
				.ifPresentOrElse(group -> found.computeIfAbsent(group, key -> new ArrayList<>()).add(id), () -> unmatched.add(id)));
		return new GroupPreview(found, unmatched);
	}

	private Resource resource(String id, Host host, Optional<String> group) {
		Map<String, String> labels = new HashMap<>(host.labels);
		group.ifPresent(name -> labels.put(GROUP, name));
		labels.put(Resource.PROVIDER, "prometheus");
		return Resource.live(id, host.host ? "host" : "service", host.labels.getOrDefault("nodename", id), labels, host.capacity);
	}

	private ScalingGroup group(String name) {
		return new ScalingGroup(name, name, Selector.of(GROUP, name), ScalingGroup.Scaling.HORIZONTAL, ScalingGroup.Owner.WEAVER, 1,
				settings.groupMax(), 1, Template.NONE, Placement.ANYWHERE,
				List.of(new DemandTarget(Metric.CPU.id(), settings.target())), "traffic", Duration.ofMinutes(1));
	}
}
