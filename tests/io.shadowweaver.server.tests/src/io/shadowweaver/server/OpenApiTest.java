// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.shadowweaver.engine.Weaver;
import io.shadowweaver.server.security.ApiKeys;
import io.shadowweaver.server.security.Scope;

/** The document as others use it: a linter, a generator of clients, and a browser. */
@Timeout(300)
class OpenApiTest {
	private static final ObjectMapper JSON = new ObjectMapper();

	@TempDir
	Path directory;
	private Weaver weaver;
	private ApiServer server;
	private String key;
	private String document;

	@BeforeEach
	void start() throws Exception {
		weaver = SineEstate.open(directory.resolve("estates/sine"));
		key = new ApiKeys(directory, Clock.systemUTC()).add("client", Set.of(Scope.READ, Scope.OPERATE), Optional.empty()).key();
		server = new ApiServer(ServerSettings.LOOPBACK, () -> List.of(weaver), List::of, Optional.of(directory), Clock.systemUTC());
		server.start();
		URI uri = server.uri().resolve("openapi.json");
		try (HttpClient client = HttpClient.newHttpClient()) {
			document = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
		}
	}

	@AfterEach
	void end() {
		server.close();
		weaver.close();
	}

	@Test
	void aLinterFindsNoError() throws Exception {
		try (Clients clients = new Clients()) {
			clients.write("openapi.json", document);
			clients.write("redocly.yaml", """
					extends: [recommended]
					rules:
					  # a path below an id ends in a word, a sibling of the id too
					  no-ambiguous-paths: off
					  no-invalid-media-type-examples:
					    severity: error
					    allowAdditionalProperties: false
					""");
			JsonNode found = JSON.readTree(clients.tool("redocly", "lint", "openapi.json", "--config", "redocly.yaml", "--format", "json").replaceFirst("(?s)^[^{]*", ""));
			assertEquals(0, found.get("totals").get("errors").asInt(), found.toPrettyString());
			assertEquals(0, found.get("totals").get("warnings").asInt(), found.toPrettyString());
		}
	}

	@Test
	void everyBodyHasAnExampleAndTheServerTakesIt() throws Exception {
		Map<String, String> bodies = new HashMap<>();
		for (JsonNode path : JSON.readTree(document).get("paths")) {
			for (JsonNode operation : path) {
				for (JsonNode media : operation.path("requestBody").path("content")) {
					assertTrue(media.path("example").isObject(), operation.get("operationId") + " has no example of what it takes");
					bodies.put(operation.get("operationId").asText(), media.get("example").toString());
				}
			}
		}
		assertEquals(12, bodies.size(), bodies.keySet().toString());
		String estate = "api/v1/estates/sine/";
		assertEquals(201, status("PUT", estate + "thresholds/" + JSON.readTree(bodies.get("putThreshold")).get("id").asText(), bodies.get("putThreshold")));
		assertEquals(204, status("PUT", estate + "scenarios/twice", bodies.get("putScenario")));
		assertEquals(200, status("POST", estate + "alertmanager", bodies.get("receiveAlerts")));
		assertEquals("200", whileItWeaves(() -> String.valueOf(status("POST", estate + "scenarios/solve", bodies.get("solveScenario")))));
	}

	private int status(String method, String path, String body) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(server.uri().resolve(path)).header("X-API-KEY", key).header("Content-Type", "application/json").header("If-None-Match", "*")
				.method(method, BodyPublishers.ofString(body)).build();
		try (HttpClient client = HttpClient.newHttpClient()) {
			return client.send(request, BodyHandlers.ofString()).statusCode();
		}
	}

	@Test
	void aClientThatIsGeneratedFromItReadsAndWrites() throws Exception {
		try (Clients clients = new Clients()) {
			clients.write("openapi.json", document);
			clients.tool("openapi-typescript", "openapi.json", "--output", "api.d.ts");
			clients.write("package.json", "{ \"type\": \"module\" }");
			clients.write("client.ts", """
					import createClient from "openapi-fetch";
					import type { components, paths } from "./api.js";

					declare const process: { argv: string[] };
					const [baseUrl, key] = process.argv.slice(2);
					const api = createClient<paths>({ baseUrl, headers: { "X-API-KEY": key } });
					function known<T>(answer: { data?: T, error?: components["schemas"]["Problem"], response: Response }): T {
						if (answer.error !== undefined || answer.data === undefined) {
							throw new Error(`${answer.response.url}: ${answer.response.status} ${answer.error?.detail}`);
						}
						return answer.data;
					}
					const estate = known(await api.GET("/api/v1/estates"))[0].id!;
					const path = { estate };
					const live = known(await api.GET("/api/v1/estates/{estate}/resources", { params: { path, query: { limit: 2 } } }));
					const rest = known(await api.GET("/api/v1/estates/{estate}/resources", { params: { path, query: { limit: 2, after: live.next! } } }));
					const shadow = known(await api.GET("/api/v1/estates/{estate}/resources/{resource}", { params: { path: { estate, resource: "web-1" }, query: { view: "planned", at: "PT30M" } } }));
					const forecast = known(await api.GET("/api/v1/estates/{estate}/series/{subject}/{metric}/forecast", { params: { path: { estate, subject: "group:web", metric: "requests" } } }));
					const plans = known(await api.GET("/api/v1/estates/{estate}/plans", { params: { path } }));
					const body = { version: 1 as const, name: "Twice", changes: [{ type: "traffic" as const, on: "estate", factor: 2 }] };
					const put = await api.PUT("/api/v1/estates/{estate}/scenarios/{scenario}", { params: { path: { estate, scenario: "twice" } }, body });
					const kept = known(await api.GET("/api/v1/estates/{estate}/scenarios", { params: { path } }));
					const solved = known(await api.POST("/api/v1/estates/{estate}/scenarios/solve", { params: { path }, body }));
					const wrong = await api.GET("/api/v1/estates/{estate}/resources/{resource}", { params: { path: { estate, resource: "nosuch" } } });
					console.log(JSON.stringify({
						live: [...live.items!, ...rest.items!].map(resource => resource.id), median: shadow.metrics!["requests"].median, model: forecast.model, levels: forecast.levels!.length,
						plans: plans.length, put: put.response.status, kept: kept.map(scenario => scenario.name), figures: Object.keys(solved.after!.figures!), wrong: wrong.error!.detail }));
					""");
			clients.write("tsconfig.json", """
					{ "compilerOptions": { "strict": true, "skipLibCheck": true, "target": "es2022", "module": "nodenext", "lib": ["es2022", "dom", "dom.iterable"], "types": [] }, "files": ["client.ts"] }
					""");
			clients.tool("tsc", "--project", ".");
			JsonNode read = JSON.readTree(whileItWeaves(() -> clients.node("client.js", server.uri().toString().replaceAll("/$", ""), key)));
			assertEquals("[\"web-1\",\"web-2\",\"web-3\"]", read.get("live").toString());
			assertTrue(read.get("median").asDouble() > 0, read.toString());
			assertEquals("last", read.get("model").asText());
			assertEquals(11, read.get("levels").asInt());
			assertEquals(weaver.state().plans().size(), read.get("plans").asInt());
			assertEquals(204, read.get("put").asInt());
			assertEquals("[\"Twice\"]", read.get("kept").toString());
			assertTrue(read.get("figures").toString().contains("group:web"), read.toString());
			assertTrue(read.get("wrong").asText().contains("nosuch"), read.toString());
			assertTrue(Files.exists(directory.resolve("scenarios/sine/twice.json")));
		}
	}

	/** A scenario is solved on what the next step leaves. */
	private String whileItWeaves(Callable<String> work) throws Exception {
		AtomicBoolean ended = new AtomicBoolean();
		Thread weaving = Thread.ofVirtual().start(() -> {
			while (!ended.get()) {
				weaver.step();
				LockSupport.parkNanos(20_000_000);
			}
		});
		try {
			return work.call();
		} finally {
			ended.set(true);
			weaving.join();
		}
	}

	@Test
	void aBrowserShowsItsOperations() throws Exception {
		List<String> command = new ArrayList<>(List.of("chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run",
				"--disable-sync", "--disable-dev-shm-usage", "--user-data-dir=" + directory.resolve("browser"), "--virtual-time-budget=20000", "--dump-dom", server.uri() + "docs"));
		Path page = directory.resolve("page.html");
		Process process = new ProcessBuilder(command).redirectOutput(page.toFile()).redirectError(directory.resolve("browser.log").toFile()).start();
		try {
			assertTrue(process.waitFor(120, TimeUnit.SECONDS), "the browser does not end");
		} finally {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
		}
		String shown = Files.readString(page);
		List<String> missing = new ArrayList<>();
		JSON.readTree(document).get("paths").forEach(path -> path.forEach(operation -> {
			String tag = operation.get("tags").get(0).asText();
			if (!shown.contains("id=\"operations-" + tag + "-" + operation.get("operationId").asText() + "\"")) {
				missing.add(operation.get("operationId").asText());
			}
		}));
		assertEquals(List.of(), missing, () -> shown.substring(0, Math.min(2000, shown.length())));
		assertFalse(shown.contains("errors-wrapper"), "the page names errors of the document");
	}
}
