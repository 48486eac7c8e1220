// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import com.fasterxml.jackson.databind.JsonNode;

import io.shadowweaver.provisioning.audit.AuditTrail;
import io.shadowweaver.server.security.ApiKey;
import io.shadowweaver.server.security.ApiKeys;
import io.shadowweaver.server.security.ChangeLog;
import io.shadowweaver.server.security.Scope;

/** Each operation of the document that changes something is asked for until it succeeds, and has to stand in the trail. */
@Timeout(120)
class AuditTest extends EveryOperation {
	@Test
	void eachOperationThatChangesSomethingIsInTheTrail() throws Exception {
		Map<String, String> writes = writes(false);
		Map<String, Callable<Ask>> asks = asks();
		assertEquals(writes.keySet(), new TreeSet<>(asks.keySet()), "each operation that changes something is asked for here");
		List<String> wrong = new ArrayList<>();
		for (var one : asks.entrySet()) {
			String method = writes.get(one.getKey());
			Ask ask = one.getValue().call();
			int before = trail().size();
			HttpResponse<String> answer = succeed(one.getKey(), method, ask);
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
