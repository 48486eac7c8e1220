// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.clouds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A proxy of these tests on loopback that stands between a client and a cloud's API and does to chosen requests what networks and
 * overloaded services do. Everything else goes through as it is.
 */
final class FaultyProxy implements AutoCloseable {
	/** What is done to a request. */
	enum Fault {
		/** The service gets it at once, the client its answer after the delay. */
		SLOW_ANSWER,
		/** The service gets it after the delay: by then the client has given up, and its effect is seen late. */
		LATE_DELIVERY,
		/** The service gets it twice, one after the other; the client sees the first answer. */
		DUPLICATE,
		/** The client is told that the service failed, which never got it. */
		ERROR_BEFORE,
		/** The service did it, but the client is told that it failed. */
		ERROR_AFTER,
		/** The service did it, and the connection breaks before the client is told. */
		BROKEN_CONNECTION,
		/** The service never got it, and the connection breaks. */
		DOWN,
		/** The service never got it, and what stands before it says that there is none for now. */
		UNAVAILABLE,
		/** The client is answered by something else that stands before the service, as in a hotel. */
		NOT_JSON
	}

	/** For the next request whose method and path look like this. */
	private record Rule(String method, String path, Fault fault) {
		boolean fits(HttpExchange exchange) {
			return exchange.getRequestMethod().equals(method) && exchange.getRequestURI().getPath().matches(path);
		}
	}

	/** These belong to one connection, or are set by whoever sends. */
	private static final Set<String> OWN_HEADERS = Set.of("connection", "host", "content-length", "transfer-encoding", "expect", "upgrade", "http2-settings");

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
	private final ExecutorService workers = Executors.newCachedThreadPool(task -> Thread.ofPlatform().daemon().name("faulty-proxy").unstarted(task));
	private final Queue<Rule> rules = new ConcurrentLinkedQueue<>();
	private volatile Fault always;
	private final Queue<String> log = new ConcurrentLinkedQueue<>();
	private final String target;
	private final Duration delay;
	private final UnaryOperator<String> rewritten;
	private volatile HttpServer server;

	/**
	 * @param target the address of the service
	 * @param delay  of what is slow or late
	 */
	FaultyProxy(String target, Duration delay) throws IOException {
		this(target, delay, UnaryOperator.identity());
	}

	/**
	 * The same for a service that names addresses.
	 *
	 * @param rewritten what becomes of the text of an answer, so that clients go on by way of proxies
	 */
	FaultyProxy(String target, Duration delay, UnaryOperator<String> rewritten) throws IOException {
		this.target = target;
		this.delay = delay;
		this.rewritten = rewritten;
		server = listening(0);
	}

	private HttpServer listening(int port) throws IOException {
		HttpServer one = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
		one.setExecutor(workers);
		one.createContext("/", this::handle);
		one.start();
		return one;
	}

	/** Ends all connections; new ones are refused until {@link #listen}. */
	void refuse() {
		server.stop(0);
	}

	/** Listens again, at the same address. */
	void listen() throws IOException {
		server = listening(server.getAddress().getPort());
	}

	String endpoint() {
		return "http://127.0.0.1:" + server.getAddress().getPort();
	}

	/** The next creations of a container meet these faults, one each. */
	void creations(Fault... faults) {
		for (Fault fault : faults) {
			rules.add(new Rule("POST", ".*/containers/create", fault));
		}
	}

	/** The next requests of a method to a path, a regular expression, meet a fault, one for each time that it is given. */
	void next(String method, String path, Fault... faults) {
		for (Fault fault : faults) {
			rules.add(new Rule(method, path, fault));
		}
	}

	/** All requests meet a fault until further notice, unless one was named for them; {@code null} ends that. */
	void always(Fault fault) {
		always = fault;
	}

	/** Which requests met a fault. */
	List<String> log() {
		return List.copyOf(log);
	}

	/** How many faults wait for their request. */
	int waiting() {
		return rules.size();
	}

	private Fault take(HttpExchange exchange) {
		for (Rule rule : rules) {
			if (rule.fits(exchange) && rules.remove(rule)) {
				log.add(rule.fault() + " " + exchange.getRequestMethod() + " " + exchange.getRequestURI());
				return rule.fault();
			}
		}
		return always;
	}

	private void handle(HttpExchange exchange) throws IOException {
		byte[] body = exchange.getRequestBody().readAllBytes();
		Fault fault = take(exchange);
		try (exchange) {
			switch (fault) {
			case null -> answer(exchange, forward(exchange, body));
			case SLOW_ANSWER -> {
				HttpResponse<byte[]> answer = forward(exchange, body);
				pause();
				answer(exchange, answer);
			}
			case LATE_DELIVERY -> {
				pause();
				answer(exchange, forward(exchange, body));
			}
			case DUPLICATE -> {
				HttpResponse<byte[]> first = forward(exchange, body);
				forward(exchange, body);
				answer(exchange, first);
			}
			case ERROR_BEFORE -> fail(exchange);
			case ERROR_AFTER -> {
				forward(exchange, body);
				fail(exchange);
			}
			case BROKEN_CONNECTION -> forward(exchange, body);
			case DOWN -> {
				// closed without an answer
			}
			case UNAVAILABLE -> send(exchange, 503, "application/json", "{\"message\":\"The region is down.\"}");
			case NOT_JSON -> send(exchange, 200, "text/html", "<html><body>Welcome to the guest network</body></html>");
			}
		}
	}

	private void pause() {
		try {
			TimeUnit.NANOSECONDS.sleep(delay.toNanos());
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) {
		try {
			HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(target + exchange.getRequestURI()));
			exchange.getRequestHeaders().forEach((name, values) -> {
				if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
					values.forEach(value -> request.header(name, value));
				}
			});
			request.method(exchange.getRequestMethod(), body.length == 0 ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body));
			return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(e);
		}
	}

	private void answer(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
		boolean text = answer.headers().firstValue("Content-Type").orElse("").contains("json");
		byte[] body = text ? rewritten.apply(new String(answer.body(), StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8) : answer.body();
		answer.headers().map().forEach((name, values) -> {
			if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
				exchange.getResponseHeaders().put(name, new ArrayList<>(values));
			}
		});
		exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
		if (body.length > 0) {
			exchange.getResponseBody().write(body);
		}
	}

	private static void fail(HttpExchange exchange) throws IOException {
		send(exchange, 500, "application/json", "{\"message\":\"The proxy of the test fails.\"}");
	}

	private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
		byte[] text = body.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", type);
		exchange.sendResponseHeaders(status, text.length);
		exchange.getResponseBody().write(text);
	}

	@Override
	public void close() {
		refuse();
		workers.shutdownNow();
		client.close();
	}
}
