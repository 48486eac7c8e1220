// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.openstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Answers written after the published references, for faults that a real cloud does not have on demand: Identity API v3.14
 * (https://docs.openstack.org/api-ref/identity/v3/), Compute API v2.1 (https://docs.openstack.org/api-ref/compute/), Networking API v2.0
 * (https://docs.openstack.org/api-ref/network/v2/), Load Balancer API v2 (https://docs.openstack.org/api-ref/load-balancer/v2/) and Orchestration Service
 * API v1 (https://docs.openstack.org/api-ref/orchestration/v1/), as of November 2025.
 */
final class WrittenOpenStack implements AutoCloseable {
	/** Answers one call. */
	interface Answer {
		void to(HttpExchange exchange) throws IOException;
	}

	/** Calls that came, as method and path. */
	final List<String> calls = Collections.synchronizedList(new ArrayList<>());
	/** Bodies of the calls that came with one, by method and path; the last one. */
	final Map<String, String> bodies = Collections.synchronizedMap(new HashMap<>());
	private final Map<String, Answer> answers = Collections.synchronizedMap(new HashMap<>());
	private final ExecutorService threads = Executors.newCachedThreadPool();
	private final HttpServer server;
	/** Types of services that are not in the catalogue. */
	final Set<String> absent = Collections.synchronizedSet(new HashSet<>());
	private volatile int tokens;

	WrittenOpenStack() throws IOException {
		server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.setExecutor(threads);
		server.createContext("/", this::handle);
		server.start();
		answer("POST /v3/auth/tokens", this::token);
		json("GET /compute/v2.1/flavors/detail", "{\"flavors\":[{\"id\":\"1\",\"name\":\"m1.small\",\"ram\":2048,\"disk\":20,\"vcpus\":1,\"links\":[]}]}");
		json("GET /compute/v2.1/servers/detail", "{\"servers\":[]}");
		json("GET /compute/v2.1/extensions", "{\"extensions\":[{\"name\":\"AvailabilityZone\",\"alias\":\"os-availability-zone\",\"description\":\"\",\"links\":[],\"namespace\":\"\",\"updated\":\"2014-12-03T00:00:00Z\"}]}");
		json("GET /compute/v2.1/os-availability-zone", "{\"availabilityZoneInfo\":[{\"zoneName\":\"zone-a\",\"zoneState\":{\"available\":true},\"hosts\":null}]}");
		json("GET /compute/v2.1/images", "{\"images\":[{\"id\":\"img-1\",\"name\":\"ubuntu\",\"links\":[]}]}");
		json("GET /compute/v2.1/limits", limits(10, 3));
		json("POST /compute/v2.1/servers", 202, "{\"server\":{\"id\":\"srv-1\",\"links\":[],\"adminPass\":\"made-up\",\"OS-DCF:diskConfig\":\"MANUAL\",\"security_groups\":[]}}");
		json("GET /network/", "{\"versions\":[{\"id\":\"v2.0\",\"status\":\"CURRENT\",\"links\":[{\"rel\":\"self\",\"href\":\"" + address() + "/network/v2.0/\"}]}]}");
		json("GET /network/v2.0/networks", "{\"networks\":[{\"id\":\"net-1\",\"name\":\"shared\",\"status\":\"ACTIVE\",\"subnets\":[],\"tenant_id\":\"p\",\"admin_state_up\":true,\"shared\":true}]}");
	}

	static String limits(int most, int used) {
		return "{\"limits\":{\"rate\":[],\"absolute\":{\"maxTotalInstances\":" + most + ",\"totalInstancesUsed\":" + used
				+ ",\"maxTotalCores\":-1,\"totalCoresUsed\":" + used + ",\"maxTotalRAMSize\":51200,\"totalRAMUsed\":" + used * 2048 + "}}}";
	}

	/** A server as the detailed list has it. */
	static String server(String id, String token, String status, String more) {
		return "{\"id\":\"" + id + "\",\"name\":\"web-" + id + "\",\"status\":\"" + status + "\",\"tenant_id\":\"p\",\"user_id\":\"u\",\"created\":\"2026-01-01T00:00:00Z\",\"updated\":\"2026-01-01T00:00:00Z\","
				+ "\"hostId\":\"\",\"image\":{\"id\":\"img-1\",\"links\":[]},\"flavor\":{\"id\":\"1\",\"links\":[]},\"links\":[],\"OS-EXT-AZ:availability_zone\":\"zone-a\","
				+ "\"addresses\":{\"shared\":[{\"version\":4,\"addr\":\"10.0.0.7\"}]},\"metadata\":{\"shadowweaver-token\":\"" + token + "\"" + more + "}}";
	}

	String address() {
		return "http://127.0.0.1:" + server.getAddress().getPort();
	}

	void answer(String call, Answer answer) {
		answers.put(call, answer);
	}

	void json(String call, String body) {
		json(call, 200, body);
	}

	void json(String call, int status, String body) {
		answer(call, exchange -> send(exchange, status, "application/json", body));
	}

	/** How often a call came. */
	long count(String call) {
		return calls.stream().filter(call::equals).count();
	}

	void send(HttpExchange exchange, int status, String type, String body) throws IOException {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", type);
		exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
		exchange.getResponseBody().write(bytes);
		exchange.close();
	}

	private void handle(HttpExchange exchange) throws IOException {
		String call = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		calls.add(call);
		if (!body.isEmpty()) {
			bodies.put(call, body);
		}
		Answer answer = answers.get(call);
		if (answer == null) {
			send(exchange, 404, "application/json", "{\"itemNotFound\":{\"code\":404,\"message\":\"The resource could not be found.\"}}");
		} else {
			answer.to(exchange);
		}
	}

	private void token(HttpExchange exchange) throws IOException {
		tokens++;
		exchange.getResponseHeaders().set("X-Subject-Token", "token-" + tokens);
		StringBuilder catalogue = new StringBuilder();
		for (String service : List.of("compute compute/v2.1", "network network", "load-balancer balancer", "orchestration orchestration/v1/p")) {
			String[] words = service.split(" ");
			if (absent.contains(words[0])) {
				continue;
			}
			catalogue.append(catalogue.isEmpty() ? "" : ",").append("{\"id\":\"").append(words[0]).append("\",\"name\":\"").append(words[0]).append("\",\"type\":\"").append(words[0])
					.append("\",\"endpoints\":[{\"id\":\"e\",\"interface\":\"public\",\"region\":\"RegionOne\",\"region_id\":\"RegionOne\",\"url\":\"").append(address()).append('/').append(words[1])
					.append("\"}]}");
		}
		send(exchange, 201, "application/json", "{\"token\":{\"methods\":[\"password\"],\"expires_at\":\"2099-01-01T00:00:00.000000Z\",\"issued_at\":\"2026-01-01T00:00:00.000000Z\","
				+ "\"user\":{\"id\":\"u\",\"name\":\"weaver\",\"domain\":{\"id\":\"default\",\"name\":\"Default\"}},\"catalog\":[" + catalogue + "]}}");
	}

	@Override
	public void close() {
		server.stop(0);
		threads.shutdownNow();
	}

	/** Ends the connection without an answer. */
	static void hangUp(HttpExchange exchange) {
		exchange.close();
	}

	/** Waits, then answers too late. */
	static Answer slow(long millis, Answer then) {
		return exchange -> {
			try {
				Thread.sleep(millis);
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
				throw new UncheckedIOException(new IOException(e));
			}
			then.to(exchange);
		};
	}
}
