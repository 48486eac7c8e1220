// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.shadowweaver.engine.Weaver;

class ApiServerTest {
	private static final ObjectMapper JSON = new ObjectMapper();

	@TempDir
	Path directory;
	private Weaver weaver;
	private ApiServer server;
	private HttpClient client;

	@BeforeEach
	void start() throws Exception {
		weaver = SineEstate.open(directory);
		server = new ApiServer(ServerSettings.LOOPBACK, () -> List.of(weaver));
		server.start();
		client = HttpClient.newHttpClient();
	}

	@AfterEach
	void end() {
		client.close();
		server.close();
		weaver.close();
	}

	private HttpResponse<String> get(String path, String... headers) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(server.uri().resolve(path));
		if (headers.length > 0) {
			request.headers(headers);
		}
		return client.send(request.build(), BodyHandlers.ofString());
	}

	private JsonNode ok(String path) throws Exception {
		HttpResponse<String> response = get(path);
		assertEquals(200, response.statusCode(), response.body());
		return JSON.readTree(response.body());
	}

	private JsonNode problem(int status, HttpResponse<String> response) throws Exception {
		assertEquals(status, response.statusCode(), response.body());
		assertEquals(Problem.JSON, response.headers().firstValue("content-type").orElse(""));
		JsonNode problem = JSON.readTree(response.body());
		assertEquals(status, problem.get("status").asInt());
		assertFalse(response.body().contains("Exception") || response.body().contains("at io.shadowweaver"), response.body());
		return problem;
	}

	@Test
	void estatesAndTheirParts() throws Exception {
		JsonNode estate = ok("/api/v1/estates").get(0);
		assertEquals("sine", estate.get("id").asText());
		assertEquals("PT1M", estate.get("step").asText());
		assertEquals(weaver.state().time().toString(), estate.get("time").asText());
		assertEquals(3, estate.get("resources").asInt());
		assertEquals("OK", ok("/api/v1/estates/sine/statuses").get("engine").get("state").asText());
		assertTrue(problem(404, get("/api/v1/estates/nosuch")).get("detail").asText().contains("open are sine"));
		assertEquals("ok", ok("/healthz").get("status").asText());
	}

	@Test
	void resourcesAreReadAPageAtATimeLiveAndInAShadow() throws Exception {
		JsonNode first = ok("/api/v1/estates/sine/resources?limit=2");
		assertEquals("web-2", first.get("next").asText());
		JsonNode second = ok("/api/v1/estates/sine/resources?limit=2&after=" + first.get("next").asText());
		assertEquals(1, second.get("items").size());
		assertTrue(second.get("next").isNull());
		JsonNode live = first.get("items").get(0);
		assertEquals("web", live.get("group").asText());
		assertTrue(live.get("metrics").get("requests").get("value").asDouble() > 0);
		assertTrue(live.get("metrics").get("requests").get("median").isNull());
		JsonNode shadow = ok("/api/v1/estates/sine/resources/web-1?view=planned&at=PT30M").get("metrics").get("requests");
		assertTrue(shadow.get("low").asDouble() <= shadow.get("median").asDouble() && shadow.get("median").asDouble() <= shadow.get("high").asDouble(), shadow.toString());
		assertTrue(problem(400, get("/api/v1/estates/sine/resources?at=PT30M")).get("detail").asText().contains("live view"));
		assertTrue(problem(400, get("/api/v1/estates/sine/resources?view=planned&at=tomorrow")).get("detail").asText().contains("'tomorrow' is no moment"));
		problem(400, get("/api/v1/estates/sine/resources?limit=0"));
		problem(404, get("/api/v1/estates/sine/resources/web-9"));
	}

	private static String found(String query) {
		return "/api/v1/estates/sine/resources?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
	}

	private List<String> ids(String path) throws Exception {
		List<String> ids = new ArrayList<>();
		ok(path).get("items").forEach(item -> ids.add(item.get("id").asText()));
		return ids;
	}

	@Test
	void resourcesAreLookedForByAQuery() throws Exception {
		assertEquals(List.of("web-2"), ids(found("id:web-2 kind:vm")));
		assertEquals(List.of("web-1", "web-3"), ids(found("-name:*2 requests>0 requests>0@+30m")));
		assertEquals(List.of("web-3"), ids(found("-id:web-2") + "&limit=1&after=web-1"), "pages go through what is found");
		assertEquals(List.of(), ids(found("requests>0") + "&group=other"), "what is asked for beside it holds too");
		JsonNode requests = ok("/api/v1/estates/sine/resources/web-1?view=planned&at=PT30M").get("metrics").get("requests");
		double between = (requests.get("median").asDouble() + requests.get("high").asDouble()) / 2;
		assertEquals(List.of(), ids(found("id:web-1 requests>" + between + " @+30m")), "the median is compared");
		assertEquals(List.of("web-1"), ids(found("id:web-1 requests.p95>" + between + " @+30m") + "&view=planned&at=PT30M"));
		assertEquals(3, ids(found(" ")).size());
	}

	@Test
	void aQueryThatCannotBeUnderstoodIsAProblemThatNamesThePlace() throws Exception {
		assertEquals("q: at 6 of 'kind:': a value is missing after ':'.", problem(400, get(found("kind:"))).get("detail").asText());
		String unknown = problem(400, get(found("kind:vm load>3"))).get("detail").asText();
		assertTrue(unknown.startsWith("q: at 9 of 'kind:vm load>3': there is no metric 'load'; there is "), unknown);
		assertTrue(problem(400, get(found("colour:red"))).get("detail").asText().contains("no resource has 'colour'"));
		// a plus that was not encoded arrives as a blank
		assertTrue(problem(400, get("/api/v1/estates/sine/resources?q=requests%3E1%20@+2h")).get("detail").asText().startsWith("q: at 12 of "));
	}

	@Test
	void whoHasAStateAlreadyIsNotSentItAgain() throws Exception {
		HttpResponse<String> first = get("/api/v1/estates/sine/resources");
		String tag = first.headers().firstValue("etag").orElseThrow();
		assertEquals(304, get("/api/v1/estates/sine/resources", "If-None-Match", tag).statusCode());
		weaver.step();
		HttpResponse<String> second = get("/api/v1/estates/sine/resources", "If-None-Match", tag);
		assertEquals(200, second.statusCode());
		assertNotEquals(first.body(), second.body());
	}

	@Test
	void forecastsSayTheirQuantilesModelAndSkillOrWhyThereIsNone() throws Exception {
		JsonNode forecast = ok("/api/v1/estates/sine/series/group:web/requests/forecast");
		assertEquals(11, forecast.get("levels").size());
		JsonNode point = forecast.get("points").get(0);
		for (int level = 1; level < 11; level++) {
			assertTrue(point.get("quantiles").get(level - 1).asDouble() <= point.get("quantiles").get(level).asDouble(), point.toString());
		}
		assertTrue(forecast.get("model").asText().length() > 0 && forecast.get("reason").asText().isEmpty(), forecast.toString());
		JsonNode flat = ok("/api/v1/estates/sine/series/group:web/requests/forecast/point?lookAhead=10m&quantile=0.9");
		assertTrue(flat.get("value").asDouble() > 0, flat.toString());
		JsonNode history = ok("/api/v1/estates/sine/series/web-1/requests/history?step=PT5M");
		assertEquals("PT5M", history.get("step").asText());
		assertTrue(history.get("values").size() >= 10, history.toString());
		problem(404, get("/api/v1/estates/sine/series/web-1/nosuch/forecast"));
		problem(400, get("/api/v1/estates/sine/series/web-1/requests/history?step=PT0.01S"));
		problem(400, get("/api/v1/estates/sine/series/web-1/requests/forecast/point?quantile=7"));
		assertEquals(4, ok("/api/v1/estates/sine/series").get("items").size());
	}

	@Test
	void aScenarioIsSolvedAndOneThatDoesNotFitIsNamed() throws Exception {
		Thread steps = Thread.ofVirtual().start(() -> {
			while (!Thread.interrupted()) {
				weaver.step();
				try {
					Thread.sleep(20);
				} catch (InterruptedException e) {
					return;
				}
			}
		});
		try {
			HttpResponse<String> solved = solve("{\"version\":1,\"name\":\"x\",\"changes\":[{\"type\":\"traffic\",\"on\":\"estate\",\"factor\":4}]}");
			assertEquals(200, solved.statusCode(), solved.body());
			JsonNode solution = JSON.readTree(solved.body());
			double before = solution.get("before").get("figures").get("group:web").get("median").asDouble();
			assertEquals(4 * before, solution.get("after").get("figures").get("group:web").get("median").asDouble(), before * .2);
			assertTrue(problem(422, solve("{\"version\":1,\"name\":\"x\",\"changes\":[{\"type\":\"remove\",\"resource\":\"no\"}]}")).get("detail").asText().contains("change 1: there is no resource no"));
			problem(422, solve("no json"));
		} finally {
			steps.interrupt();
			steps.join();
		}
	}

	private HttpResponse<String> solve(String body) throws Exception {
		return client.send(HttpRequest.newBuilder(server.uri().resolve("/api/v1/estates/sine/scenarios/solve")).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)).build(),
				BodyHandlers.ofString());
	}

	@Test
	void theDocumentDescribesEachOperationThatThereIs() throws Exception {
		JsonNode document = ok("/openapi.json");
		assertTrue(document.get("openapi").asText().startsWith("3.1"));
		Set<String> operations = new HashSet<>();
		document.get("paths").forEach(path -> path.forEach(operation -> {
			if (operation.has("operationId")) {
				assertTrue(operations.add(operation.get("operationId").asText()), "twice: " + operation.get("operationId"));
				assertTrue(operation.get("responses").has("4XX"), operation.toString());
			}
		}));
		assertTrue(operations.containsAll(List.of("listEstates", "listResources", "getForecast", "listAlerts", "listPlans", "solveScenario")), operations.toString());
		assertTrue(document.get("components").get("schemas").has("ResourceView"), document.get("components").get("schemas").toString());
		for (String path : List.of("alerts", "thresholds", "anomalies", "plans", "queue", "verdicts", "report", "links", "groups")) {
			assertTrue(document.get("paths").has("/api/v1/estates/{estate}/" + path), path);
			ok("/api/v1/estates/sine/" + path);
		}
	}

	@Test
	void prometheusScrapesValuesAndForecastsByHorizon() throws Exception {
		HttpResponse<String> plain = get("/metrics");
		assertEquals(200, plain.statusCode(), plain.body());
		assertEquals("text/plain; version=0.0.4; charset=utf-8", plain.headers().firstValue("content-type").orElse(""));
		assertTrue(plain.body().contains("# TYPE shadowweaver_forecast_value gauge"), plain.body());
		String quarter = "shadowweaver_forecast_value{estate=\"sine\",horizon=\"900\",level=";
		assertEquals(3, plain.body().lines().filter(line -> line.startsWith(quarter) && line.contains("subject=\"group:web\"")).count(), plain.body());
		assertTrue(plain.body().endsWith("\n"));
		HttpResponse<String> open = get("/metrics", "Accept", "application/openmetrics-text; version=1.0.0");
		assertTrue(open.headers().firstValue("content-type").orElse("").startsWith("application/openmetrics-text; version=1.0.0"), open.headers().toString());
		assertTrue(open.body().endsWith("# EOF\n"));
	}

	@Test
	void promtoolFindsNothingToSayAgainstIt() throws Exception {
		boolean there = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
		assumeTrue(there, "promtool is not on the path: releng/packages test installs it");
		Process process = new ProcessBuilder("promtool", "check", "metrics").redirectErrorStream(true).start();
		try (var in = process.outputWriter()) {
			in.write(get("/metrics").body());
		}
		String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertTrue(process.waitFor(30, TimeUnit.SECONDS));
		assertEquals(0, process.exitValue(), said);
		assertEquals("", said);
	}

	@Test
	void whatIsWrongIsAProblemDocument() throws Exception {
		problem(404, get("/nosuch"));
		problem(405, client.send(HttpRequest.newBuilder(server.uri().resolve("/api/v1/estates")).DELETE().build(), BodyHandlers.ofString()));
		// over HTTP/2 an answer that comes before the body ends the stream, which the client takes for a failure
		try (HttpClient old = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
			HttpRequest.Builder solve = HttpRequest.newBuilder(server.uri().resolve("/api/v1/estates/sine/scenarios/solve"));
			problem(415, old.send(solve.copy().header("Content-Type", "text/plain").POST(BodyPublishers.ofString("x")).build(), BodyHandlers.ofString()));
			// it asks before it sends, or the answer might be lost with the connection
			problem(413, old.send(solve.copy().expectContinue(true).header("Content-Type", "application/json").POST(BodyPublishers.ofString("x".repeat(2 << 20))).build(), BodyHandlers.ofString()));
		}
	}

	@Test
	void aPathThatClimbsReachesNothing() throws Exception {
		for (String path : List.of("/api/v1/../../etc/passwd", "/api/v1/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd")) {
			String answer = raw("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
			assertTrue(answer.startsWith("HTTP/1.1 40"), answer);
			assertFalse(answer.contains("root:"), answer);
		}
	}

	@Test
	void pagesOfOthersAreNotAnswered() throws Exception {
		assertTrue(raw("GET /api/v1/estates HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n").startsWith("HTTP/1.1 421"));
		problem(403, get("/api/v1/estates", "Origin", "https://evil.example"));
		assertEquals(200, get("/api/v1/estates", "Origin", "http://localhost:3000").statusCode());
	}

	private String raw(String request) throws IOException {
		try (Socket socket = new Socket("127.0.0.1", server.uri().getPort())) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	@Test
	void anotherAddressThanLoopbackIsRefusedAndATakenPortIsNamed() throws Exception {
		for (String host : List.of("0.0.0.0", "192.168.1.1", "::", "example.org")) {
			assertTrue(assertThrows(IllegalArgumentException.class, () -> new ServerSettings(host, 0)).getMessage().contains(host));
		}
		assertEquals("::1", new ServerSettings("::1", 0).host());
		try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
			ApiServer other = new ApiServer(new ServerSettings("127.0.0.1", taken.getLocalPort()), List::of);
			assertTrue(assertThrows(IOException.class, other::start).getMessage().contains(Integer.toString(taken.getLocalPort())));
		}
	}

	@Test
	void itAnswersOverHttp2() throws Exception {
		// the client upgrades: what the port answers is HTTP/2 over clear text
		HttpResponse<String> response = get("/healthz");
		assertEquals(HttpClient.Version.HTTP_2, response.version());
		assertEquals(URI.create(server.uri() + "healthz"), response.uri());
	}
}
