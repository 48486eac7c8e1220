// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.channel.alertmanager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.shadowweaver.api.alert.AlertChannel;
import io.shadowweaver.api.alert.AlertNotice.Change;
import io.shadowweaver.api.alert.Silence;
import io.shadowweaver.tck.RealServers;

/** Against the Alertmanager of the distribution. */
@Timeout(120)
class RealAlertmanagerTest {
	private static final ObjectMapper JSON = new ObjectMapper();

	@TempDir
	Path directory;
	private final String url = RealServers.up("alertmanager").get("ALERTMANAGER_URL");

	/** Our alerts that it lists. */
	private List<JsonNode> listed() throws Exception {
		List<JsonNode> alerts = new ArrayList<>();
		call(HttpRequest.newBuilder(URI.create(url + "/api/v2/alerts?filter=estate%3D%22test%22"))).forEach(alerts::add);
		return alerts;
	}

	private static JsonNode call(HttpRequest.Builder request) throws Exception {
		try (HttpClient client = HttpClient.newHttpClient()) {
			var response = client.send(request.build(), BodyHandlers.ofString());
			assertEquals(200, response.statusCode(), response.body());
			return JSON.readTree(response.body().isEmpty() ? "null" : response.body());
		}
	}

	@Test
	void anAlertIsListedMovesWithoutBecomingAnotherAndIsResolved() throws Exception {
		try (AlertChannel channel = Channels.open(url, directory, "runbook", "https://wiki/{rule}")) {
			channel.deliver(AlertmanagerChannelTest.any("real", Change.RAISED, "first"));
			List<JsonNode> first = listed();
			assertEquals(1, first.size(), first.toString());
			assertEquals("https://wiki/cpu-critical", first.get(0).get("annotations").get("runbook_url").asText());
			channel.deliver(AlertmanagerChannelTest.any("real", Change.CHANGED, "second"));
			List<JsonNode> second = listed();
			assertEquals(1, second.size(), second.toString());
			assertEquals("second", second.get(0).get("annotations").get("summary").asText());
			assertEquals(first.get(0).get("fingerprint"), second.get(0).get("fingerprint"));
			assertEquals(first.get(0).get("startsAt"), second.get(0).get("startsAt"));
			channel.deliver(AlertmanagerChannelTest.any("real", Change.WITHDRAWN, "over"));
			assertEquals(List.of(), listed());
		}
	}

	@Test
	void anAlertThatIsOverAtOnceDoesNotEndBeforeItBegan() throws Exception {
		try (AlertChannel channel = Channels.open(url, directory)) {
			for (int i = 0; i < 4; i++) {
				Thread.sleep(250);
				channel.deliver(AlertmanagerChannelTest.any("short" + i, Change.RAISED, "first"));
				channel.deliver(AlertmanagerChannelTest.any("short" + i, Change.WITHDRAWN, "over"));
				assertEquals(List.of(), listed());
			}
		}
	}

	@Test
	void anyTextIsTaken() throws Exception {
		String text = "quote \" backslash \\ line\nbreak umlaut ü emoji \uD83D\uDE00 </b> ${x} {{ .x }}";
		try (AlertChannel channel = Channels.open(url, directory)) {
			channel.deliver(AlertmanagerChannelTest.any("odd", Change.RAISED, text));
			assertEquals(text, listed().get(0).get("annotations").get("summary").asText());
			channel.deliver(AlertmanagerChannelTest.any("odd", Change.WITHDRAWN, text));
		}
	}

	@Test
	void anAlertThatIsNotSentAgainEndsByItself() throws Exception {
		try (AlertChannel channel = Channels.open(url, directory, "resend", "500ms")) {
			channel.deliver(AlertmanagerChannelTest.any("real", Change.RAISED, "first"));
			Thread.sleep(3000);
			assertEquals(1, listed().size(), "it is sent again while it holds");
		}
		for (int i = 0; i < 100 && !listed().isEmpty(); i++) {
			Thread.sleep(100);
		}
		assertEquals(List.of(), listed());
	}

	@Test
	void itsSilencesAreReadWithWhoAndUntil() throws Exception {
		Instant until = Instant.now().plus(Duration.ofHours(2)).truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
		try (AlertChannel channel = Channels.open(url, directory)) {
			channel.deliver(AlertmanagerChannelTest.any("quiet", Change.RAISED, "first"));
			assertEquals(List.of(), channel.silences());
			String body = "{\"matchers\":[{\"name\":\"subject\",\"value\":\"group:(web|app)\",\"isRegex\":true,\"isEqual\":true}],\"startsAt\":\"" + Instant.now() + "\",\"endsAt\":\"" + until
					+ "\",\"createdBy\":\"ada\",\"comment\":\"tested\"}";
			String id = call(HttpRequest.newBuilder(URI.create(url + "/api/v2/silences")).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body))).get("silenceID").asText();
			try {
				List<Silence> silences = List.of();
				for (int i = 0; i < 100 && silences.isEmpty(); i++) {
					Thread.sleep(50);
					silences = channel.silences();
				}
				assertEquals(List.of(new Silence("alert-quiet", "ada", until, "tested")), silences);
			} finally {
				call(HttpRequest.newBuilder(URI.create(url + "/api/v2/silence/" + id)).DELETE());
			}
			assertTrue(channel.silences().isEmpty());
			channel.deliver(AlertmanagerChannelTest.any("quiet", Change.WITHDRAWN, "over"));
		}
	}
}
