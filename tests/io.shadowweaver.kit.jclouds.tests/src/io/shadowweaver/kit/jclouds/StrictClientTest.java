// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.kit.jclouds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.sun.net.httpserver.HttpServer;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.RefusedException;
import io.shadowweaver.kit.rest.AnswerException;
import io.shadowweaver.kit.rest.Faults;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** What the client lets through, and what is said of the rest. */
class StrictClientTest {
	private final AtomicInteger calls = new AtomicInteger();
	private volatile int status = 200;
	private volatile String body = "{}";
	private volatile Duration behind = Duration.ZERO;
	private HttpServer server;
	private StrictClient client;
	private Faults faults;

	@BeforeEach
	void start() throws IOException {
		server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", exchange -> {
			exchange.getRequestBody().readAllBytes();
			calls.incrementAndGet();
			if (status == 0) {
				exchange.close();
				return;
			}
			byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
			exchange.getResponseBody().write(bytes);
			exchange.close();
		});
		server.start();
		client = new StrictClient(() -> Instant.now().minus(behind), Duration.ofSeconds(2));
		faults = new Faults("the cloud", text -> text.replace("s3cret", "***"), client.skew());
	}

	@AfterEach
	void stop() {
		server.stop(0);
	}

	private String call(String method, String token) throws IOException {
		Request.Builder request = new Request.Builder().url("http://127.0.0.1:" + server.getAddress().getPort() + "/things").header("Accept", "application/json")
				.method(method, method.equals("POST") ? RequestBody.create(MediaType.get("application/json"), "{}") : null);
		if (!token.isEmpty()) {
			request.header("X-Auth-Token", token);
		}
		try (Response response = client.get().newCall(request.build()).execute()) {
			return response.code() + " " + response.body().string();
		}
	}

	private PluginException changing() {
		return faults.changing("The thing cannot be made", assertThrows(IOException.class, () -> call("POST", "")));
	}

	@Test
	void goodAnswersAreLeftAsTheyAre() throws IOException {
		body = "  [1, 2]";
		assertEquals("200   [1, 2]", call("GET", ""));
		body = "";
		assertEquals("200 ", call("GET", ""));
	}

	@ParameterizedTest
	@CsvSource({ "400, true", "401, true", "403, true", "404, true", "408, false", "409, true", "413, true", "429, true", "500, false", "502, false", "503, false", "504, false", "0, false" })
	void onlyADeclinedCallIsCertain(int code, boolean certain) {
		status = code;
		body = "{\"error\":{\"message\":\"not with s3cret\"}}";
		PluginException said = changing();
		assertEquals(certain, said instanceof RefusedException, said.getMessage());
		assertEquals(!certain, said.getMessage().contains("not known"), said.getMessage());
		assertEquals(1, calls.get(), "a creation was sent again");
		assertFalse(said.getMessage().contains("s3cret"), said.getMessage());
		assertTrue(code == 0 || said.getMessage().contains("not with ***"), said.getMessage());
	}

	@ParameterizedTest
	@ValueSource(strings = { "<html>", "OK", "\u001f\u008b" })
	void whatIsNotJsonIsNoAnswer(String text) {
		body = text;
		PluginException said = changing();
		assertFalse(said instanceof RefusedException);
		assertTrue(said.getMessage().contains("POST /things is not JSON"), said.getMessage());
	}

	@Test
	void aTokenMayBeRenewedOnce() throws IOException {
		status = 401;
		assertTrue(call("GET", "old").startsWith("401"), "jclouds must see it to renew the token");
		AnswerException said = assertInstanceOf(AnswerException.class, assertThrows(IOException.class, () -> call("GET", "new")));
		assertEquals(401, said.status());
		assertTrue(call("GET", "newer").startsWith("401"), "later it may expire again");
		status = 200;
		assertTrue(call("GET", "newest").startsWith("200"));
		status = 401;
		assertTrue(call("GET", "newest").startsWith("401"), "each token that worked may expire");
	}

	@Test
	void clocksThatDifferAreSaid() throws Exception {
		call("GET", "");
		faults.checkClock();
		behind = Duration.ofMinutes(61);
		call("GET", "");
		String said = assertThrows(RefusedException.class, faults::checkClock).getMessage();
		assertTrue(said.startsWith("The clock of the cloud is 6") && said.contains("ahead of ours"), said);
		behind = Duration.ofMinutes(-61);
		status = 401;
		assertTrue(changing().getMessage().contains("behind ours"), "the reason of many a declined credential");
	}

	@Test
	void aCloudThatIsNotThereIsSaid() {
		server.stop(0);
		PluginException said = faults.failed("The things cannot be listed", assertThrows(IOException.class, () -> call("GET", "")));
		assertTrue(said.getMessage().contains("at the cloud: it cannot be reached"), said.getMessage());
	}
}
