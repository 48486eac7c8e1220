// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.kit.state;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.alert.Threshold;
import io.shadowweaver.api.forecast.Anomaly;
import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.metric.Event;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.ProvisioningReport;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.provision.Verdict;
import io.shadowweaver.api.state.GroupOutlook;
import io.shadowweaver.api.state.SeriesIndex;
import io.shadowweaver.api.state.SeriesPages;
import io.shadowweaver.api.state.Shadow;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Link;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Topology;

/** Reads what {@link StateWriter} writes. Pure; states that follow each other share an index of series, so they belong to one thread at a time. */
public final class StateReader {
	private StateReader() {
	}

	/**
	 * A state out of a full one.
	 *
	 * @throws IOException when it is none
	 */
	public static WeaverState full(JsonNode full) throws IOException {
		WeaverState empty;
		try {
			empty = WeaverState.initial(text(full, "estate"), text(full, "name"), Instant.parse(text(full, "time")), Duration.parse(text(full, "step")));
		} catch (RuntimeException e) {
			throw new IOException("That is no state: " + e.getMessage(), e);
		}
		return apply(empty, full);
	}

	/**
	 * The state that follows.
	 *
	 * @param before which the difference was made from
	 * @param change the difference
	 * @return shares with {@code before} what did not change
	 * @throws IOException when the difference cannot be read or fits nothing
	 */
	public static WeaverState apply(WeaverState before, JsonNode change) throws IOException {
		try {
			Shadow unattended = shadow(before.unattended(), change.get("unattended"), Map.of());
			return new WeaverState(text(change, "estate"), text(change, "name"), change.required("version").longValue(), Instant.parse(text(change, "time")),
					Duration.parse(text(change, "step")), topology(before.topology(), change), read(change, "metrics", before.metrics(), new TypeReference<Map<String, Metric>>() {
					}), series(before.series(), change.required("series")), unattended, shadow(before.planned(), change.get("planned"), unattended.projected()),
					read(change, "thresholds", before.thresholds(), new TypeReference<List<Threshold>>() {
					}), read(change, "alerts", before.alerts(), new TypeReference<List<Alert>>() {
					}), read(change, "plans", before.plans(), new TypeReference<List<Plan>>() {
					}), read(change, "queue", before.queue(), new TypeReference<List<QueueEntry>>() {
					}), read(change, "verdicts", before.verdicts(), new TypeReference<List<Verdict>>() {
					}), read(change, "events", before.events(), new TypeReference<List<Event>>() {
					}), read(change, "anomalies", before.anomalies(), new TypeReference<List<Anomaly>>() {
					}), read(change, "modes", before.modes(), new TypeReference<Map<String, Mode>>() {
					}), change.required("killSwitch").booleanValue(), read(change, "report", before.report(), new TypeReference<ProvisioningReport>() {
					}), read(change, "statuses", before.statuses(), new TypeReference<Map<String, Status>>() {
					}));
		} catch (RuntimeException e) {
			throw new IOException("The state of " + before.estate() + " cannot be read: " + e.getMessage(), e);
		}
	}

	private static String text(JsonNode node, String name) {
		return node.required(name).textValue();
	}

	private static <T> T read(JsonNode node, String name, T before, TypeReference<T> type) throws IOException {
		JsonNode value = node.get(name);
		return value == null ? before : StateJson.mapper().treeToValue(value, StateJson.mapper().constructType(type));
	}

	private static Topology topology(Topology before, JsonNode change) throws IOException {
		if (!change.has("resources")) {
			return before;
		}
		Map<String, Resource> resources = new HashMap<>(before.resources());
		change.required("resourcesGone").forEach(id -> resources.remove(id.textValue()));
		for (JsonNode one : change.get("resources")) {
			Resource resource = StateJson.mapper().treeToValue(one, Resource.class);
			resources.put(resource.id(), resource);
		}
		Set<Link> links = read(change, "links", before.links(), new TypeReference<>() {
		});
		Map<String, ScalingGroup> groups = read(change, "groups", before.groups(), new TypeReference<>() {
		});
		return new Topology(resources, links, groups);
	}

	private static SeriesPages series(SeriesPages before, JsonNode changed) throws IOException {
		if (changed.isEmpty()) {
			return before;
		}
		SeriesPages.Builder pages = (before.size() == 0 ? SeriesPages.empty(new SeriesIndex()) : before).next();
		for (JsonNode one : changed) {
			int slot = pages.slot(id(one));
			if (one.has("at")) {
				pages.value(slot, one.get("at").longValue(), StateJson.mapper().treeToValue(one.required("value"), double.class));
			}
			if (one.has("forecast")) {
				pages.forecast(slot, StateJson.mapper().treeToValue(one.get("forecast"), Forecast.class));
			}
		}
		return pages.build();
	}

	private static SeriesId id(JsonNode node) {
		return new SeriesId(text(node, "subject"), text(node, "metric"));
	}

	private static Shadow shadow(Shadow before, JsonNode node, Map<SeriesId, Bands> other) throws IOException {
		if (node == null) {
			return before;
		}
		Map<SeriesId, Bands> projected = new HashMap<>();
		for (JsonNode one : node.required("projected")) {
			SeriesId id = id(one);
			projected.put(id, one.has("bands") ? StateJson.mapper().treeToValue(one.get("bands"), Bands.class) : other.get(id));
		}
		return new Shadow(before.kind(), Instant.parse(text(node, "origin")), projected, read(node, "groups", Map.of(), new TypeReference<Map<String, GroupOutlook>>() {
		}));
	}
}
