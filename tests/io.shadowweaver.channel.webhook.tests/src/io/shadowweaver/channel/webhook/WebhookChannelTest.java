// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.channel.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

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

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.alert.AlertChannel;
import io.shadowweaver.api.alert.AlertNotice;
import io.shadowweaver.api.alert.Severity;
import io.shadowweaver.api.plugin.Parameter;
import io.shadowweaver.api.plugin.ParameterType;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;

/** Against a real server on the loopback. */
@Timeout(60)
class WebhookChannelTest {
	private static final Instant TIME = Instant.parse("2026-01-01T12:00:00Z");
	private static final List<Parameter> PARAMETERS = List.of(new Parameter("url", "Address", ParameterType.URL, "", "", true, false, ""),
			new Parameter("header", "Header", ParameterType.STRING, "", "Authorization", false, false, ""),
			new Parameter("secret", "Secret", ParameterType.STRING, "", "", false, true, ""),
			new Parameter("timeout", "Time limit", ParameterType.DURATION, "", "10s", false, false, ""));

	private record Received(String method, String path, Headers headers, byte[] body) {
	}

	private final ConcurrentLinkedQueue<Received> received = new ConcurrentLinkedQueue<>();
	private final AtomicInteger answer = new AtomicInteger(204);
	private final CountDownLatch release = new CountDownLatch(1);
	private volatile boolean hang;
	private HttpServer server;
	private ExecutorService threads;

	@BeforeEach
	void start() throws IOException {
		server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		threads = Executors.newCachedThreadPool();
		server.setExecutor(threads);
		server.createContext("/", exchange -> {
			received.add(new Received(exchange.getRequestMethod(), exchange.getRequestURI().toString(), exchange.getRequestHeaders(),
					exchange.getRequestBody().readAllBytes()));
			if (hang) {
				try {
					release.await();
				} catch (InterruptedException e) {
					Thread.currentThread().interrupt();
				}
			}
			if (answer.get() == 302) {
				exchange.getResponseHeaders().add("Location", "/elsewhere");
			}
			exchange.sendResponseHeaders(answer.get(), -1);
			exchange.close();
		});
		server.start();
	}

	@AfterEach
	void stop() {
		release.countDown();
		server.stop(0);
		threads.shutdownNow();
	}

	private AlertChannel open(String... settings) throws PluginException {
		Map<String, String> values = new HashMap<>(Map.of("url", "http://127.0.0.1:" + server.getAddress().getPort() + "/hook?token=hidden"));
		for (int i = 0; i < settings.length; i += 2) {
			values.put(settings[i], settings[i + 1]);
		}
		return new WebhookChannelFactory().open(Settings.of(PARAMETERS, values), null);
	}

	private static AlertNotice notice() {
		Alert alert = new Alert("a1", "cpu", "group:web", "cpu", Severity.CRITICAL, Alert.State.OPEN, TIME, TIME.plusSeconds(3600),
				Optional.of(TIME.plusSeconds(3000)), Optional.empty(), TIME.plusSeconds(1800), Double.NaN, .85, "CPU \"high\"\n– 93 %", "why", "add one", "", "",
				List.of("raised", "grew"));
		return new AlertNotice("n-1", "fleet", TIME, AlertNotice.Change.RAISED, alert);
	}

	@Test
	void aNoticeArrivesAsJson() throws Exception {
		try (AlertChannel channel = open("secret", "Bearer s3cret")) {
			channel.deliver(notice());
			channel.deliver(notice());
		}
		assertEquals(2, received.size());
		Received first = received.peek();
		assertEquals("POST", first.method());
		assertEquals("/hook?token=hidden", first.path());
		assertEquals("application/json", first.headers().getFirst("Content-Type"));
		assertEquals("Bearer s3cret", first.headers().getFirst("Authorization"));
		assertTrue(received.stream().allMatch(one -> one.headers().getFirst("Idempotency-Key").equals("n-1")));
		JsonNode json = new ObjectMapper().readTree(new String(first.body(), StandardCharsets.UTF_8));
		assertEquals(1, json.get("version").intValue());
		assertEquals("n-1", json.get("id").textValue());
		assertEquals("fleet", json.get("estate").textValue());
		assertEquals("RAISED", json.get("change").textValue());
		JsonNode alert = json.get("alert");
		assertEquals("group:web", alert.get("subject").textValue());
		assertEquals("CPU \"high\"\n– 93 %", alert.get("summary").textValue());
		assertEquals("2026-01-01T12:50:00Z", alert.get("earliest").textValue());
		assertTrue(alert.get("latest").isNull());
		assertTrue(alert.get("value").isNull(), "JSON has no NaN");
		assertEquals(.85, alert.get("limit").doubleValue());
		assertEquals(2, alert.get("log").size());
		assertEquals(20, alert.size(), "every component of the record: " + alert);
		assertEquals(20, Alert.class.getRecordComponents().length);
	}

	@Test
	void anotherHeaderCarriesTheSecretAndNoneWithoutOne() throws Exception {
		try (AlertChannel channel = open("header", "X-Token", "secret", "abc")) {
			channel.deliver(notice());
		}
		assertEquals("abc", received.poll().headers().getFirst("X-Token"));
		try (AlertChannel channel = open()) {
			channel.deliver(notice());
		}
		assertNull(received.poll().headers().getFirst("Authorization"));
	}

	@ParameterizedTest
	@CsvSource({ "400,true", "401,true", "404,true", "410,true", "302,true", "408,false", "429,false", "500,false", "503,false" })
	void aRefusalIsToldApartFromAFailureThatPasses(int status, boolean permanent) throws Exception {
		answer.set(status);
		try (AlertChannel channel = open("secret", "s3cret")) {
			PluginException failed = assertThrows(PluginException.class, () -> channel.deliver(notice()));
			assertEquals(permanent, failed.isPermanent());
			assertTrue(failed.getMessage().contains("answered " + status) && failed.getMessage().contains("/hook"), failed.getMessage());
			assertFalse(failed.getMessage().contains("hidden") || failed.getMessage().contains("s3cret"), failed.getMessage());
			assertEquals(1, received.size(), "a redirection is not followed");
			answer.set(200);
			channel.deliver(notice());
		}
	}

	@Test
	void aServerThatHangsOrIsGoneIsASentence() throws Exception {
		hang = true;
		try (AlertChannel channel = open("timeout", "300ms")) {
			PluginException late = assertThrows(PluginException.class, () -> channel.deliver(notice()));
			assertTrue(late.getMessage().contains("did not answer within 300 ms"), late.getMessage());
			assertFalse(late.isPermanent());
			release.countDown();
			server.stop(0);
			PluginException gone = assertThrows(PluginException.class, () -> channel.deliver(notice()));
			assertTrue(gone.getMessage().contains("cannot be reached"), gone.getMessage());
			assertFalse(gone.getMessage().contains("hidden"), gone.getMessage());
		}
	}

	@Test
	void settingsThatAreWrongAreNamed() {
		assertTrue(message("secret", "a\nb").contains("secret"));
		assertTrue(message("secret", "a", "header", "no header").contains("header"));
		assertTrue(message("secret", "a", "header", "Content-Length").contains("header"));
		assertTrue(message("timeout", "0s").contains("timeout"));
		assertTrue(message("url", "http://user:pass@127.0.0.1/").contains("url"));
		assertTrue(message("url", "ftp://x/").contains("url"));
	}

	private String message(String... settings) {
		return assertThrows(PluginException.class, () -> open(settings)).getMessage();
	}
}
