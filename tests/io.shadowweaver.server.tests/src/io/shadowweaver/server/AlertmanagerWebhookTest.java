// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.metric.Event;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.server.security.Scope;

class AlertmanagerWebhookTest {
	@TempDir
	Path directory;
	private Weaver weaver;
	private ApiServer server;

	@BeforeEach
	void start() throws Exception {
		weaver = SineEstate.open(directory);
		server = new ApiServer(new ServerSettings("127.0.0.1", 0, List.of(), java.util.Set.of(Scope.READ, Scope.OPERATE), java.util.Optional.empty(), java.util.Optional.empty(), io.shadowweaver.server.security.Limits.DEFAULT, AutoscalingSettings.DEFAULT), () -> List.of(weaver));
		server.start();
	}

	@AfterEach
	void end() {
		server.close();
		weaver.close();
	}

	private HttpResponse<String> post(String body) throws Exception {
		try (HttpClient client = HttpClient.newHttpClient()) {
			return client.send(HttpRequest.newBuilder(server.uri().resolve("api/v1/estates/sine/alertmanager")).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)).build(),
					BodyHandlers.ofString());
		}
	}

	private static String payload(String status, String labels, Instant start, String end) {
		return "{\"version\":\"4\",\"groupKey\":\"g\",\"status\":\"" + status + "\",\"receiver\":\"r\",\"unknown\":{},\"alerts\":[{\"status\":\"" + status + "\",\"labels\":" + labels
				+ ",\"annotations\":{\"summary\":\"Disk\\nfull\"},\"startsAt\":\"" + start + "\",\"endsAt\":\"" + end + "\",\"fingerprint\":\"f00\"}]}";
	}

	private List<Event> incidents() {
		return weaver.step().events().stream().filter(event -> event.kind() == Event.Kind.INCIDENT).toList();
	}

	@Test
	void anAlertIsOneIncidentThatEndsWhenItIsResolved() throws Exception {
		Instant start = weaver.state().time().minusSeconds(60);
		String labels = "{\"alertname\":\"DiskFull\",\"instance\":\"web-2:9100\"}";
		for (int i = 0; i < 2; i++) {
			HttpResponse<String> response = post(payload("firing", labels, start, "0001-01-01T00:00:00Z"));
			assertEquals("{\"entered\":1,\"passed\":0}", response.body());
		}
		List<Event> firing = incidents();
		assertEquals(1, firing.size(), firing.toString());
		assertEquals("web-2", firing.get(0).subject());
		assertEquals("DiskFull: Disk full", firing.get(0).text());
		assertEquals(start, firing.get(0).time());
		post(payload("resolved", labels, start, start.plusSeconds(30).toString()));
		List<Event> over = incidents();
		assertEquals(1, over.size(), over.toString());
		assertEquals(Duration.ofSeconds(30), over.get(0).duration());
	}

	@Test
	void ourOwnArePassedOverAndWhatIsWrongIsNamed() throws Exception {
		Instant start = weaver.state().time();
		assertEquals("{\"entered\":0,\"passed\":1}", post(payload("firing", "{\"alertname\":\"cpu\",\"source\":\"shadowweaver\"}", start, "")).body());
		assertEquals(List.of(), incidents());
		for (String wrong : List.of("{}", "[]", "no json", "{\"version\":\"9\",\"alerts\":[]}", payload("firing", "{}", start, ""), payload("resolved", "{\"alertname\":\"x\"}", start, "soon"))) {
			HttpResponse<String> response = post(wrong);
			assertEquals(400, response.statusCode(), wrong + ": " + response.body());
			assertTrue(response.headers().firstValue("content-type").orElse("").equals(Problem.JSON));
		}
		assertEquals(List.of(), incidents());
	}
}
