// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.channel.cloudevents;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.alert.AlertNotice;
import io.shadowweaver.api.alert.Severity;

/**
 * A notice as a CloudEvent 1.0 in JSON. Field by field, not by reflection: what receivers rely on does not change when a record does.
 * A number that JSON has not is {@code null}.
 */
final class CloudEvent {
	/** The media type of structured mode. */
	static final String JSON = "application/cloudevents+json; charset=utf-8";
	private static final ObjectMapper MAPPER = new ObjectMapper();
	/** As OpenTelemetry numbers severities. */
	private static final int WARN = 13;
	private static final int ERROR = 17;

	private CloudEvent() {
	}

	/** The type of event of a change. */
	static String type(AlertNotice.Change change) {
		return "io.shadowweaver.forecast.threshold." + switch (change) {
		case RAISED -> "exceeded";
		case CHANGED -> "changed";
		case ACKNOWLEDGED -> "acknowledged";
		case COVERED -> "covered";
		case UNCOVERED -> "uncovered";
		case WITHDRAWN -> "withdrawn";
		} + ".v1";
	}

	/** The event, as UTF-8. */
	static byte[] write(AlertNotice notice) {
		Alert alert = notice.alert();
		ObjectNode event = MAPPER.createObjectNode();
		event.put("specversion", "1.0");
		event.put("id", notice.id());
		event.put("source", "/estates/" + URLEncoder.encode(notice.estate(), StandardCharsets.UTF_8).replace("+", "%20"));
		event.put("type", type(notice.change()));
		event.put("subject", alert.subject() + "/" + alert.metric());
		event.put("time", notice.time().toString());
		event.put("datacontenttype", "application/json");
		event.put("correlation", alert.id());
		event.put("severitynumber", alert.severity() == Severity.CRITICAL ? ERROR : WARN);
		event.put("severitytext", alert.severity() == Severity.CRITICAL ? "ERROR" : "WARN");
		data(event.putObject("data"), alert);
		return event.toString().getBytes(StandardCharsets.UTF_8);
	}

	private static void data(ObjectNode data, Alert alert) {
		data.put("alert", alert.id()).put("rule", alert.rule()).put("subject", alert.subject()).put("metric", alert.metric());
		data.put("severity", alert.severity().name()).put("state", alert.state().name());
		data.put("raisedAt", alert.raisedAt().toString()).put("breachAt", alert.breachAt().toString());
		data.put("earliest", text(alert.earliest())).put("latest", text(alert.latest())).put("startBy", alert.startBy().toString());
		data.put("value", finite(alert.value())).put("limit", finite(alert.limit()));
		data.put("summary", alert.summary()).put("explanation", alert.explanation()).put("guidance", alert.guidance());
		data.put("acknowledgedBy", alert.acknowledgedBy()).put("coveredBy", alert.coveredBy());
	}

	private static String text(Optional<Instant> time) {
		return time.map(Instant::toString).orElse(null);
	}

	private static Double finite(double value) {
		return Double.isFinite(value) ? value : null;
	}
}
