// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.kit.state;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonGenerator;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.state.SeriesPages;
import io.shadowweaver.api.state.Shadow;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.Topology;

/**
 * Writes all that is different between two states of an estate. Resources and series stand one by one, everything else whole where it has changed.
 * Of the planned shadow only what differs from the unattended one has its bands. {@link StateReader} reads it.
 */
public final class StateWriter {
	private StateWriter() {
	}

	/**
	 * The difference.
	 *
	 * @param before an older state of the same run of the estate, or its {@linkplain WeaverState#initial initial} one for a full state
	 * @param now    what is to come out when it is applied to that
	 * @return JSON on one line
	 */
	public static String between(WeaverState before, WeaverState now) {
		StringWriter text = new StringWriter();
		try (JsonGenerator out = StateJson.mapper().createGenerator(text)) {
			out.writeStartObject();
			out.writeStringField("estate", now.estate());
			out.writeStringField("name", now.name());
			out.writeNumberField("version", now.version());
			out.writeStringField("time", now.time().toString());
			out.writeStringField("step", now.step().toString());
			out.writeBooleanField("killSwitch", now.killSwitch());
			topology(out, before.topology(), now.topology());
			series(out, before.series(), now.series());
			whole(out, "metrics", before.metrics(), now.metrics());
			whole(out, "thresholds", before.thresholds(), now.thresholds());
			whole(out, "alerts", before.alerts(), now.alerts());
			whole(out, "plans", before.plans(), now.plans());
			whole(out, "queue", before.queue(), now.queue());
			whole(out, "verdicts", before.verdicts(), now.verdicts());
			whole(out, "events", before.events(), now.events());
			whole(out, "anomalies", before.anomalies(), now.anomalies());
			whole(out, "modes", before.modes(), now.modes());
			whole(out, "report", before.report(), now.report());
			whole(out, "statuses", before.statuses(), now.statuses());
			if (now.unattended() != before.unattended() || now.planned() != before.planned()) {
				shadow(out, "unattended", now.unattended(), Map.of());
				shadow(out, "planned", now.planned(), now.unattended().projected());
			}
			out.writeEndObject();
		} catch (IOException e) {
			throw new UncheckedIOException("The state of " + now.estate() + " could not be written.", e);
		}
		return text.toString();
	}

	private static void whole(JsonGenerator out, String name, Object before, Object now) throws IOException {
		if (now != before && !now.equals(before)) {
			out.writePOJOField(name, now);
		}
	}

	private static void topology(JsonGenerator out, Topology before, Topology now) throws IOException {
		if (now == before) {
			return;
		}
		out.writeArrayFieldStart("resources");
		for (Resource resource : now.resources().values()) {
			Resource was = before.resources().get(resource.id());
			if (was != resource && !resource.equals(was)) {
				out.writePOJO(resource);
			}
		}
		out.writeEndArray();
		List<String> gone = before.resources().keySet().stream().filter(id -> !now.resources().containsKey(id)).toList();
		out.writePOJOField("resourcesGone", gone);
		whole(out, "links", before.links(), now.links());
		whole(out, "groups", before.groups(), now.groups());
	}

	private static void series(JsonGenerator out, SeriesPages before, SeriesPages now) throws IOException {
		out.writeArrayFieldStart("series");
		for (int page : now.dirtyPages(before)) {
			for (int slot = page * SeriesPages.PAGE; slot < Math.min(now.size(), (page + 1) * SeriesPages.PAGE); slot++) {
				boolean known = slot < before.size();
				boolean measured = !known || before.time(slot) != now.time(slot) || Double.compare(before.value(slot), now.value(slot)) != 0;
				Forecast forecast = now.forecast(slot).orElse(null);
				boolean forecasted = forecast != null && (!known || before.forecast(slot).orElse(null) != forecast);
				if (measured || forecasted) {
					one(out, now, slot, measured, forecasted ? forecast : null);
				}
			}
		}
		out.writeEndArray();
	}

	/** Each names itself: slots are given by the reader in the order of the first sight, which is that of the writer. */
	private static void one(JsonGenerator out, SeriesPages pages, int slot, boolean measured, Forecast forecast) throws IOException {
		SeriesId id = pages.id(slot);
		out.writeStartObject();
		out.writeStringField("subject", id.subject());
		out.writeStringField("metric", id.metric());
		if (measured && pages.time(slot) != Long.MIN_VALUE) {
			out.writeNumberField("at", pages.time(slot));
			out.writeNumberField("value", pages.value(slot));
		}
		if (forecast != null) {
			out.writePOJOField("forecast", forecast);
		}
		out.writeEndObject();
	}

	private static void shadow(JsonGenerator out, String name, Shadow shadow, Map<SeriesId, Bands> other) throws IOException {
		out.writeObjectFieldStart(name);
		out.writeStringField("origin", shadow.origin().toString());
		out.writeArrayFieldStart("projected");
		for (Map.Entry<SeriesId, Bands> entry : shadow.projected().entrySet()) {
			out.writeStartObject();
			out.writeStringField("subject", entry.getKey().subject());
			out.writeStringField("metric", entry.getKey().metric());
			if (!entry.getValue().equals(other.get(entry.getKey()))) {
				out.writePOJOField("bands", entry.getValue());
			}
			out.writeEndObject();
		}
		out.writeEndArray();
		out.writePOJOField("groups", shadow.groups());
		out.writeEndObject();
	}
}
