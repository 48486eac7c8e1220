// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.channel.webhook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.alert.AlertNotice;

/**
 * A notice as JSON. Field by field, not by reflection: what receivers rely on does not change when a record does. Times are
 * ISO-8601 in UTC; what is not known is {@code null}; a number that JSON has not is {@code null} too.
 */
final class NoticeJson {
	private static final JsonFactory FACTORY = new JsonFactory();

	private NoticeJson() {
	}

	static byte[] write(AlertNotice notice) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (JsonGenerator json = FACTORY.createGenerator(out)) {
			json.writeStartObject();
			json.writeNumberField("version", 1);
			json.writeStringField("id", notice.id());
			json.writeStringField("estate", notice.estate());
			json.writeStringField("time", notice.time().toString());
			json.writeStringField("change", notice.change().name());
			json.writeObjectFieldStart("alert");
			alert(json, notice.alert());
			json.writeEndObject();
			json.writeEndObject();
		} catch (IOException e) {
			throw new UncheckedIOException("writing to memory failed", e);
		}
		return out.toByteArray();
	}

	private static void alert(JsonGenerator json, Alert alert) throws IOException {
		json.writeStringField("id", alert.id());
		json.writeStringField("rule", alert.rule());
		json.writeStringField("subject", alert.subject());
		json.writeStringField("metric", alert.metric());
		json.writeStringField("severity", alert.severity().name());
		json.writeStringField("state", alert.state().name());
		json.writeStringField("raisedAt", alert.raisedAt().toString());
		json.writeStringField("breachAt", alert.breachAt().toString());
		time(json, "earliest", alert.earliest());
		time(json, "latest", alert.latest());
		json.writeStringField("startBy", alert.startBy().toString());
		number(json, "value", alert.value());
		number(json, "limit", alert.limit());
		json.writeStringField("summary", alert.summary());
		json.writeStringField("explanation", alert.explanation());
		json.writeStringField("guidance", alert.guidance());
		json.writeStringField("acknowledgedBy", alert.acknowledgedBy());
		json.writeStringField("coveredBy", alert.coveredBy());
		json.writeArrayFieldStart("log");
		for (String line : alert.log()) {
			json.writeString(line);
		}
		json.writeEndArray();
		json.writeArrayFieldStart("silences");
		for (Alert.Silenced silence : alert.silences()) {
			json.writeStartObject();
			json.writeStringField("channel", silence.channel());
			json.writeStringField("by", silence.by());
			json.writeStringField("until", silence.until().toString());
			json.writeStringField("comment", silence.comment());
			json.writeEndObject();
		}
		json.writeEndArray();
	}

	private static void time(JsonGenerator json, String name, Optional<Instant> time) throws IOException {
		if (time.isPresent()) {
			json.writeStringField(name, time.get().toString());
		} else {
			json.writeNullField(name);
		}
	}

	private static void number(JsonGenerator json, String name, double value) throws IOException {
		if (Double.isFinite(value)) {
			json.writeNumberField(name, value);
		} else {
			json.writeNullField(name);
		}
	}
}
