// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.source.prometheus;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Not a Prometheus: a server on the loopback interface that gives the answers of one for many hosts, and those that a broken
 * one would give. The real thing is tested elsewhere.
 */
final class FixturePrometheus implements AutoCloseable {
	/** How it behaves. */
	enum Behaviour {
		ANSWERS, UNAUTHORIZED, WEB_PAGE, OTHER_JSON, HANGS, HANGS_IN_BODY, BREAKS_OFF, BAD_QUERY, NOT_READY, NO_POST
	}

	private static final String[] ROLES = { "web", "app", "db" };

	private final HttpServer server;
	private final ExecutorService threads = Executors.newCachedThreadPool();
	private final CountDownLatch closing = new CountDownLatch(1);
	final List<String> queries = new CopyOnWriteArrayList<>();
	volatile Behaviour behaviour = Behaviour.ANSWERS;
	/** Queries that hold this text are refused. */
	volatile String badPart = "\0";
	volatile String warning = "";
	volatile int hosts;
	/** The value of host 1 before this second is a NaN, and it has none after. */
	volatile long stale = Long.MAX_VALUE;
	volatile String authorization = "";
	/** Windows with more points are too much. */
	volatile int mostPoints = Integer.MAX_VALUE;

	FixturePrometheus(int hosts) throws IOException {
		this.hosts = hosts;
		server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", this::handle);
		server.setExecutor(threads);
		server.start();
	}

	String url() {
		return "http://127.0.0.1:" + server.getAddress().getPort();
	}

	/** What host {@code h} says of a metric at a second. */
	static double value(String query, int h, long second) {
		if (query.contains("node_cpu_seconds_total") && query.contains("count by")) {
			return 4;
		}
		if (query.contains("node_network_speed_bytes")) {
			return 125e6;
		}
		if (query.startsWith("sum by (instance) (node_memory_MemTotal_bytes") || query.contains("max by (instance) (node_filesystem_size")) {
			return 16e9;
		}
		if (query.contains("node_network")) {
			return 1000 * h + second % 600;
		}
		return (h % 50 + second % 600 / 600.) / 100;
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
			switch (behaviour) {
			case UNAUTHORIZED -> send(exchange, 401, "text/plain", "Unauthorized");
			case WEB_PAGE -> send(exchange, 200, "text/html", "<html>Welcome</html>");
			case OTHER_JSON -> send(exchange, 200, "application/json", "{\"message\":\"hello\",\"list\":[1,{\"a\":2}]}");
			case NOT_READY -> send(exchange, 503, "text/plain", "Service Unavailable");
			case HANGS -> pause();
			case HANGS_IN_BODY -> {
				exchange.getResponseHeaders().set("Content-Type", "application/json");
				exchange.sendResponseHeaders(200, 0);
				exchange.getResponseBody().write("{\"status\":\"success\",\"data\":{\"resultType\":\"vec".getBytes(StandardCharsets.UTF_8));
				exchange.getResponseBody().flush();
				pause();
			}
			case BREAKS_OFF -> {
				exchange.getResponseHeaders().set("Content-Type", "application/json");
				exchange.sendResponseHeaders(200, 4000);
				exchange.getResponseBody().write("{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{\"metric\":{\"instance\":\"a"
						.getBytes(StandardCharsets.UTF_8));
				exchange.getResponseBody().flush();
			}
			case BAD_QUERY -> send(exchange, 400, "application/json",
					"{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"1:5: parse error: unexpected end of input\"}");
			case NO_POST -> {
				if (exchange.getRequestMethod().equals("POST")) {
					send(exchange, 405, "text/plain", "Method Not Allowed");
				} else {
					answer(exchange, exchange.getRequestURI().getRawQuery());
				}
			}
			default -> answer(exchange, body);
			}
		}
	}

	private void pause() {
		try {
			closing.await();
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	private static void send(HttpExchange exchange, int code, String type, String text) throws IOException {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", type);
		exchange.sendResponseHeaders(code, bytes.length);
		exchange.getResponseBody().write(bytes);
	}

	private void answer(HttpExchange exchange, String form) throws IOException {
		Map<String, String> fields = new HashMap<>();
		for (String pair : form.split("&")) {
			String[] parts = pair.split("=", 2);
			fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
		}
		String query = fields.get("query");
		queries.add(query);
		if (query.contains(badPart)) {
			send(exchange, 400, "application/json", "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"unknown function\"}");
			return;
		}
		boolean range = fields.containsKey("start");
		long start = range ? Long.parseLong(fields.get("start")) : (long) Double.parseDouble(fields.getOrDefault("time", "1772400000"));
		long end = range ? Long.parseLong(fields.get("end")) : start;
		long step = range ? Long.parseLong(fields.get("step")) : 1;
		if ((end - start) / step + 1 > mostPoints) {
			send(exchange, 422, "application/json",
					"{\"status\":\"error\",\"errorType\":\"execution\",\"error\":\"query processing would load too many samples into memory\"}");
			return;
		}
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(200, 0);
		try (OutputStream out = exchange.getResponseBody();
				Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16)) {
			writer.write("{\"status\":\"success\",");
			if (!warning.isEmpty()) {
				writer.write("\"warnings\":[\"" + warning + "\"],");
			}
			writer.write("\"data\":{\"resultType\":\"" + (range ? "matrix" : "vector") + "\",\"result\":[");
			series(writer, query, start, end, step, range);
			writer.write("]}}");
		}
	}

	private void series(Writer writer, String query, long start, long end, long step, boolean range) throws IOException {
		if (query.startsWith("vector(1)") || query.startsWith("count(")) {
			writer.write("{\"metric\":{},\"value\":[" + start + ",\"" + (query.startsWith("count(") ? hosts : 1) + "\"]}");
			return;
		}
		if (!query.contains("node_") && !query.equals("up")) {
			return;
		}
		for (int h = 0; h < hosts; h++) {
			writer.write((h > 0 ? "," : "") + "{\"metric\":{\"instance\":\"" + name(h) + ":9100\"");
			if (query.startsWith("up") || query.startsWith("node_uname_info")) {
				writer.write(",\"job\":\"node\",\"role\":\"" + ROLES[h % 3] + "\"");
			}
			writer.write("}," + (range ? "\"values\":[" : "\"value\":"));
			boolean first = true;
			for (long t = start; t <= end; t += step) {
				if (h == 1 && t > stale) {
					continue;
				}
				writer.write((first ? "" : ",") + "[" + t + ",\"" + (h == 1 && t == stale ? "NaN" : value(query, h, t)) + "\"]");
				first = false;
			}
			writer.write(range ? "]}" : "}");
		}
	}

	static String name(int h) {
		return ROLES[h % 3] + "-" + h;
	}

	@Override
	public void close() {
		closing.countDown();
		server.stop(0);
		threads.shutdownNow();
	}
}
