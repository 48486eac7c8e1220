// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.provision.Drift;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Template;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.engine.GroupSettings;
import io.shadowweaver.provisioning.audit.AuditTrail;
import io.shadowweaver.server.security.ApiKey;
import io.shadowweaver.server.security.ApiKeys;
import io.shadowweaver.server.security.ChangeLog;
import io.shadowweaver.server.security.Scope;

/** Each operation of the document that changes something is asked for until it succeeds, and has to stand in the trail. */
@Timeout(120)
class AuditTest {
	private static final ObjectMapper JSON = new ObjectMapper();
	private static final String ESTATE = "/api/v1/estates/sine/";
	private static final String SERIES = ESTATE + "series/web-1/requests/";
	private static final String RULE = "{\"id\":\"low\",\"metric\":\"requests\",\"kind\":\"\",\"labels\":{\"labels\":{}},\"warning\":0.001,\"critical\":0.002,\"recovery\":0.0005,\"level\":0.5,\"guidance\":\"Look.\"}";
	private static final String MORE = "{\"version\":1,\"name\":\"More\",\"changes\":[{\"type\":\"add\",\"group\":\"web\",\"count\":1}]}";
	private static final String ADMIN = "ann";

	@TempDir
	Path directory;
	private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-25T08:00:00Z"));
	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
	private final MemoryCloud cloud = new MemoryCloud();
	private Weaver weaver;
	private ApiServer server;
	private String key;
	private JsonNode document;

	/** How an operation is made to succeed. */
	private record Ask(String path, String body, String... headers) {
		Ask(String path) {
			this(path, null);
		}
	}

	@BeforeEach
	void start() throws Exception {
		weaver = SineEstate.open(directory.resolve("estates/sine"), List.of(cloud, new LeftCloud(SineEstate.START.plus(Duration.ofMinutes(30)))));
		key = new ApiKeys(directory, now::get).add(ADMIN, Set.of(Scope.values()), Optional.empty()).key();
		serve();
		document = JSON.readTree(send("GET", "/openapi.json", null).body()).get("paths");
		weaver.automation().group(new GroupSettings("web", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(2), Optional.empty(), Optional.empty(),
				Optional.of(List.of(new Template("cloud0", List.of("small"), "", "", "", Map.of(), ""))), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
		weaver.automation().mode("web", Mode.PROPOSE);
		cloud.goDown();
	}

	private void serve() throws Exception {
		server = new ApiServer(ServerSettings.LOOPBACK, () -> List.of(weaver), List::of, Optional.of(directory), now::get);
		server.start();
	}

	@AfterEach
	void end() {
		client.close();
		server.close();
		weaver.close();
	}

	private HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
		URI uri = URI.create(server.uri().toString().replaceAll("/$", "") + path);
		HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("X-API-KEY", key).method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
		if (body != null) {
			request.header("Content-Type", "application/json");
		}
		if (headers.length > 0) {
			request.headers(headers);
		}
		return client.send(request.build(), BodyHandlers.ofString());
	}

	/** Slowly, so that no plan expires meanwhile. */
	private <T> T whileWeaving(Callable<T> work) throws Exception {
		FutureTask<T> task = new FutureTask<>(work);
		Thread.ofVirtual().start(task);
		while (!task.isDone()) {
			weaver.step();
			Thread.sleep(200);
		}
		return task.get();
	}

	private WeaverState until(String what, Predicate<WeaverState> holds) {
		for (int i = 0; i < 200; i++) {
			if (holds.test(weaver.state())) {
				return weaver.state();
			}
			weaver.step();
		}
		throw new AssertionError(what + " does not come: " + weaver.state().plans() + " " + weaver.state().queue() + " " + weaver.state().report() + " " + weaver.state().statuses());
	}

	private JsonNode trail() throws Exception {
		return JSON.readTree(send("GET", "/api/v1/audit?limit=1000", null).body()).get("items");
	}

	/** In an order in which each finds what it needs. */
	private Map<String, Callable<Ask>> asks() {
		Map<String, Callable<Ask>> asks = new LinkedHashMap<>();
		asks.put("putThreshold", () -> new Ask(ESTATE + "thresholds/low", RULE, "If-None-Match", "*"));
		asks.put("acknowledgeAlert", () -> new Ask(ESTATE + "alerts/" + encoded(until("an alert", state -> state.alerts().stream().anyMatch(Alert::isActive)).alerts().stream().filter(Alert::isActive)
				.findFirst().orElseThrow().id()) + "/acknowledge"));
		asks.put("deleteThreshold", () -> new Ask(ESTATE + "thresholds/low", null, "If-Match", send("GET", ESTATE + "thresholds/low", null).headers().firstValue("etag").orElseThrow()));
		asks.put("receiveAlerts", () -> new Ask(ESTATE + "alertmanager", example("receiveAlerts")));
		asks.put("startBacktest", () -> new Ask(SERIES + "backtests", "{\"leads\":[\"PT5M\"],\"origins\":2}"));
		asks.put("retrainSeries", () -> new Ask(SERIES + "retrain"));
		asks.put("pinModel", () -> new Ask(SERIES + "pin", "{\"model\":\"last\"}"));
		asks.put("unpinModel", () -> new Ask(SERIES + "pin"));
		asks.put("cancelJob", () -> new Ask("/api/v1/jobs/job-1"));
		asks.put("putScenario", () -> new Ask(ESTATE + "scenarios/more", MORE));
		asks.put("previewScenario", () -> new Ask(ESTATE + "scenarios/more/preview"));
		asks.put("commitScenario", () -> new Ask(ESTATE + "scenarios/more/commit"));
		asks.put("dryRunPlan", () -> new Ask(ESTATE + "plans/" + proposed() + "/dry-run"));
		asks.put("rejectPlan", () -> new Ask(ESTATE + "plans/" + proposed() + "/reject"));
		asks.put("approvePlan", () -> new Ask(ESTATE + "plans/" + proposed() + "/approve"));
		asks.put("cancelQueued", () -> new Ask(ESTATE + "queue/" + until("what was not called yet", state -> waiting(state).isPresent()).queue().stream()
				.filter(one -> one.state() == QueueEntry.State.JOURNALLED).findFirst().orElseThrow().token() + "/cancel"));
		asks.put("deleteScenario", () -> new Ask(ESTATE + "scenarios/more"));
		asks.put("adoptMachine", () -> new Ask(drifted(Drift.Kind.ORPHAN, "i1") + "adopt", "{\"group\":\"web\"}"));
		asks.put("removeMachine", () -> new Ask(drifted(Drift.Kind.ORPHAN, "i2") + "remove"));
		asks.put("prolongMachine", () -> new Ask(drifted(Drift.Kind.OVERDUE, "i1") + "review", "{\"until\":\"" + weaver.state().time().plus(Duration.ofDays(2)) + "\"}"));
		asks.put("putMode", () -> new Ask(ESTATE + "automation/groups/web/mode", "{ \"mode\":\n \"OBSERVE\" }"));
		asks.put("resumeGroup", () -> new Ask(ESTATE + "automation/groups/web/resume"));
		asks.put("raiseCap", () -> new Ask(ESTATE + "automation/groups/web/cap", "{\"max\":12,\"until\":\"" + weaver.state().time().plusSeconds(3600) + "\"}"));
		asks.put("thawGroup", () -> new Ask(ESTATE + "automation/groups/web/thaw", "{\"until\":\"" + weaver.state().time().plusSeconds(3600) + "\",\"reason\":\"incident\"}"));
		asks.put("stopCalls", () -> new Ask(ESTATE + "automation/kill-switch/on"));
		asks.put("allowCalls", () -> new Ask(ESTATE + "automation/kill-switch/off"));
		return asks;
	}

	private static Optional<QueueEntry> waiting(WeaverState state) {
		return state.queue().stream().filter(one -> one.state() == QueueEntry.State.JOURNALLED).findFirst();
	}

	/** A plan that waits for a decision: of the scenario, or of the engine some time after a rejection. */
	private String proposed() {
		until("a plan that waits", state -> plan().isPresent());
		return plan().orElseThrow().id();
	}

	private Optional<Plan> plan() {
		return weaver.state().plans().stream().filter(one -> one.state() == Plan.State.PROPOSED && one.approveBy().isAfter(weaver.state().time().plusSeconds(300))).findFirst();
	}

	private String drifted(Drift.Kind kind, String instance) {
		until(kind + " " + instance, state -> state.report().drifts().stream().anyMatch(drift -> drift.kind() == kind && drift.instance().equals(instance)));
		return ESTATE + "machines/cloud1/" + instance + "/";
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	/** The method of each operation that is no GET. */
	private Map<String, String> writes(boolean reading) {
		Map<String, String> found = new TreeMap<>();
		document.forEach(path -> path.properties().forEach(one -> {
			JsonNode operation = one.getValue();
			if (!one.getKey().equals("get") && operation.get("description").asText().contains("`read`") == reading) {
				found.put(operation.get("operationId").asText(), one.getKey().toUpperCase(Locale.ROOT));
			}
		}));
		return found;
	}

	private String example(String operation) {
		for (JsonNode path : document) {
			for (JsonNode one : path) {
				if (one.get("operationId").asText().equals(operation)) {
					return one.get("requestBody").get("content").get("application/json").get("example").toString();
				}
			}
		}
		throw new AssertionError(operation);
	}

	@Test
	void eachOperationThatChangesSomethingIsInTheTrail() throws Exception {
		Map<String, String> writes = writes(false);
		Map<String, Callable<Ask>> asks = asks();
		assertEquals(writes.keySet(), new TreeSet<>(asks.keySet()), "each operation that changes something is asked for here");
		List<String> wrong = new ArrayList<>();
		for (var one : asks.entrySet()) {
			String method = writes.get(one.getKey());
			Ask ask = one.getValue().call();
			now.updateAndGet(time -> time.plusSeconds(60));
			int before = trail().size();
			boolean waits = Set.of("previewScenario", "commitScenario", "dryRunPlan").contains(one.getKey());
			HttpResponse<String> answer = waits ? whileWeaving(() -> send(method, ask.path(), ask.body(), ask.headers())) : send(method, ask.path(), ask.body(), ask.headers());
			assertEquals(2, answer.statusCode() / 100, one.getKey() + ": " + answer.body());
			weaver.step();
			JsonNode trail = trail();
			String what = method + " " + URLDecoder.decode(ask.path(), StandardCharsets.UTF_8) + (ask.body() == null ? "" : " " + ask.body().replaceAll("\\s+", " "));
			String entered = trail.size() != before + 1 ? trail.size() - before + " entries" : line(trail.get(before));
			String wanted = now.get() + " " + ADMIN + " key " + answer.statusCode() + " " + what;
			if (!entered.equals(wanted)) {
				wrong.add(one.getKey() + ": " + entered + " and not " + wanted);
			}
		}
		assertEquals(List.of(), wrong);
		assertEquals(0, AuditTrail.verify(directory.resolve("api/audit")).broken());
	}

	private static String line(JsonNode entry) {
		return entry.get("at").asText() + " " + entry.get("who").asText() + " " + entry.get("why").asText() + " " + entry.get("result").asText() + " " + entry.get("what").asText();
	}

	@Test
	void whatIsDecidedMeanwhileIsAConflict() throws Exception {
		String plan = proposed();
		FutureTask<HttpResponse<String>> asking = new FutureTask<>(() -> send("POST", ESTATE + "plans/" + plan + "/dry-run", null));
		weaver.automation().reject(plan, ADMIN);
		Thread.ofVirtual().start(asking);
		while (!asking.isDone()) {
			Thread.sleep(200);
			weaver.step();
		}
		assertEquals(409, asking.get().statusCode(), asking.get().body());
	}

	@Test
	void whatOnlyReadsIsNot() throws Exception {
		assertEquals(Set.of("solveScenario", "imagineScenario"), writes(true).keySet());
		int before = trail().size();
		for (String operation : List.of("solve", "imagine")) {
			assertEquals(200, whileWeaving(() -> send("POST", ESTATE + "scenarios/" + operation, MORE)).statusCode());
		}
		assertEquals(before, trail().size());
	}

	@Test
	void whoMakesOrRevokesAKeyAndWhichSettingsHoldIsInIt() throws Exception {
		server.close();
		now.updateAndGet(time -> time.plusSeconds(60));
		ApiKeys keys = new ApiKeys(directory, now::get);
		Instant end = now.get().plus(Duration.ofDays(90));
		String made = keys.add("grafana", Set.of(Scope.READ, Scope.OPERATE), Optional.of(end)).key();
		serve();
		// a running server goes on behind what others enter
		assertTrue(keys.revoke("grafana"));
		assertFalse(keys.revoke("grafana"));
		assertEquals(204, send("POST", ESTATE + "automation/kill-switch/on", null).statusCode());
		List<String> lines = new ArrayList<>();
		trail().forEach(entry -> lines.add(line(entry)));
		String account = " " + ChangeLog.account() + " account ";
		Instant start = now.get().minusSeconds(60);
		assertEquals(start + account + "done key add ann read,operate,approve,provision,admin", lines.get(0));
		assertTrue(lines.get(1).matches(start + account + "listens at http://127.0.0.1:\\d+/ settings \\{\"address\":\"127.0.0.1\".*\"requestsPerSecond\":500.*"), lines.get(1));
		assertTrue(lines.get(2).startsWith(start + account + "ends settings {"), lines.get(2));
		assertEquals(now.get() + account + "done key add grafana read,operate until " + end, lines.get(3));
		assertTrue(lines.get(4).startsWith(now.get() + account + "listens at "), lines.get(4));
		assertEquals(now.get() + account + "done key revoke grafana", lines.get(5));
		assertEquals(now.get() + " " + ADMIN + " key 204 POST " + ESTATE + "automation/kill-switch/on", lines.get(6));
		assertEquals(7, lines.size());
		assertFalse(lines.toString().contains(made) || lines.toString().contains(key));
		assertEquals(0, AuditTrail.verify(directory.resolve("api/audit")).broken());
	}

	@Test
	void noKeyIsMadeThatCannotBeEntered() throws Exception {
		server.close();
		Files.writeString(directory.resolve("api/audit"), "no entry\n");
		ApiKeys keys = new ApiKeys(directory, now::get);
		assertTrue(assertThrows(IOException.class, () -> keys.add("late", Set.of(Scope.READ), Optional.empty())).getMessage().contains("broken in line 1"));
		assertThrows(IOException.class, () -> keys.revoke(ADMIN));
		assertEquals(List.of(ADMIN), keys.list().stream().map(ApiKey::name).toList());
		serve();
		HttpResponse<String> refused = send("POST", ESTATE + "automation/kill-switch/on", null);
		assertEquals(503, refused.statusCode(), refused.body());
		Files.delete(directory.resolve("api/audit"));
		assertEquals(204, send("POST", ESTATE + "automation/kill-switch/on", null).statusCode());
	}

	@Test
	void whatIsRefusedAndWhatIsAnsweredAgainIsInItToo() throws Exception {
		String path = ESTATE + "automation/groups/web/mode";
		String secret = new ApiKeys(directory, now::get).add("other", Set.of(Scope.READ), Optional.empty()).key();
		int before = trail().size();
		assertEquals(202, send("PUT", path, "{\"mode\":\"OFF\"}", "Idempotency-Key", "one").statusCode());
		assertEquals(202, send("PUT", path, "{\"mode\":\"OFF\"}", "Idempotency-Key", "one").statusCode());
		assertEquals(422, send("PUT", path, "{\"mode\":\"AUTO\"}", "Idempotency-Key", "one").statusCode());
		assertEquals(422, send("PUT", path, "{\"mode\":null}").statusCode());
		assertEquals(400, send("PUT", path, "{\"mode\":\"" + secret + "\"}").statusCode());
		assertEquals(400, send("PUT", path, "{\"mode\":\"" + "x".repeat(5000) + "\"}").statusCode());
		List<String> lines = new ArrayList<>();
		trail().forEach(entry -> lines.add(entry.get("result").asText() + " " + entry.get("what").asText().replaceFirst(".*mode ", "")));
		assertEquals(List.of("202 {\"mode\":\"OFF\"}", "202 replayed {\"mode\":\"OFF\"}", "422 {\"mode\":\"AUTO\"}", "422 {\"mode\":null}", "400 {\"mode\":\"sw_…\"}",
				"400 {\"mode\":\"" + "x".repeat(1991) + "…"), lines.subList(before, lines.size()));
	}

	@Test
	void anIdempotencyKeyRemembersNothingOfWhoMayNot() throws Exception {
		String path = ESTATE + "automation/kill-switch/off";
		ApiKeys keys = new ApiKeys(directory, now::get);
		String admin = key;
		key = keys.add("robot", Set.of(Scope.READ), Optional.empty()).key();
		assertEquals(403, send("POST", path, null, "Idempotency-Key", "one").statusCode());
		assertTrue(keys.revoke("robot"));
		key = keys.add("robot", Set.of(Scope.READ, Scope.PROVISION), Optional.empty()).key();
		assertEquals(204, send("POST", path, null, "Idempotency-Key", "one").statusCode());
		assertTrue(keys.revoke("robot"));
		key = keys.add("robot", Set.of(Scope.READ), Optional.empty()).key();
		assertEquals(403, send("POST", path, null, "Idempotency-Key", "one").statusCode());
		key = admin;
		List<String> results = new ArrayList<>();
		trail().forEach(entry -> results.add(entry.get("who").asText() + " " + entry.get("result").asText()));
		assertEquals(List.of("robot 403", "robot 204", "robot 403"), results.stream().filter(one -> one.startsWith("robot")).toList());
	}
}
