// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
import io.shadowweaver.server.security.ApiKeys;
import io.shadowweaver.server.security.Scope;

/** Knows how to make each operation of the document that is no GET succeed, over an estate in which much happens. */
abstract class EveryOperation {
	static final ObjectMapper JSON = new ObjectMapper();
	static final String ESTATE = "/api/v1/estates/sine/";
	private static final String SERIES = ESTATE + "series/web-1/requests/";
	static final String RULE = "{\"id\":\"low\",\"metric\":\"requests\",\"kind\":\"\",\"labels\":{\"labels\":{}},\"warning\":0.001,\"critical\":0.002,\"recovery\":0.0005,\"level\":0.5,\"guidance\":\"Look.\"}";
	static final String MORE = "{\"version\":1,\"name\":\"More\",\"changes\":[{\"type\":\"add\",\"group\":\"web\",\"count\":1}]}";
	static final String ADMIN = "ann";

	@TempDir
	Path directory;
	final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-25T08:00:00Z"));
	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
	final MemoryCloud cloud = new MemoryCloud();
	Weaver weaver;
	ApiServer server;
	String key;
	JsonNode document;

	/** How an operation is made to succeed. */
	record Ask(String path, String body, String... headers) {
		Ask(String path) {
			this(path, null);
		}
	}

	@BeforeEach
	final void start() throws Exception {
		weaver = SineEstate.open(directory.resolve("estates/sine"), List.of(cloud, new LeftCloud(SineEstate.START.plus(Duration.ofMinutes(30)))));
		key = new ApiKeys(directory, now::get).add(ADMIN, Set.of(Scope.values()), Optional.empty()).key();
		serve();
		document = JSON.readTree(send("GET", "/openapi.json", null).body()).get("paths");
		weaver.automation().group(new GroupSettings("web", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(2), Optional.empty(), Optional.empty(),
				Optional.of(List.of(new Template("cloud0", List.of("small"), "", "", "", Map.of(), ""))), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
		weaver.automation().mode("web", Mode.PROPOSE);
		cloud.goDown();
	}

	void serve() throws Exception {
		server = new ApiServer(ServerSettings.LOOPBACK, () -> List.of(weaver), List::of, Optional.of(directory), now::get);
		server.start();
	}

	@AfterEach
	final void end() {
		client.close();
		server.close();
		weaver.close();
	}

	HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
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
	<T> T whileWeaving(Callable<T> work) throws Exception {
		FutureTask<T> task = new FutureTask<>(work);
		Thread.ofVirtual().start(task);
		while (!task.isDone()) {
			weaver.step();
			Thread.sleep(200);
		}
		return task.get();
	}

	WeaverState until(String what, Predicate<WeaverState> holds) {
		for (int i = 0; i < 200; i++) {
			if (holds.test(weaver.state())) {
				return weaver.state();
			}
			weaver.step();
		}
		throw new AssertionError(what + " does not come: " + weaver.state().plans() + " " + weaver.state().queue() + " " + weaver.state().report() + " " + weaver.state().statuses());
	}

	JsonNode trail() throws Exception {
		return JSON.readTree(send("GET", "/api/v1/audit?limit=1000", null).body()).get("items");
	}

	/** In an order in which each finds what it needs. */
	Map<String, Callable<Ask>> asks() {
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
	String proposed() {
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
	Map<String, String> writes(boolean reading) {
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

	/** Asks for one; time has gone on by a minute since the one before. */
	HttpResponse<String> succeed(String operation, String method, Ask ask) throws Exception {
		now.updateAndGet(time -> time.plusSeconds(60));
		boolean waits = Set.of("previewScenario", "commitScenario", "dryRunPlan").contains(operation);
		HttpResponse<String> answer = waits ? whileWeaving(() -> send(method, ask.path(), ask.body(), ask.headers())) : send(method, ask.path(), ask.body(), ask.headers());
		assertEquals(2, answer.statusCode() / 100, operation + ": " + answer.body());
		weaver.step();
		return answer;
	}
}
