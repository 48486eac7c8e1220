// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.alertmanager;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.shadowweaver.api.metric.Event;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.topology.Topology;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.engine.calendar.CalendarEntry;
import io.shadowweaver.server.Estates;
import io.shadowweaver.server.Example;
import io.shadowweaver.server.Problem;
import io.shadowweaver.server.security.Needs;
import io.shadowweaver.server.security.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;

/**
 * The receiver for webhooks of an Alertmanager (payload version 4): each alert becomes an incident of the estate, once however often it is
 * told, and ends when it is resolved. Alerts that come from here are passed over, or each would explain itself.
 */
@Path("/api/v1/estates/{estate}/alertmanager")
@Produces("application/json")
public final class AlertmanagerResource {
	private static final ObjectMapper JSON = new ObjectMapper();
	private static final int LONGEST_TEXT = 300;
	private static final List<String> SUBJECTS = List.of("subject", "resource", "instance", "node", "host");

	private final Estates estates;

	/** Over the open estates. */
	@Inject
	public AlertmanagerResource(Estates estates) {
		this.estates = estates;
	}

	/**
	 * What was done.
	 *
	 * @param entered how many alerts are incidents now
	 * @param passed  how many came from here and were passed over
	 */
	public record Taken(int entered, int passed) {
	}

	/** Takes alerts in. */
	@POST
	@Consumes("application/json")
	@Needs(Scope.OPERATE)
	@Example(request = """
			{ "version": "4", "status": "firing", "receiver": "weave", "alerts": [{ "status": "firing", "labels": { "alertname": "DiskFull", "instance": "web-2:9100" },
				"annotations": { "summary": "The disk of web-2 is full" }, "startsAt": "2026-03-02T10:01:00Z", "endsAt": "0001-01-01T00:00:00Z", "fingerprint": "2ac7f6e1" }] }""", answer = """
			{ "entered": 1, "passed": 0 }""")
	@Operation(operationId = "receiveAlerts", summary = "Takes the webhook of an Alertmanager: its alerts become incidents of the estate",
			requestBody = @RequestBody(required = true, content = @Content(schema = @Schema(types = "object", additionalProperties = Schema.AdditionalPropertiesValue.TRUE, description = "The payload of a webhook of Alertmanager, version 4"))), tags = "alerts")
	public Taken receive(@PathParam("estate") String estate, String body) throws JsonProcessingException {
		Weaver weaver = estates.get(estate);
		JsonNode payload = JSON.readTree(body);
		JsonNode alerts = payload == null ? null : payload.get("alerts");
		if (alerts == null || !alerts.isArray() || !payload.path("version").asText("4").equals("4")) {
			throw Problem.exception(400, "The payload of a webhook of Alertmanager, version 4, is expected: an object with an array 'alerts'.");
		}
		List<CalendarEntry> entries = new ArrayList<>();
		int passed = 0;
		for (JsonNode alert : alerts) {
			if (alert.path("labels").path("source").asText().equals("shadowweaver")) {
				passed++;
			} else {
				entries.add(entry(alert, weaver.state().topology(), weaver.now()));
			}
		}
		try {
			if (!entries.isEmpty()) {
				weaver.calendar().add(entries);
			}
		} catch (PluginException e) {
			// the sender tries again
			throw Problem.exception(503, e.getMessage());
		}
		return new Taken(entries.size(), passed);
	}

	private static CalendarEntry entry(JsonNode alert, Topology topology, Instant now) {
		JsonNode labels = alert.path("labels");
		String name = labels.path("alertname").asText();
		if (name.isEmpty()) {
			throw Problem.exception(400, "An alert has no label alertname.");
		}
		Instant start = time(alert, "startsAt");
		Instant end = alert.path("status").asText().equals("resolved") ? time(alert, "endsAt") : start;
		String summary = alert.path("annotations").path("summary").asText();
		String text = (name + (summary.isBlank() ? "" : ": " + summary)).replaceAll("\\p{Cntrl}+", " ");
		// one that was told of later than it began was not known before
		Instant known = now.isBefore(start) ? start : now;
		String id = "alertmanager-" + alert.path("fingerprint").asText(Integer.toHexString(labels.hashCode())) + "-" + start.getEpochSecond();
		return new CalendarEntry(id, Event.Kind.INCIDENT, LocalDateTime.ofInstant(start, ZoneOffset.UTC), ZoneOffset.UTC, false, end.isAfter(start) ? Duration.between(start, end) : Duration.ZERO,
				subject(labels, topology), text.substring(0, Math.min(LONGEST_TEXT, text.length())), known, "", Set.of());
	}

	/** The resource or group that a label names, with or without a port; empty for the whole estate. */
	private static String subject(JsonNode labels, Topology topology) {
		for (String label : SUBJECTS) {
			String value = labels.path(label).asText();
			for (String name : List.of(value, value.replaceFirst(":[0-9]+$", ""))) {
				boolean group = name.startsWith(SeriesId.GROUP_PREFIX) && topology.groups().containsKey(name.substring(SeriesId.GROUP_PREFIX.length()));
				if (group || topology.resources().containsKey(name)) {
					return name;
				}
			}
		}
		return "";
	}

	private static Instant time(JsonNode alert, String name) {
		String text = alert.path(name).asText();
		try {
			return OffsetDateTime.parse(text).toInstant();
		} catch (DateTimeException e) {
			throw Problem.exception(400, name + " of an alert is no time: '" + text.substring(0, Math.min(LONGEST_TEXT, text.length())) + "'.");
		}
	}
}
