// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** KEDA, played by a client in another language: {@code autoscaler/keda.mjs}. */
final class Autoscaler implements AutoCloseable {
	private static final ObjectMapper JSON = new ObjectMapper();
	private static final Path ROOT = Path.of(System.getProperty("shadowweaver.root", "."));

	private final Clients clients = new Clients();
	private final Process process;
	private final Writer calls;
	private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
	private final List<JsonNode> others = new ArrayList<>();
	private int id;

	Autoscaler(String address, Path... tls) throws IOException {
		List<String> command = new ArrayList<>(List.of("node", clients.copy("autoscaler/keda.mjs").toString(), ROOT.resolve("docs/api/externalscaler.proto").toString(), address));
		List.of(tls).forEach(file -> command.add(file.toString()));
		process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		calls = process.outputWriter(StandardCharsets.UTF_8);
		BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
		Thread.ofVirtual().start(() -> reader.lines().forEach(line -> {
			try {
				answers.add(JSON.readTree(line));
			} catch (IOException e) {
				throw new AssertionError(line, e);
			}
		}));
	}

	/** What KEDA sends of something scaled. */
	static Map<String, Object> object(Map<String, String> metadata) {
		return Map.of("name", "web", "namespace", "shop", "scalerMetadata", metadata);
	}

	/** Begins a call; its answers come by {@link #next}. */
	int begin(String method, String key, Map<String, Object> request) throws IOException {
		write(Map.of("id", ++id, "method", method, "request", request, "key", key));
		return id;
	}

	void cancel(int call) throws IOException {
		write(Map.of("id", call, "cancel", true));
	}

	private void write(Map<String, Object> line) throws IOException {
		calls.write(JSON.writeValueAsString(line) + "\n");
		calls.flush();
	}

	/** The next that comes of a call. */
	JsonNode next(int call) throws InterruptedException {
		for (JsonNode other : others) {
			if (other.get("id").asInt() == call) {
				others.remove(other);
				return other;
			}
		}
		while (true) {
			JsonNode answer = answers.poll(20, TimeUnit.SECONDS);
			assertNotNull(answer, "nothing came of call " + call);
			if (answer.get("id").asInt() == call) {
				return answer;
			}
			others.add(answer);
		}
	}

	/** What one call answers, or how it failed. */
	JsonNode call(String method, Map<String, Object> request) throws Exception {
		return next(begin(method, "", request));
	}

	@Override
	public void close() throws Exception {
		calls.close();
		if (!process.waitFor(10, TimeUnit.SECONDS)) {
			process.destroyForcibly();
		}
		clients.close();
	}
}
