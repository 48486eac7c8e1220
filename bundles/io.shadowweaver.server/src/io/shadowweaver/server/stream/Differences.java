// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.state.SeriesPages;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Resource;

/**
 * What is different between two states of an estate, as JSON: what is new or has changed stands whole, what is gone by its id. A full
 * state is the difference from an empty one, so that a reader needs one way to apply both. Nearly all series of an estate change at each
 * tick, and what goes to many readers is copied as often: so the names and times that series share are written once.
 */
final class Differences {
	private static final double LARGEST_WHOLE = 1L << 53;

	private final ObjectMapper json;

	Differences(ObjectMapper json) {
		this.json = json;
	}

	/** The difference; on one line, in UTF-8. */
	byte[] between(WeaverState before, WeaverState now) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (JsonGenerator out = json.createGenerator(bytes)) {
			out.writeStartObject();
			out.writeNumberField("version", now.version());
			out.writeStringField("time", now.time().toString());
			out.writeBooleanField("killSwitch", now.killSwitch());
			values(out, before.series(), now.series());
			forecasts(out, before.series(), now.series());
			if (before.topology() != now.topology()) {
				list(out, "resources", before.topology().resources().values(), now.topology().resources().values(), Resource::id);
			}
			list(out, "alerts", before.alerts(), now.alerts(), Alert::id);
			list(out, "plans", before.plans(), now.plans(), Plan::id);
			list(out, "queue", before.queue(), now.queue(), QueueEntry::token);
			Map<String, Object> statuses = new HashMap<>();
			now.statuses().forEach((name, status) -> {
				if (!status.equals(before.statuses().get(name))) {
					statuses.put(name, status);
				}
			});
			if (!statuses.isEmpty()) {
				out.writePOJOField("statuses", statuses);
			}
			out.writeEndObject();
		} catch (IOException e) {
			throw new UncheckedIOException("The state of " + now.estate() + " could not be written.", e);
		}
		return bytes.toByteArray();
	}

	private static void values(JsonGenerator out, SeriesPages before, SeriesPages now) throws IOException {
		Map<Long, Map<String, List<Integer>>> changed = changed(before, now, slot -> {
			double value = now.value(slot);
			return Double.isFinite(value) && (slot >= before.size() || before.time(slot) != now.time(slot) || before.value(slot) != value) ? now.time(slot) : null;
		});
		if (changed.isEmpty()) {
			return;
		}
		out.writeArrayFieldStart("values");
		for (Map.Entry<Long, Map<String, List<Integer>>> ofTime : changed.entrySet()) {
			out.writeStartObject();
			out.writeStringField("time", Instant.ofEpochMilli(ofTime.getKey()).toString());
			out.writeObjectFieldStart("subjects");
			for (Map.Entry<String, List<Integer>> subject : ofTime.getValue().entrySet()) {
				out.writeObjectFieldStart(subject.getKey());
				for (int slot : subject.getValue()) {
					out.writeFieldName(now.id(slot).metric());
					number(out, now.value(slot));
				}
				out.writeEndObject();
			}
			out.writeEndObject();
			out.writeEndObject();
		}
		out.writeEndArray();
	}

	/** Whole numbers without a point, which are many and shorter so. */
	private static void number(JsonGenerator out, double value) throws IOException {
		if (value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE) {
			out.writeNumber((long) value);
		} else {
			out.writeNumber(value);
		}
	}

	/** What forecasts have in common that are told of together. */
	private record Issue(Instant at, boolean present, String modelOrReason) {
		static Issue of(Forecast forecast) {
			return new Issue(forecast.issuedAt(), forecast.isPresent(), forecast.isPresent() ? forecast.model() : forecast.reason());
		}
	}

	private static void forecasts(JsonGenerator out, SeriesPages before, SeriesPages now) throws IOException {
		Map<Issue, Map<String, List<Integer>>> changed = changed(before, now, slot -> {
			Forecast forecast = now.forecast(slot).orElse(null);
			return forecast != null && (slot >= before.size() || before.forecast(slot).orElse(null) != forecast) ? Issue.of(forecast) : null;
		});
		if (changed.isEmpty()) {
			return;
		}
		out.writeArrayFieldStart("forecasts");
		for (Map.Entry<Issue, Map<String, List<Integer>>> issue : changed.entrySet()) {
			out.writeStartObject();
			out.writeStringField("issuedAt", issue.getKey().at().toString());
			out.writeStringField(issue.getKey().present() ? "model" : "reason", issue.getKey().modelOrReason());
			out.writeObjectFieldStart("subjects");
			for (Map.Entry<String, List<Integer>> subject : issue.getValue().entrySet()) {
				out.writeArrayFieldStart(subject.getKey());
				for (int slot : subject.getValue()) {
					out.writeString(now.id(slot).metric());
				}
				out.writeEndArray();
			}
			out.writeEndObject();
			out.writeEndObject();
		}
		out.writeEndArray();
	}

	/**
	 * The slots that have changed, by what they have in common and then by subject.
	 *
	 * @param common of a slot; {@code null} where nothing has changed
	 */
	private static <K> Map<K, Map<String, List<Integer>>> changed(SeriesPages before, SeriesPages now, IntFunction<K> common) {
		Map<K, Map<String, List<Integer>>> all = new LinkedHashMap<>();
		for (int page : now.dirtyPages(before)) {
			for (int slot = page * SeriesPages.PAGE; slot < Math.min(now.size(), (page + 1) * SeriesPages.PAGE); slot++) {
				K key = common.apply(slot);
				if (key != null) {
					all.computeIfAbsent(key, one -> new LinkedHashMap<>()).computeIfAbsent(now.id(slot).subject(), one -> new ArrayList<>()).add(slot);
				}
			}
		}
		return all;
	}

	private static <T> void list(JsonGenerator out, String name, Collection<T> before, Collection<T> now, Function<T, String> id) throws IOException {
		if (before == now) {
			return;
		}
		Map<String, T> old = new HashMap<>();
		before.forEach(one -> old.put(id.apply(one), one));
		Set<String> there = new HashSet<>();
		boolean begun = false;
		for (T one : now) {
			there.add(id.apply(one));
			if (!one.equals(old.get(id.apply(one)))) {
				if (!begun) {
					out.writeArrayFieldStart(name);
					begun = true;
				}
				out.writePOJO(one);
			}
		}
		if (begun) {
			out.writeEndArray();
		}
		List<String> gone = old.keySet().stream().filter(one -> !there.contains(one)).sorted().toList();
		if (!gone.isEmpty()) {
			out.writePOJOField(name + "Gone", gone);
		}
	}
}
