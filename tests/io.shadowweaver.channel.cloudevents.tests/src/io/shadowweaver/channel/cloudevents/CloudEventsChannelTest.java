// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.channel.cloudevents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;

import io.shadowweaver.api.alert.AlertChannel;
import io.shadowweaver.api.alert.AlertNotice.Change;
import io.shadowweaver.api.plugin.Parameter;
import io.shadowweaver.api.plugin.ParameterType;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.tck.AlertChannelContract;

/** Against a real server on the loopback, which agrees or not. */
@Timeout(60)
class CloudEventsChannelTest extends AlertChannelContract {
	private static final List<Parameter> PARAMETERS = List.of(new Parameter("url", "Address", ParameterType.URL, "", "", true, false, ""),
			new Parameter("origin", "Origin", ParameterType.STRING, "", "shadowweaver.local", false, false, ""),
			new Parameter("handshake", "Ask first", ParameterType.BOOLEAN, "", "true", false, false, ""),
			new Parameter("token", "Token", ParameterType.STRING, "", "", false, true, ""), new Parameter("signing", "Signing key", ParameterType.STRING, "", "", false, true, ""),
			new Parameter("timeout", "Time limit", ParameterType.DURATION, "", "10s", false, false, ""));

	private record Received(String method, Headers headers, byte[] body) {
	}

	private final List<Received> received = new CopyOnWriteArrayList<>();
	private final Map<String, String> agreement = new ConcurrentHashMap<>(Map.of("WebHook-Allowed-Origin", "shadowweaver.local", "WebHook-Allowed-Rate", "*"));
	private final Map<String, String> said = new ConcurrentHashMap<>();
	private volatile int answer = 204;
	private HttpServer server;

	@BeforeEach
	void start() throws IOException {
		server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", exchange -> {
			received.add(new Received(exchange.getRequestMethod(), exchange.getRequestHeaders(), exchange.getRequestBody().readAllBytes()));
			boolean asked = exchange.getRequestMethod().equals("OPTIONS");
			(asked ? agreement : said).forEach(exchange.getResponseHeaders()::set);
			exchange.sendResponseHeaders(asked ? 200 : answer, -1);
			exchange.close();
		});
		server.start();
	}

	@AfterEach
	void stop() {
		server.stop(0);
	}

	private AlertChannel open(String... settings) throws PluginException {
		Map<String, String> values = new HashMap<>(Map.of("url", "http://127.0.0.1:" + server.getAddress().getPort() + "/hook?token=hidden"));
		for (int i = 0; i < settings.length; i += 2) {
			values.put(settings[i], settings[i + 1]);
		}
		return new CloudEventsChannelFactory().open(Settings.of(PARAMETERS, values), null);
	}

	@Override
	protected AlertChannel open() throws PluginException {
		return open(new String[0]);
	}

	@Override
	protected String received() throws IOException {
		StringBuilder all = new StringBuilder();
		for (Received one : posts()) {
			all.append(new ObjectMapper().readTree(one.body()).path("data").path("summary").asText()).append('\n');
		}
		return all.toString();
	}

	private List<Received> posts() {
		return received.stream().filter(one -> one.method().equals("POST")).toList();
	}

	@Test
	void theReceiverAgreesFirstAndThenGetsSignedEvents() throws Exception {
		try (AlertChannel channel = open("token", "t0ken", "signing", "k3y")) {
			channel.deliver(notice("one", Change.RAISED, "first"));
			channel.deliver(notice("one", Change.WITHDRAWN, "over"));
		}
		assertEquals(List.of("OPTIONS", "POST", "POST"), received.stream().map(Received::method).toList());
		assertEquals("shadowweaver.local", received.get(0).headers().getFirst("WebHook-Request-Origin"));
		Received first = posts().get(0);
		assertTrue(first.headers().getFirst("Content-Type").startsWith("application/cloudevents+json"));
		assertEquals("Bearer t0ken", first.headers().getFirst("Authorization"));
		Mac mac = Mac.getInstance("HmacSHA256");
		mac.init(new SecretKeySpec("k3y".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
		assertEquals("sha256=" + java.util.HexFormat.of().formatHex(mac.doFinal(first.body())), first.headers().getFirst("X-Hub-Signature-256"));
		JsonNode event = new ObjectMapper().readTree(first.body());
		assertEquals("1.0", event.get("specversion").asText());
		assertEquals("io.shadowweaver.forecast.threshold.exceeded.v1", event.get("type").asText());
		assertEquals("io.shadowweaver.forecast.threshold.withdrawn.v1", new ObjectMapper().readTree(posts().get(1).body()).get("type").asText());
		assertEquals("one", event.get("id").asText());
		assertEquals("/estates/test", event.get("source").asText());
		assertEquals("group:web/cpu", event.get("subject").asText());
		assertEquals("2026-03-02T10:00:00Z", event.get("time").asText());
		assertEquals(17, event.get("severitynumber").asInt());
		assertTrue(event.get("data").get("latest").isNull());
		assertEquals(.93, event.get("data").get("value").asDouble());
		event.fieldNames().forEachRemaining(name -> assertTrue(name.matches("[a-z0-9]{1,20}"), name));
	}

	@Test
	void withoutAgreementNothingIsSent() throws Exception {
		agreement.put("WebHook-Allowed-Origin", "other.example");
		try (AlertChannel channel = open()) {
			PluginException refused = assertThrows(PluginException.class, () -> channel.deliver(notice("one", Change.RAISED, "first")));
			assertTrue(refused.isPermanent() && refused.getMessage().contains("does not want events from shadowweaver.local"), refused.getMessage());
			assertEquals(List.of(), posts());
			agreement.put("WebHook-Allowed-Origin", "*");
			channel.deliver(notice("one", Change.RAISED, "first"));
			assertEquals(1, posts().size());
		}
		agreement.clear();
		try (AlertChannel channel = open("handshake", "false")) {
			channel.deliver(notice("two", Change.RAISED, "first"));
			assertEquals(2, posts().size());
			assertNull(posts().get(1).headers().getFirst("X-Hub-Signature-256"));
		}
	}

	@Test
	void theRateThatWasAgreedOnIsKept() throws Exception {
		agreement.put("WebHook-Allowed-Rate", "120");
		try (AlertChannel channel = open()) {
			long start = System.nanoTime();
			for (int i = 0; i < 3; i++) {
				channel.deliver(notice("n" + i, Change.RAISED, "first"));
			}
			assertTrue(System.nanoTime() - start >= 1_000_000_000L, "three events at two a second take a second");
		}
	}

	@Test
	void retryAfterIsWaitedFor() throws Exception {
		answer = 429;
		said.put("Retry-After", "1");
		try (AlertChannel channel = open()) {
			assertFalse(assertThrows(PluginException.class, () -> channel.deliver(notice("one", Change.RAISED, "first"))).isPermanent());
			answer = 204;
			PluginException early = assertThrows(PluginException.class, () -> channel.deliver(notice("one", Change.RAISED, "first")));
			assertTrue(!early.isPermanent() && early.getMessage().contains("takes nothing for another 1 s"), early.getMessage());
			assertEquals(1, posts().size(), "nothing is sent meanwhile");
			Thread.sleep(1050);
			channel.deliver(notice("one", Change.RAISED, "first"));
			assertEquals(2, posts().size());
		}
	}

	@ParameterizedTest
	@CsvSource({ "7,7", "-1,0", "x,0", "99999999,3600" })
	void oddWaitsAreBounded(String text, long seconds) {
		var headers = java.net.http.HttpHeaders.of(Map.of("Retry-After", List.of(text)), (a, b) -> true);
		assertEquals(seconds, RetryAfter.of(headers).toSeconds());
	}

	@Test
	void aDateIsHeldAgainstThatOfTheAnswer() {
		var headers = java.net.http.HttpHeaders.of(Map.of("Retry-After", List.of("Mon, 02 Mar 2026 10:00:30 GMT"), "Date", List.of("Mon, 02 Mar 2026 10:00:00 GMT")), (a, b) -> true);
		assertEquals(30, RetryAfter.of(headers).toSeconds());
	}

	@Test
	void whoIsGoneIsSentNothingAnyMore() throws Exception {
		answer = 410;
		try (AlertChannel channel = open()) {
			assertTrue(assertThrows(PluginException.class, () -> channel.deliver(notice("one", Change.RAISED, "first"))).isPermanent());
			answer = 204;
			PluginException gone = assertThrows(PluginException.class, () -> channel.deliver(notice("two", Change.RAISED, "second")));
			assertTrue(gone.isPermanent() && gone.getMessage().contains("retired"), gone.getMessage());
			assertEquals(1, posts().size());
		}
	}

	@ParameterizedTest
	@CsvSource({ "400,true", "401,true", "415,true", "302,true", "408,false", "500,false", "503,false" })
	void aRefusalIsToldApartFromAFailureThatPasses(int status, boolean permanent) throws Exception {
		answer = status;
		try (AlertChannel channel = open("token", "s3cret")) {
			PluginException failed = assertThrows(PluginException.class, () -> channel.deliver(notice("one", Change.RAISED, "first")));
			assertEquals(permanent, failed.isPermanent());
			assertFalse(failed.getMessage().contains("hidden") || failed.getMessage().contains("s3cret"), failed.getMessage());
		}
	}

	@Test
	void settingsThatAreWrongAreNamed() {
		for (List<String> wrong : List.of(List.of("origin", "a b"), List.of("origin", "x\r\ny"), List.of("token", "a b"), List.of("timeout", "0s"), List.of("url", "http://u:p@127.0.0.1/"))) {
			String message = assertThrows(PluginException.class, () -> open(wrong.get(0), wrong.get(1))).getMessage();
			assertTrue(message.contains("(" + wrong.get(0) + ")"), message);
		}
	}
}
