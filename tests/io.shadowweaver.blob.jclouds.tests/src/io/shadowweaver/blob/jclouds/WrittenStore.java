// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.blob.jclouds;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A store on loopback whose calls and answers were <em>written</em> from the published reference of a service, and which remembers what it was
 * sent. Nobody recorded them, and they prove nothing of the real service. A call that the reference does not have is answered with 599 and fails
 * the test when the store is closed.
 */
abstract class WrittenStore implements AutoCloseable {
	static final JsonNodeFactory JSON = JsonNodeFactory.instance;
	private static final ObjectMapper MAPPER = new ObjectMapper();

	/** A call. */
	record Call(String method, String path, Map<String, String> query, Map<String, String> headers, byte[] body) {
		/** The body as JSON. */
		JsonNode json() throws IOException {
			return MAPPER.readTree(body);
		}

		String header(String name) {
			return headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), "");
		}
	}

	/** An answer. */
	record Answer(int status, Map<String, String> headers, byte[] body) {
		static Answer json(int status, JsonNode json) {
			return new Answer(status, Map.of("Content-Type", "application/json; charset=UTF-8"), json.toString().getBytes(StandardCharsets.UTF_8));
		}

		static Answer empty(int status) {
			return new Answer(status, Map.of(), new byte[0]);
		}
	}

	private final HttpServer server;
	private final ExecutorService threads = Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("written store ", 1).factory());
	private final List<String> unexpected = new CopyOnWriteArrayList<>();
	private final List<String> calls = new CopyOnWriteArrayList<>();
	private volatile Predicate<Call> lost = call -> false;

	WrittenStore() throws IOException {
		server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", this::handle);
		server.setExecutor(threads);
		server.start();
	}

	/** Where it listens. */
	final String address() {
		return "http://127.0.0.1:" + server.getAddress().getPort();
	}

	/** The connection breaks at calls that fit, once each has come. */
	final void losing(Predicate<Call> which) {
		lost = which;
	}

	/** Method and path of all calls, in order. */
	final List<String> calls() {
		return List.copyOf(calls);
	}

	/** What the service answers; {@code null} where its reference has no such call. */
	abstract Answer answer(Call call) throws IOException;

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			Call call = call(exchange);
			calls.add(call.method() + " " + call.path());
			if (lost.test(call)) {
				return;
			}
			Answer answer = answer(call);
			if (answer == null) {
				unexpected.add(call.method() + " " + call.path() + " " + call.query());
				answer = Answer.empty(599);
			}
			answer.headers().forEach(exchange.getResponseHeaders()::set);
			boolean none = answer.body().length == 0;
			exchange.sendResponseHeaders(answer.status(), none ? -1 : answer.body().length);
			if (!none) {
				exchange.getResponseBody().write(answer.body());
			}
		}
	}

	private static Call call(HttpExchange exchange) throws IOException {
		Map<String, String> query = new TreeMap<>();
		String raw = exchange.getRequestURI().getRawQuery();
		for (String pair : raw == null ? new String[0] : raw.split("&")) {
			String[] sides = pair.split("=", 2);
			query.put(decoded(sides[0]), sides.length > 1 ? decoded(sides[1]) : "");
		}
		Map<String, String> headers = new TreeMap<>();
		exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
		return new Call(exchange.getRequestMethod(), exchange.getRequestURI().getRawPath(), query, headers, exchange.getRequestBody().readAllBytes());
	}

	/** A part of an address as it was meant. */
	static String decoded(String text) {
		return URLDecoder.decode(text, StandardCharsets.UTF_8);
	}

	/** A digest of some bytes. */
	static byte[] digest(String algorithm, byte[] bytes) {
		try {
			return MessageDigest.getInstance(algorithm).digest(bytes);
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
	}

	@Override
	public final void close() {
		server.stop(0);
		threads.shutdownNow();
		if (!unexpected.isEmpty()) {
			throw new AssertionError("the reference has no " + unexpected);
		}
	}
}
