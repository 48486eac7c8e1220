// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

/** What the document says of answers, beside real ones of an estate in which much happens. */
@Timeout(180)
class AnswersTest extends EveryOperation {
	/** What some parameters have to be, where it is no matter of the estate. */
	private final Map<String, String> parameters = new HashMap<>(Map.of("estate", "sine", "resource", "web-1", "subject", "web-1", "metric", "requests", "threshold", "requests", "scenario", "more",
			"job", "job-1", "namespace", "default", "leads", "PT5M,PT1H"));
	/** Have nothing to answer with at times. */
	private static final Set<String> NOT_ALWAYS = Set.of("getPlan", "getJob", "getBacktestReport", "getScenario", "getThreshold");

	private final ArrayNode answers = JSON.createArrayNode();

	private void note(String operation, HttpResponse<String> answer) throws Exception {
		if (answer.headers().firstValue("content-type").orElse("").startsWith("application/json")) {
			answers.addObject().put("operation", operation).put("status", answer.statusCode()).set("body", JSON.readTree(answer.body()));
		}
	}

	/** Asks for all that is only read. */
	private void readAll() throws Exception {
		weaver.state().plans().stream().findFirst().ifPresent(plan -> parameters.put("plan", plan.id()));
		weaver.state().thresholds().stream().findFirst().ifPresent(rule -> parameters.put("threshold", rule.id()));
		for (var path : document.properties()) {
			JsonNode operation = path.getValue().get("get");
			if (operation == null) {
				continue;
			}
			String id = operation.get("operationId").asText();
			String asked = path(path.getKey(), operation);
			HttpResponse<String> answer = id.equals("getState") ? whileWeaving(() -> send("GET", asked, null)) : send("GET", asked, null);
			assertTrue(answer.statusCode() == 200 || NOT_ALWAYS.contains(id), () -> id + ": " + answer.statusCode() + " " + answer.body());
			if (answer.statusCode() == 200) {
				note(id, answer);
			}
		}
	}

	private String path(String template, JsonNode operation) {
		String path = template;
		List<String> query = new ArrayList<>();
		for (JsonNode parameter : operation.path("parameters")) {
			String name = parameter.get("name").asText();
			if (parameter.get("in").asText().equals("path")) {
				path = path.replace("{" + name + "}", parameters.getOrDefault(name, "none"));
			} else if (name.equals("leads")) {
				query.add("leads=PT5M,PT1H");
			}
		}
		return path + (query.isEmpty() ? "" : "?" + String.join("&", query));
	}

	@Test
	void realAnswersAreAsTheDocumentSays() throws Exception {
		Map<String, String> methods = writes(false);
		methods.putAll(writes(true));
		readAll();
		for (var one : asks().entrySet()) {
			note(one.getKey(), succeed(one.getKey(), methods.get(one.getKey()), one.getValue().call()));
			if (Set.of("acknowledgeAlert", "startBacktest", "commitScenario", "approvePlan", "adoptMachine").contains(one.getKey())) {
				readAll();
			}
		}
		readAll();
		for (String operation : List.of("solve", "imagine")) {
			note(operation + "Scenario", whileWeaving(() -> send("POST", ESTATE + "scenarios/" + operation, MORE)));
		}
		Set<String> expected = new TreeSet<>();
		document.forEach(path -> path.forEach(operation -> operation.get("responses").properties().forEach(response -> {
			if (response.getKey().startsWith("2") && response.getValue().path("content").has("application/json")) {
				expected.add(operation.get("operationId").asText());
			}
		})));
		Set<String> answered = new TreeSet<>();
		answers.forEach(answer -> answered.add(answer.get("operation").asText()));
		assertEquals(expected, answered, "each operation that answers with JSON has done so");
		try (Clients clients = new Clients()) {
			clients.write("openapi.json", send("GET", "/openapi.json", null).body());
			clients.write("answers.json", answers.toString());
			clients.copy("openapi/answers.mjs");
			assertEquals("[]", clients.node("answers.mjs").strip());
		}
	}

	@Test
	void eachAnswerHasAnExample() {
		List<String> without = new ArrayList<>();
		document.forEach(path -> path.forEach(operation -> operation.get("responses").properties().forEach(response -> {
			JsonNode media = response.getValue().path("content").path("application/json");
			if (response.getKey().startsWith("2") && !media.isMissingNode() && !media.has("example")) {
				without.add(operation.get("operationId").asText() + " " + response.getKey());
			}
		})));
		assertEquals(List.of(), without);
	}
}
