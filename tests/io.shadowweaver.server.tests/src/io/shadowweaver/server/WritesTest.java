// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.server.security.ApiKeys;
import io.shadowweaver.server.security.Scope;

class WritesTest {
	private static final ObjectMapper JSON = new ObjectMapper();
	private static final String ESTATE = "api/v1/estates/sine/";
	private static final String RULE = "{\"id\":\"mine\",\"metric\":\"requests\",\"kind\":\"group\",\"labels\":{\"labels\":{}},\"warning\":0.5,\"critical\":0.6,\"recovery\":0.4,\"level\":0.9,\"guidance\":\"Look.\"}";

	@TempDir
	Path directory;
	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
	private Weaver weaver;
	private ApiServer server;
	private String operator;
	private String provisioner;

	@BeforeEach
	void start() throws Exception {
		weaver = SineEstate.open(directory.resolve("estates/sine"));
		ApiKeys keys = new ApiKeys(directory, Clock.systemUTC());
		operator = keys.add("ann", Set.of(Scope.READ, Scope.OPERATE, Scope.APPROVE, Scope.ADMIN), Optional.empty()).key();
		provisioner = keys.add("robot", Set.of(Scope.READ, Scope.OPERATE, Scope.PROVISION), Optional.empty()).key();
		serve();
	}

	private void serve() throws Exception {
		Status well = new Status(Status.State.OK, "", "Works.", Clock.systemUTC().instant());
		server = new ApiServer(ServerSettings.LOOPBACK, () -> List.of(weaver), () -> List.of(new Plugin("forecastModels", "last", "Last", "The last value.", "test 1", well)), Optional.of(directory), Clock.systemUTC());
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

	private static void problem(int status, HttpResponse<String> response, String part) throws Exception {
		assertEquals(status, response.statusCode(), response.body());
		assertEquals(Problem.JSON, response.headers().firstValue("content-type").orElse(""));
		assertTrue(JSON.readTree(response.body()).get("detail").asText().contains(part), response.body());
		assertFalse(response.body().contains("io.shadowweaver"), response.body());
	}

	@Test
	void aThresholdIsEditedByWhoHasReadIt() throws Exception {
		problem(428, send(operator, "PUT", ESTATE + "thresholds/mine", RULE), "If-None-Match");
		HttpResponse<String> made = send(operator, "PUT", ESTATE + "thresholds/mine", RULE, "If-None-Match", "*");
		assertEquals(201, made.statusCode(), made.body());
		problem(412, send(operator, "PUT", ESTATE + "thresholds/mine", RULE, "If-None-Match", "*"), "changed");
		String tag = send(operator, "GET", ESTATE + "thresholds/mine", null).headers().firstValue("etag").orElseThrow();
		assertEquals(made.headers().firstValue("etag").orElseThrow(), tag);
		HttpResponse<String> changed = send(operator, "PUT", ESTATE + "thresholds/mine", RULE.replace("Look.", "Act."), "If-Match", tag);
		assertEquals(200, changed.statusCode(), changed.body());
		assertNotEquals(tag, changed.headers().firstValue("etag").orElseThrow());
		problem(412, send(operator, "PUT", ESTATE + "thresholds/mine", RULE, "If-Match", tag), "changed");
		problem(428, send(operator, "DELETE", ESTATE + "thresholds/mine", null), "If-Match");
		weaver.step();
		assertTrue(weaver.state().thresholds().stream().anyMatch(rule -> rule.guidance().equals("Act.")));
		assertEquals(204, send(operator, "DELETE", ESTATE + "thresholds/mine", null, "If-Match", changed.headers().firstValue("etag").orElseThrow()).statusCode());
		problem(404, send(operator, "GET", ESTATE + "thresholds/mine", null), "no threshold");
	}

	@Test
	void whatIsWrongInABodyIsNamedAndChangesNothing() throws Exception {
		problem(400, send(operator, "PUT", ESTATE + "thresholds/mine", RULE.replace("\"guidance\"", "\"colour\":1,\"guidance\""), "If-None-Match", "*"), "colour: it is not known here; known are critical");
		problem(400, send(operator, "PUT", ESTATE + "thresholds/mine", RULE.replace("\"warning\":0.5,", ""), "If-None-Match", "*"), "warning: it is missing");
		problem(400, send(operator, "PUT", ESTATE + "thresholds/mine", RULE.replace("0.5", "\"much\""), "If-None-Match", "*"), "warning");
		problem(400, send(operator, "PUT", ESTATE + "thresholds/mine", RULE.replace("0.5", "9"), "If-None-Match", "*"), "recovery <= warning < critical");
		problem(400, send(operator, "PUT", ESTATE + "thresholds/mine", "{", "If-None-Match", "*"), "line 1");
		problem(422, send(operator, "PUT", ESTATE + "thresholds/other", RULE, "If-None-Match", "*"), "must be 'other'");
		problem(400, send(operator, "PUT", ESTATE + "automation/groups/web/mode", "{\"mode\":\"FAST\"}"), "mode");
		assertTrue(weaver.config().thresholds().isEmpty());
	}

	@Test
	void theSameKeyHasAnEffectOnceAlsoAfterARestart() throws Exception {
		String path = ESTATE + "automation/groups/web/mode";
		HttpResponse<String> first = send(provisioner, "PUT", path, "{\"mode\":\"AUTO\"}", "Idempotency-Key", "one");
		assertEquals(202, first.statusCode(), first.body());
		weaver.step();
		assertEquals(Mode.AUTO, weaver.state().mode("web"));
		assertEquals(202, send(provisioner, "PUT", path, "{\"mode\":\"OFF\"}").statusCode());
		weaver.step();
		HttpResponse<String> again = send(provisioner, "PUT", path, "{\"mode\":\"AUTO\"}", "Idempotency-Key", "one");
		assertEquals(202, again.statusCode());
		assertEquals("true", again.headers().firstValue("idempotent-replayed").orElse(""));
		server.close();
		serve();
		assertEquals("true", send(provisioner, "PUT", path, "{\"mode\":\"AUTO\"}", "Idempotency-Key", "one").headers().firstValue("idempotent-replayed").orElse(""));
		problem(422, send(provisioner, "PUT", path, "{\"mode\":\"PROPOSE\"}", "Idempotency-Key", "one"), "another request");
		weaver.step();
		assertEquals(Mode.OFF, weaver.state().mode("web"));
		// another caller's key is another key
		assertTrue(send(operator, "PUT", path, "{\"mode\":\"OBSERVE\"}", "Idempotency-Key", "one").headers().firstValue("idempotent-replayed").isEmpty());
	}

	@Test
	void whoMayOperateMayStopButNotStart() throws Exception {
		problem(403, send(operator, "PUT", ESTATE + "automation/groups/web/mode", "{\"mode\":\"AUTO\"}"), "provision");
		assertEquals(204, send(operator, "POST", ESTATE + "automation/kill-switch/on", null).statusCode());
		problem(403, send(operator, "POST", ESTATE + "automation/kill-switch/off", null), "provision");
		weaver.step();
		assertTrue(JSON.readTree(send(operator, "GET", ESTATE + "automation", null).body()).get("killSwitch").asBoolean());
		assertEquals(204, send(provisioner, "POST", ESTATE + "automation/kill-switch/off", null).statusCode());
		problem(403, send(provisioner, "POST", ESTATE + "plans/p/approve", null), "approve");
		problem(404, send(operator, "POST", ESTATE + "plans/p/approve", null), "no plan 'p'");
		problem(404, send(operator, "POST", ESTATE + "plans/p/dry-run", null), "no plan 'p'");
		problem(404, send(operator, "POST", ESTATE + "queue/t/cancel", null), "queue");
		problem(404, send(operator, "POST", ESTATE + "alerts/a/acknowledge", null), "no alert");
		problem(404, send(provisioner, "PUT", ESTATE + "automation/groups/none/mode", "{\"mode\":\"OFF\"}"), "no group");
		weaver.step();
		JsonNode decided = JSON.readTree(send(operator, "GET", ESTATE + "audit", null).body()).get("items");
		assertTrue(decided.toString().contains("\"who\":\"ann\"") && decided.toString().contains("\"who\":\"robot\""), decided.toString());
		// before it are two keys and the start
		JsonNode asked = JSON.readTree(send(operator, "GET", "api/v1/audit?limit=2&after=3", null).body());
		assertEquals("POST /" + ESTATE + "automation/kill-switch/on", asked.get("items").get(1).get("what").asText());
		assertEquals("5", asked.get("next").asText());
		assertEquals("204", asked.get("items").get(1).get("result").asText());
		assertEquals(6, JSON.readTree(send(operator, "GET", "api/v1/audit?limit=1&after=5", null).body()).get("items").get(0).get("number").asInt());
		problem(403, send(provisioner, "GET", "api/v1/audit", null), "admin");
	}

	@Test
	void longWorkIsAJob() throws Exception {
		HttpResponse<String> begun = send(operator, "POST", ESTATE + "series/web-1/requests/backtests", "{\"leads\":[\"PT5M\"],\"origins\":3}");
		assertEquals(202, begun.statusCode(), begun.body());
		JsonNode job = await(begun.headers().firstValue("location").orElseThrow());
		assertEquals("DONE", job.get("state").asText(), job.toString());
		assertEquals("ann", job.get("person").asText());
		assertEquals("web-1", job.get("backTest").get("subject").asText());
		assertFalse(job.get("backTest").get("results").isEmpty(), job.toString());
		JsonNode pin = await(send(operator, "PUT", ESTATE + "series/web-1/requests/pin", "{\"model\":\"last\"}").headers().firstValue("location").orElseThrow());
		assertEquals(1, pin.get("trained").asInt(), pin.toString());
		problem(422, send(operator, "PUT", ESTATE + "series/web-1/requests/pin", "{\"model\":\"nosuch\"}"), "nosuch");
		assertEquals("DONE", await(send(operator, "DELETE", ESTATE + "series/web-1/requests/pin", null).headers().firstValue("location").orElseThrow()).get("state").asText());
		assertEquals("DONE", await(send(operator, "POST", ESTATE + "series/web-1/requests/retrain", null).headers().firstValue("location").orElseThrow()).get("state").asText());
		assertEquals("last", JSON.readTree(send(operator, "GET", ESTATE + "series/web-1/requests/quality", null).body()).get("model").asText());
		assertEquals(4, JSON.readTree(send(operator, "GET", "api/v1/jobs", null).body()).size());
		assertEquals(202, send(operator, "DELETE", "api/v1/jobs/job-1", null).statusCode());
		problem(404, send(operator, "GET", "api/v1/jobs/job-99", null), "job-99");
		problem(400, send(operator, "POST", ESTATE + "series/web-1/requests/backtests", "{\"leads\":[\"PT5M\",\"PT1M\"]}"), "ascending");
	}

	private JsonNode await(String location) throws Exception {
		long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
		JsonNode job;
		do {
			job = JSON.readTree(send(operator, "GET", location, null).body());
			Thread.sleep(20);
		} while (job.get("state").asText().equals("RUNNING") && System.nanoTime() < end);
		return job;
	}

	@Test
	void committingAScenarioProposesWhatItAdds() throws Exception {
		String scenario = "{\"version\":1,\"name\":\"More\",\"changes\":[{\"type\":\"traffic\",\"on\":\"estate\",\"factor\":2},{\"type\":\"add\",\"group\":\"web\",\"count\":1}]}";
		assertEquals(204, send(operator, "PUT", ESTATE + "scenarios/more", scenario).statusCode());
		problem(403, send(operator, "POST", ESTATE + "scenarios/more/commit", null), "provision");
		problem(404, send(provisioner, "POST", ESTATE + "scenarios/less/commit", null), "no scenario 'less'");
		weaver.automation().mode("web", Mode.PROPOSE);
		for (String[] asked : new String[][] { { operator, "preview" }, { provisioner, "commit" } }) {
			JsonNode commit = JSON.readTree(whileWeaving(() -> send(asked[0], "POST", ESTATE + "scenarios/more/" + asked[1], null)).body());
			assertEquals("Nothing can be planned for Web: it has no template to make members from.", commit.get("proposals").get(0).get("sentence").asText(), commit.toString());
			assertEquals(1, commit.get("proposals").get(0).get("wanted").asInt());
			assertEquals("Nothing becomes of change 1: it adds no members.", commit.get("notes").get(0).asText());
		}
		assertEquals(204, send(operator, "PUT", ESTATE + "scenarios/more", scenario.replace("web", "nobody")).statusCode());
		problem(422, whileWeaving(() -> send(provisioner, "POST", ESTATE + "scenarios/more/commit", null)), "there is no group nobody");
	}

	private <T> T whileWeaving(Callable<T> work) throws Exception {
		FutureTask<T> task = new FutureTask<>(work);
		Thread.ofVirtual().start(task);
		while (!task.isDone()) {
			weaver.step();
			Thread.sleep(10);
		}
		return task.get();
	}

	@Test
	void scenariosAreKept() throws Exception {
		String scenario = "{\"version\":1,\"name\":\"Twice\",\"changes\":[{\"type\":\"traffic\",\"on\":\"estate\",\"factor\":2}]}";
		assertEquals(204, send(operator, "PUT", ESTATE + "scenarios/twice", scenario).statusCode());
		assertEquals("Twice", JSON.readTree(send(operator, "GET", ESTATE + "scenarios", null).body()).get(0).get("name").asText());
		assertEquals(2, JSON.readTree(send(operator, "GET", ESTATE + "scenarios/twice", null).body()).get("changes").get(0).get("factor").asInt());
		assertTrue(Files.exists(directory.resolve("scenarios/sine/twice.json")));
		problem(422, send(operator, "PUT", ESTATE + "scenarios/UP", scenario), "small letters");
		problem(422, send(operator, "PUT", ESTATE + "scenarios/bad", "{\"version\":1}"), "name");
		assertEquals(204, send(operator, "DELETE", ESTATE + "scenarios/twice", null).statusCode());
		problem(404, send(operator, "GET", ESTATE + "scenarios/twice", null), "twice");
	}

	@Test
	void whatIsConnectedAndInstalledIsRead() throws Exception {
		JsonNode source = JSON.readTree(send(operator, "GET", ESTATE + "sources", null).body()).get(0);
		assertEquals("sine", source.get("id").asText());
		assertFalse(source.has("settings"));
		assertEquals("OK", source.get("status").path("state").asText(), source.toString());
		assertEquals(0, JSON.readTree(send(operator, "GET", ESTATE + "providers", null).body()).size());
		assertEquals("last", JSON.readTree(send(operator, "GET", "api/v1/plugins?point=forecastModels", null).body()).get(0).get("id").asText());
		assertEquals(0, JSON.readTree(send(operator, "GET", "api/v1/plugins?point=leases", null).body()).size());
	}
}
