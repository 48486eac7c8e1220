// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.api.provision.CloudProviderFactory;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.source.MetricSourceFactory;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.engine.Connection;
import io.shadowweaver.engine.EstateConfig;
import io.shadowweaver.engine.EstateParts;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.forecasting.Candidate;
import io.shadowweaver.server.ApiServer;
import io.shadowweaver.server.Plugin;
import io.shadowweaver.server.ServerSettings;
import io.shadowweaver.server.security.ApiKeys;
import io.shadowweaver.server.security.Scope;

/** Plans and alerts of a fleet on the simulated cloud, decided on by callers with and without the scope for it. */
@Timeout(180)
class DecisionsOverTheApiTest {
	private static final ObjectMapper JSON = new ObjectMapper();
	private static final String ESTATE = "api/v1/estates/sim/";
	private static final int MINUTES = 14 * 60;

	@TempDir
	Path directory;
	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
	private Weaver weaver;
	private ApiServer server;
	private String reader;
	private String approver;

	@BeforeEach
	void start() throws Exception {
		Map<String, String> load = Map.of("seed", "3", "start", "2026-03-02T06:00:00Z", "incident", "false", "flash-crowd", "false", "deployments", "false", "peak", "1.1");
		Connection source = new Connection("fleet", "simulated", "Fleet", load);
		Connection provider = new Connection("simulated", "simulated", "Cloud", Map.of());
		EstateConfig config = new EstateConfig("sim", "Simulated", List.of(source), List.of(provider), List.of(), 1, Duration.ZERO, Map.of("web", Mode.PROPOSE), List.of(), List.of());
		Contributed fleet = Contributed.of("io.shadowweaver.simulated", "source", "simulated");
		Contributed cloud = Contributed.of("io.shadowweaver.simulated", "provider", "simulated");
		List<Candidate> models = new ArrayList<>();
		for (String id : List.of("naive", "seasonal-naive")) {
			Contributed model = Contributed.of("io.shadowweaver.model.baseline", "model", id);
			models.add(new Candidate(id, (ForecastModelFactory) model.factory(), model.settings(Map.of())));
		}
		EstateParts parts = new EstateParts(directory.resolve("estate"), Instant::now, List.of(new EstateParts.Part<>(source, () -> (MetricSourceFactory) fleet.factory(), fleet.settings(load))),
				List.of(new EstateParts.Part<>(provider, () -> (CloudProviderFactory) cloud.factory(), cloud.settings(Map.of()))), List.of(), models, Runnable::run);
		weaver = new Weaver(config, parts, config.provisioningOrDefaults(), false, id -> id.subject().equals("group:web"));
		weaver.prepare();
		ApiKeys keys = new ApiKeys(directory, Clock.systemUTC());
		reader = keys.add("grafana", Set.of(Scope.READ), Optional.empty()).key();
		approver = keys.add("ann", Set.of(Scope.READ, Scope.OPERATE, Scope.APPROVE, Scope.ADMIN), Optional.empty()).key();
		server = new ApiServer(ServerSettings.LOOPBACK, () -> List.of(weaver), List::<Plugin>of, Optional.of(directory), Clock.systemUTC());
		server.start();
	}

	@AfterEach
	void end() {
		client.close();
		server.close();
		weaver.close();
	}

	private HttpResponse<String> send(String key, String method, String path, String body, String... headers) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(server.uri().resolve(path)).header("X-API-KEY", key).method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
		if (body != null) {
			request.header("Content-Type", "application/json");
		}
		if (headers.length > 0) {
			request.headers(headers);
		}
		return client.send(request.build(), BodyHandlers.ofString());
	}

	private JsonNode get(String path) throws Exception {
		HttpResponse<String> response = send(approver, "GET", path, null);
		assertEquals(200, response.statusCode(), response.body());
		return JSON.readTree(response.body());
	}

	private static void refused(int status, HttpResponse<String> response) {
		assertEquals(status, response.statusCode(), response.body());
		assertEquals("application/problem+json", response.headers().firstValue("content-type").orElse(""));
	}

	private WeaverState until(String what, Predicate<WeaverState> holds) throws Exception {
		for (int minute = 0; minute < MINUTES; minute++) {
			WeaverState state = weaver.step();
			if (holds.test(state)) {
				return state;
			}
		}
		throw new AssertionError(what + " did not happen: " + weaver.state().plans() + " " + weaver.state().alerts() + " " + weaver.state().statuses());
	}

	/** One that has stood for a while and that a person has time to look at. */
	private Plan proposed() throws Exception {
		return proposed(until("a proposal", state -> proposed(state).isPresent())).orElseThrow();
	}

	private static Optional<Plan> proposed(WeaverState state) {
		return state.plans().stream().filter(plan -> plan.state() == Plan.State.PROPOSED && plan.createdAt().isBefore(state.time().minusSeconds(180)) && plan.approveBy().isAfter(state.time().plusSeconds(180))).findFirst();
	}

	private Plan.State stateOf(Plan plan) {
		return weaver.state().plans().stream().filter(one -> one.id().equals(plan.id())).findFirst().orElseThrow().state();
	}

	@Test
	void aPlanIsApprovedByWhoMayAndOnce() throws Exception {
		Plan plan = proposed();
		String path = ESTATE + "plans/" + plan.id();
		HttpResponse<String> read = send(reader, "GET", path, null);
		assertEquals("PROPOSED", JSON.readTree(read.body()).get("state").asText());
		String tag = read.headers().firstValue("etag").orElseThrow();
		refused(403, send(reader, "POST", path + "/approve", null, "If-Match", tag));
		refused(412, send(approver, "POST", path + "/approve", null, "If-Match", "\"0\""));
		weaver.step();
		assertEquals(Plan.State.PROPOSED, stateOf(plan), weaver.state().plans()::toString);
		assertTrue(weaver.state().queue().isEmpty());

		tag = send(reader, "GET", path, null).headers().firstValue("etag").orElseThrow();
		int before = weaver.state().topology().liveMembers("web").size();
		HttpResponse<String> approved = send(approver, "POST", path + "/approve", null, "If-Match", tag, "Idempotency-Key", "approve-1");
		assertEquals(202, approved.statusCode(), approved.body());
		HttpResponse<String> again = send(approver, "POST", path + "/approve", null, "If-Match", tag, "Idempotency-Key", "approve-1");
		assertEquals(202, again.statusCode());
		assertEquals("true", again.headers().firstValue("idempotent-replayed").orElse(""));
		refused(422, send(approver, "POST", path + "/reject", null, "Idempotency-Key", "approve-1"));
		refused(422, send(approver, "POST", path + "/approve", "{}", "Idempotency-Key", "approve-1"));
		weaver.step();
		assertFalse(stateOf(plan) == Plan.State.PROPOSED || stateOf(plan) == Plan.State.REJECTED, weaver.state().plans().toString());
		refused(409, send(approver, "POST", path + "/approve", null));
		refused(412, send(approver, "POST", path + "/reject", null, "If-Match", tag));

		until("a machine that takes load", state -> state.queue().stream().anyMatch(entry -> entry.state() == QueueEntry.State.READY));
		assertTrue(weaver.state().topology().liveMembers("web").size() > before);
		assertEquals("ann", get(path).get("approvals").get(0).get("person").asText(), get(path).toString());
		JsonNode asked = get("api/v1/audit").get("items");
		assertEquals(List.of("grafana 403", "ann 412", "ann 202", "ann 202 replayed", "ann 409"), entries(asked, "/approve"));
		assertTrue(get(ESTATE + "audit").toString().contains("\"who\":\"ann\""));
	}

	private static List<String> entries(JsonNode items, String suffix) {
		List<String> found = new ArrayList<>();
		items.forEach(entry -> {
			if (entry.get("what").asText().endsWith(suffix)) {
				found.add(entry.get("who").asText() + " " + entry.get("result").asText());
			}
		});
		return found;
	}

	@Test
	void anAlertIsAcknowledgedByWhoMay() throws Exception {
		Alert alert = until("an alert", state -> state.alerts().stream().anyMatch(Alert::isActive)).alerts().stream().filter(Alert::isActive).findFirst().orElseThrow();
		String path = ESTATE + "alerts/" + java.net.URLEncoder.encode(alert.id(), java.nio.charset.StandardCharsets.UTF_8) + "/acknowledge";
		refused(403, send(reader, "POST", path, null));
		weaver.step();
		assertEquals("", acknowledged(alert));
		assertEquals(202, send(approver, "POST", path, null).statusCode());
		weaver.step();
		assertEquals("ann", acknowledged(alert));
		refused(404, send(approver, "POST", ESTATE + "alerts/nosuch/acknowledge", null));
		assertEquals(List.of("grafana 403", "ann 202", "ann 404"), entries(get("api/v1/audit").get("items"), "/acknowledge"));
	}

	private String acknowledged(Alert alert) {
		return weaver.state().alerts().stream().filter(one -> one.id().equals(alert.id())).findFirst().orElseThrow().acknowledgedBy();
	}

	private JsonNode tool(String key, String name, String arguments) throws Exception {
		HttpResponse<String> response = send(key, "POST", "mcp", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"" + name + "\",\"arguments\":" + arguments + "}}");
		assertEquals(200, response.statusCode(), response.body());
		return JSON.readTree(response.body()).get("result");
	}

	@Test
	void anAgentDecidesOnThePlanThatItHasReadIfItsKeyMay() throws Exception {
		Plan plan = proposed();
		String named = "{\"estate\":\"sim\",\"plan\":\"" + plan.id() + "\"";
		JsonNode read = tool(reader, "get_plan", named + "}").get("structuredContent");
		assertEquals("PROPOSED", read.get("plan").get("state").asText());
		String decision = named + ",\"etag\":" + JSON.writeValueAsString(read.get("etag").asText()) + "}";
		JsonNode refused = tool(reader, "approve_plan", decision);
		assertTrue(refused.get("isError").asBoolean() && refused.toString().contains("scope 'approve'"), refused.toString());
		assertTrue(tool(approver, "approve_plan", named + "}").toString().contains("'etag' is needed"));
		assertTrue(tool(approver, "approve_plan", named + ",\"etag\":\"\\\"0\\\"\"}").toString().contains("has changed since"));
		weaver.step();
		assertEquals(Plan.State.PROPOSED, stateOf(plan));
		decision = named + ",\"etag\":" + JSON.writeValueAsString(tool(reader, "get_plan", named + "}").get("structuredContent").get("etag").asText()) + "}";
		assertFalse(tool(approver, "approve_plan", decision).get("isError").asBoolean());
		weaver.step();
		assertFalse(stateOf(plan) == Plan.State.PROPOSED, weaver.state().plans().toString());
		assertEquals("ann", get(ESTATE + "plans/" + plan.id()).get("approvals").get(0).get("person").asText());
		List<String> trail = new ArrayList<>();
		get("api/v1/audit").get("items").forEach(entry -> {
			if (entry.get("what").asText().startsWith("mcp ")) {
				trail.add(entry.get("who").asText() + " " + entry.get("what").asText().split(" ")[1] + " " + entry.get("result").asText().startsWith("done"));
			}
		});
		assertEquals(List.of("grafana approve_plan false", "ann approve_plan false", "ann approve_plan false", "ann approve_plan true"), trail);
		assertEquals(9, send(reader, "POST", "mcp", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}").body().split("\"inputSchema\"").length - 1);
		assertEquals(13, send(approver, "POST", "mcp", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}").body().split("\"inputSchema\"").length - 1);
	}
}
