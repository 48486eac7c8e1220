// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.stream;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.state.SeriesPages;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Resource;

/**
 * What is different between two states of an estate, as JSON: what is new or has changed stands whole, what is gone by its id. A full
 * state is the difference from an empty one, so that a reader needs one way to apply both.
 */
final class Differences {
	private final ObjectMapper json;

	Differences(ObjectMapper json) {
		this.json = json;
	}

	/** The difference; on one line. */
	String between(WeaverState before, WeaverState now) {
		ObjectNode all = json.createObjectNode();
		all.put("version", now.version()).put("time", now.time().toString()).put("killSwitch", now.killSwitch());
		values(all, before.series(), now.series());
		list(all, "resources", before.topology().resources().values(), now.topology().resources().values(), Resource::id);
		list(all, "alerts", before.alerts(), now.alerts(), Alert::id);
		list(all, "plans", before.plans(), now.plans(), Plan::id);
		list(all, "queue", before.queue(), now.queue(), QueueEntry::token);
		ObjectNode statuses = json.createObjectNode();
		now.statuses().forEach((name, status) -> {
			if (!status.equals(before.statuses().get(name))) {
				statuses.set(name, json.valueToTree(status));
			}
		});
		if (!statuses.isEmpty()) {
			all.set("statuses", statuses);
		}
		return all.toString();
	}

	private void values(ObjectNode all, SeriesPages before, SeriesPages now) {
		ArrayNode values = json.createArrayNode();
		ArrayNode forecasts = json.createArrayNode();
		Times times = new Times();
		for (int page : now.dirtyPages(before)) {
			for (int slot = page * SeriesPages.PAGE; slot < Math.min(now.size(), (page + 1) * SeriesPages.PAGE); slot++) {
				boolean known = slot < before.size();
				SeriesId id = now.id(slot);
				double value = now.value(slot);
				if (Double.isFinite(value) && (!known || before.time(slot) != now.time(slot) || before.value(slot) != value)) {
					values.addObject().put("subject", id.subject()).put("metric", id.metric()).put("value", value).put("time", times.text(now.time(slot)));
				}
				Forecast forecast = now.forecast(slot).orElse(null);
				if (forecast != null && (!known || before.forecast(slot).orElse(null) != forecast)) {
					ObjectNode node = forecasts.addObject().put("subject", id.subject()).put("metric", id.metric()).put("issuedAt", forecast.issuedAt().toString());
					if (forecast.isPresent()) {
						node.put("model", forecast.model());
					} else {
						node.put("reason", forecast.reason());
					}
				}
			}
		}
		put(all, "values", values);
		put(all, "forecasts", forecasts);
	}

	private <T> void list(ObjectNode all, String name, Collection<T> before, Collection<T> now, Function<T, String> id) {
		Map<String, T> old = new HashMap<>();
		before.forEach(one -> old.put(id.apply(one), one));
		ArrayNode changed = json.createArrayNode();
		Set<String> there = new HashSet<>();
		for (T one : now) {
			there.add(id.apply(one));
			T was = old.get(id.apply(one));
			if (was != one && !one.equals(was)) {
				changed.add(json.<com.fasterxml.jackson.databind.JsonNode>valueToTree(one));
			}
		}
		put(all, name, changed);
		List<String> gone = old.keySet().stream().filter(one -> !there.contains(one)).sorted().toList();
		if (!gone.isEmpty()) {
			ArrayNode ids = all.putArray(name + "Gone");
			gone.forEach(ids::add);
		}
	}

	private static void put(ObjectNode all, String name, ArrayNode items) {
		if (!items.isEmpty()) {
			all.set(name, items);
		}
	}

	/** Most values have the time of the one before. */
	private static final class Times {
		private long last;
		private String text;

		String text(long millis) {
			if (text == null || millis != last) {
				last = millis;
				text = Instant.ofEpochMilli(millis).toString();
			}
			return text;
		}
	}
}
