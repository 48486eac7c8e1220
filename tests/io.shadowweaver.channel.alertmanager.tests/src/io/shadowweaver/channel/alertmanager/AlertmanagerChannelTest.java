// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.channel.alertmanager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;

import io.shadowweaver.api.alert.AlertChannel;
import io.shadowweaver.api.alert.AlertNotice;
import io.shadowweaver.api.alert.AlertNotice.Change;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.tck.AlertChannelContract;

/** What is sent, seen by a server that records it. */
@Timeout(60)
class AlertmanagerChannelTest extends AlertChannelContract {
	@TempDir
	Path directory;
	private final ConcurrentLinkedQueue<JsonNode> posted = new ConcurrentLinkedQueue<>();
	private final AtomicInteger answer = new AtomicInteger(200);
	private HttpServer server;

	@BeforeEach
	void start() throws IOException {
		server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", exchange -> {
			byte[] body = exchange.getRequestBody().readAllBytes();
			int status = exchange.getRequestMethod().equals("POST") ? answer.get() : 200;
			if (body.length > 0 && status == 200) {
				posted.add(new ObjectMapper().readTree(body));
			}
			byte[] said = status == 200 ? "[]".getBytes(StandardCharsets.UTF_8) : "no\n".getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(status, said.length);
			exchange.getResponseBody().write(said);
			exchange.close();
		});
		server.start();
	}

	@AfterEach
	void stop() {
		server.stop(0);
	}

	private AlertChannel open(String... more) throws PluginException {
		return Channels.open("http://127.0.0.1:" + server.getAddress().getPort() + "/", directory, more);
	}

	@Override
	protected AlertChannel open() throws PluginException {
		return open(new String[0]);
	}

	@Override
	protected String received() {
		StringBuilder all = new StringBuilder();
		posted.forEach(node -> node.forEach(alert -> alert.path("annotations").forEach(text -> all.append(text.asText()).append('\n'))));
		return all.toString();
	}

	private JsonNode last() {
		return posted.stream().reduce((a, b) -> b).orElseThrow();
	}

	/** A notice, as the contract makes them. */
	static AlertNotice any(String id, Change change, String summary) {
		return notice(id, change, summary);
	}

	@Test
	void whatMovesStandsInAnnotationsAndWhatItIsInLabels() throws Exception {
		try (AlertChannel channel = open("labels", "team=ops, cluster=eu", "runbook", "https://wiki/{rule}?s={subject}", "dashboard", "https://grafana/d/x?from={from}&to={to}&var={metric}")) {
			channel.deliver(notice("one", Change.RAISED, "first"));
			JsonNode alert = last().get(0);
			assertEquals("{\"alertname\":\"cpu-critical\",\"cluster\":\"eu\",\"estate\":\"test\",\"metric\":\"cpu\",\"severity\":\"critical\",\"source\":\"shadowweaver\",\"subject\":\"group:web\",\"team\":\"ops\"}",
					alert.get("labels").toString());
			JsonNode said = alert.get("annotations");
			assertEquals("PT40M", said.get("forecast_horizon").asText());
			assertEquals("0.93", said.get("forecast_value").asText());
			assertTrue(said.get("forecast_confidence").asText().startsWith("80 %: from 2026-03-02T10:25:00Z, or not"), said.toString());
			assertEquals("https://wiki/cpu-critical?s=group%3Aweb", said.get("runbook_url").asText());
			assertEquals("https://grafana/d/x?from=1772442000000&to=1772451600000&var=cpu", said.get("dashboard_url").asText());
			assertEquals(said.get("dashboard_url").asText(), alert.get("generatorURL").asText());
			Duration holds = Duration.between(Instant.parse(alert.get("startsAt").asText()), Instant.parse(alert.get("endsAt").asText()));
			assertTrue(holds.toSeconds() >= 239 && holds.toSeconds() <= 241, holds.toString());
		}
	}

	@Test
	void anAlertThatHoldsIsSentAgainAlsoAfterARestartUntilItIsWithdrawn() throws Exception {
		try (AlertChannel channel = open("resend", "200ms")) {
			channel.deliver(notice("one", Change.RAISED, "first"));
		}
		int before = posted.size();
		try (AlertChannel channel = open("resend", "200ms")) {
			for (int i = 0; i < 200 && posted.size() < before + 3; i++) {
				Thread.sleep(50);
			}
			assertTrue(posted.size() >= before + 3, "it is not sent again");
			assertEquals(posted.peek().get(0).get("startsAt"), last().get(0).get("startsAt"), "an alert that was sent before begins when it began");
			channel.deliver(notice("one", Change.WITHDRAWN, "over"));
			JsonNode over = last().get(0);
			assertEquals(1, last().size());
			assertFalse(Instant.parse(over.get("endsAt").asText()).isAfter(Instant.now()), over.toString());
		}
	}

	@ParameterizedTest
	@CsvSource({ "400,true", "401,true", "404,true", "302,true", "429,false", "500,false", "503,false" })
	void aRefusalIsToldApartFromAFailureThatPasses(int status, boolean permanent) throws Exception {
		try (AlertChannel channel = open("secret", "s3cret")) {
			answer.set(status);
			PluginException failed = assertThrows(PluginException.class, () -> channel.deliver(notice("one", Change.RAISED, "first")));
			assertEquals(permanent, failed.isPermanent());
			assertTrue(failed.getMessage().contains("answered " + status), failed.getMessage());
			assertFalse(failed.getMessage().contains("s3cret"), failed.getMessage());
			answer.set(200);
			channel.deliver(notice("one", Change.RAISED, "second"));
			assertEquals("second", last().get(0).get("annotations").get("summary").asText());
		}
	}

	@Test
	void settingsThatAreWrongAreNamed() {
		for (List<String> wrong : List.of(List.of("labels", "team"), List.of("labels", "severity=x"), List.of("labels", "1a=x"), List.of("resend", "0s"), List.of("timeout", "0s"), List.of("secret", "a\nb"))) {
			String message = assertThrows(PluginException.class, () -> open(wrong.get(0), wrong.get(1))).getMessage();
			assertTrue(message.contains("(" + wrong.get(0) + ")"), message);
		}
	}
}
