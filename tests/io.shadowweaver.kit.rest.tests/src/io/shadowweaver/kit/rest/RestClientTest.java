// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.kit.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpServer;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.RefusedException;

/** What the client sends, and what it makes of answers. */
class RestClientTest {
	/** An answer; a status of 0 is a connection that ends without one, a delay lets it wait. */
	private record Planned(int status, String body, Map<String, String> headers, Duration delay) {
		Planned(int status, String body) {
			this(status, body, Map.of(), Duration.ZERO);
		}
	}

	private final LinkedBlockingQueue<Planned> planned = new LinkedBlockingQueue<>();
	private final List<String> seen = new CopyOnWriteArrayList<>();
	private final AtomicInteger grants = new AtomicInteger();
	private final ExecutorService threads = Executors.newCachedThreadPool();
	private volatile Instant now = Instant.now();
	private HttpServer server;
	private RestClient client;
	private BearerTokens tokens;
	private Faults faults;

	@BeforeEach
	void start() throws IOException {
		server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.setExecutor(threads);
		server.createContext("/", exchange -> {
			String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
			Planned answer = planned.isEmpty() ? new Planned(200, "{}") : planned.remove();
			if (answer.status() == 0) {
				exchange.close();
				return;
			}
			byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
			answer.headers().forEach(exchange.getResponseHeaders()::set);
			exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
			try {
				Thread.sleep(answer.delay());
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
			}
			exchange.getResponseBody().write(bytes);
			exchange.close();
		});
		server.start();
		client = new RestClient(() -> now, Duration.ofSeconds(3), text -> text.replace("s3cret", "***"));
		tokens = new BearerTokens(() -> now, () -> new BearerTokens.Granted("bearer-" + grants.incrementAndGet(), Duration.ofHours(1)));
		faults = new Faults("the cloud", text -> text.replace("s3cret", "***"), client.skew());
	}

	@AfterEach
	void stop() {
		client.close();
		server.stop(0);
		threads.shutdownNow();
	}

	private URI at(String path) {
		return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
	}

	private RestAnswer post() throws IOException {
		return client.call(RestCall.of("POST", at("/things"), JsonNodeFactory.instance.objectNode().put("size", 1)), tokens);
	}

	private static String whole(Throwable e) {
		StringWriter text = new StringWriter();
		e.printStackTrace(new PrintWriter(text));
		return text.toString();
	}

	@Test
	void aCallCarriesItsTokenAndItsBody() throws IOException {
		planned.add(new Planned(201, " {\"id\": 7}", Map.of("Location", "/things/7"), Duration.ZERO));
		RestAnswer answer = post();
		assertEquals(7, answer.body().path("id").asInt());
		assertEquals(Optional.of("/things/7"), answer.header("location"));
		assertEquals(List.of("POST /things Bearer bearer-1 {\"size\":1}"), seen);
	}

	@Test
	void anEmptyAnswerIsMissing() throws IOException {
		planned.add(new Planned(204, ""));
		assertTrue(post().body().isMissingNode());
	}

	@Test
	void aTokenIsKeptUntilItIsAboutToExpire() throws IOException {
		client.get(at("/"), tokens);
		now = now.plus(Duration.ofMinutes(58));
		client.get(at("/"), tokens);
		assertEquals(1, grants.get());
		now = now.plus(Duration.ofMinutes(1));
		client.get(at("/"), tokens);
		assertEquals(2, grants.get());
	}

	@Test
	void aDeclinedTokenIsRenewedOnce() throws IOException {
		planned.add(new Planned(401, "{}"));
		post();
		assertEquals(List.of("POST /things Bearer bearer-1 {\"size\":1}", "POST /things Bearer bearer-2 {\"size\":1}"), seen);
		planned.add(new Planned(401, "{}"));
		planned.add(new Planned(401, "{\"error\":{\"message\":\"bearer-3 with s3cret is not known\"}}"));
		AnswerException said = assertThrows(AnswerException.class, this::post);
		assertEquals(401, said.status());
		assertFalse(whole(said).contains("bearer-3") || whole(said).contains("s3cret"), whole(said));
		assertEquals(4, seen.size());
		post();
		assertEquals(4, grants.get(), "a token that was declined is not used again");
	}

	@ParameterizedTest
	@CsvSource({ "400, true", "403, true", "404, true", "408, false", "409, true", "429, true", "500, false", "503, false", "302, false", "0, false" })
	void aChangeIsSentOnceAndOnlyADeclinedOneIsCertain(int status, boolean certain) {
		planned.add(new Planned(status, status == 0 ? "" : "{\"error\":{\"message\":\"not with s3cret\"}}", Map.of("Location", at("/elsewhere").toString()), Duration.ZERO));
		PluginException said = faults.changing("The thing cannot be made", assertThrows(IOException.class, this::post));
		assertEquals(certain, said instanceof RefusedException, said.getMessage());
		assertEquals(1, seen.size(), "sent again: " + seen);
		assertFalse(whole(said).contains("s3cret"), whole(said));
	}

	@ParameterizedTest
	@ValueSource(ints = { 429, 503 })
	void aQuestionIsAskedAgainWhenTheProviderSays(int status) throws IOException {
		planned.add(new Planned(status, "", Map.of("Retry-After", "1"), Duration.ZERO));
		planned.add(new Planned(200, "[1]"));
		long begin = System.nanoTime();
		assertEquals(1, client.get(at("/things"), tokens).size());
		assertTrue(System.nanoTime() - begin >= Duration.ofSeconds(1).toNanos(), "asked too early");
	}

	@ParameterizedTest
	@ValueSource(strings = { "120", "Fri, 31 Dec 2038 23:59:59 GMT" })
	void aPauseBeyondTheDeadlineIsNotWaitedFor(String pause) {
		planned.add(new Planned(429, "", Map.of("Retry-After", pause), Duration.ZERO));
		AnswerException said = assertThrows(AnswerException.class, () -> client.get(at("/things"), tokens));
		assertTrue(said.retryAfter().orElseThrow().toSeconds() >= 120);
		assertTrue(faults.failed("They cannot be listed", said).getMessage().contains("the next in"), "the pause is told");
		assertEquals(1, seen.size());
	}

	@Test
	void theDeadlineHoldsForTheBodyToo() {
		planned.add(new Planned(200, "{}", Map.of(), Duration.ofSeconds(20)));
		IOException said = assertThrows(InterruptedIOException.class, () -> client.get(at("/things"), tokens));
		assertTrue(faults.failed("They cannot be listed", said).getMessage().contains("no answer came in time"), said.getMessage());
	}

	@ParameterizedTest
	@ValueSource(strings = { "<html>s3cret</html>", "OK", "{\"a\": s3cret", "{} {}", "7" })
	void whatIsNotJsonIsNoAnswer(String text) {
		planned.add(new Planned(200, text));
		AnswerException said = assertThrows(AnswerException.class, this::post);
		assertEquals(AnswerException.NOT_JSON, said.status());
		assertFalse(whole(said).contains("s3cret"), whole(said));
		assertFalse(faults.changing("It cannot be made", said) instanceof RefusedException);
	}

	@Test
	void pagesAreReadToTheLast() throws IOException {
		planned.add(new Planned(200, "{\"next\":\"/things?page=2\",\"n\":1}"));
		planned.add(new Planned(200, "{\"n\":2}"));
		List<JsonNode> pages = client.pages(at("/things"), this::next, tokens);
		assertEquals(List.of(1, 2), pages.stream().map(page -> page.path("n").asInt()).toList());
	}

	private Optional<URI> next(JsonNode page) {
		return page.has("next") ? Optional.of(at("/").resolve(page.path("next").asText())) : Optional.empty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/things", "http://127.0.0.2:1/things" })
	void pagesThatGoRoundOrElsewhereAreAFault(String next) {
		planned.add(new Planned(200, "{\"next\":\"" + next + "\"}"));
		assertThrows(IOException.class, () -> client.pages(at("/things"), this::next, tokens));
		assertEquals(1, seen.size(), "the token went elsewhere: " + seen);
	}

	@Test
	void tokensAreGrantedForAForm() throws IOException {
		planned.add(new Planned(200, "{\"access_token\":\"t\",\"expires_in\":3599,\"token_type\":\"Bearer\"}"));
		BearerTokens.Granted granted = client.grant(at("/token"), Map.of("assertion", "a b&c"));
		assertEquals(new BearerTokens.Granted("t", Duration.ofSeconds(3599)), granted);
		assertEquals("POST /token null assertion=a%20b%26c", seen.getFirst());
		assertFalse(granted.toString().contains("\"t\"") || granted.toString().contains("=t"));
	}

	@Test
	void declinedCredentialsAreSaidAsSuch() {
		String assertion = "x".repeat(800);
		planned.add(new Planned(400, "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid signature of " + assertion + "\"}"));
		AnswerException said = assertThrows(AnswerException.class, () -> client.grant(at("/token"), Map.of("assertion", assertion)));
		assertEquals(401, said.status());
		assertEquals("invalid_grant", said.reason());
		assertEquals("Invalid signature of ***", said.said());
		assertInstanceOf(RefusedException.class, faults.changing("It cannot be made", said));
		planned.add(new Planned(200, "{\"error\":\"none\"}"));
		assertThrows(IOException.class, () -> client.grant(at("/token"), Map.of()));
	}

	@Test
	void nothingGoesOverPlainHttpToAnotherMachine() {
		IOException said = assertThrows(IOException.class, () -> client.get(URI.create("http://192.0.2.1/things"), tokens));
		assertTrue(said.getMessage().contains("not secure"), said.getMessage());
	}

	@Test
	void anAddressWhereNobodyListensIsSaid() {
		URI nobody = at("/things");
		server.stop(0);
		IOException said = assertThrows(IOException.class, () -> client.get(nobody, tokens));
		assertTrue(faults.failed("They cannot be listed", said).getMessage().contains("at the cloud: it cannot be reached"), said.toString());
		IOException unknown = assertThrows(IOException.class, () -> client.get(URI.create("https://nobody.invalid/"), tokens));
		assertTrue(faults.failed("They cannot be listed", unknown).getMessage().contains("its host name is not known"), unknown.toString());
	}

	@Test
	void clocksThatDifferAreSaid() throws Exception {
		client.get(at("/"), tokens);
		faults.checkClock();
		now = now.minus(Duration.ofMinutes(61));
		client.get(at("/"), tokens);
		String said = assertThrows(RefusedException.class, faults::checkClock).getMessage();
		assertTrue(said.startsWith("The clock of the cloud is 6") && said.contains("ahead of ours"), said);
	}

	@Test
	void aCallIsShownAsItIsSent() {
		assertEquals("PUT https://example.org/a?b=c If-Match: 7 {\"d\":1}", new RestCall("PUT", URI.create("https://example.org/a?b=c"), Map.of("If-Match", "7"),
				JsonNodeFactory.instance.objectNode().put("d", 1)).toString());
		assertEquals("GET https://example.org/a", RestCall.get(URI.create("https://example.org/a")).toString());
	}
}
