// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import com.fasterxml.jackson.databind.JsonNode;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.server.security.ApiKeys;
import io.shadowweaver.server.security.Scope;

/** Agents that propose and decide: each is the name of its key, and none approves what it has proposed. */
@Timeout(120)
class AgentTest extends EveryOperation {
	private static final String MODERN = "2026-07-28";
	private static final String WISH = "{\"estate\":\"sine\",\"group\":\"web\",\"count\":1,\"by\":\"PT45M\",\"why\":\"A sale begins at noon.\"}";

	private void be(String name, Scope... scopes) throws Exception {
		key = new ApiKeys(directory, now::get).add(name, Set.of(scopes), Optional.empty()).key();
	}

	private JsonNode call(String tool, String arguments) throws Exception {
		String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}}";
		return JSON.readTree(whileWeaving(() -> send("POST", "/mcp", body, "MCP-Protocol-Version", "2025-11-25")).body()).get("result");
	}

	private JsonNode modern(String tool, String arguments) throws Exception {
		String meta = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"" + MODERN + "\",\"io.modelcontextprotocol/clientCapabilities\":{}}";
		String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{" + meta + ",\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}}";
		return JSON.readTree(whileWeaving(() -> send("POST", "/mcp", body, "MCP-Protocol-Version", MODERN, "Mcp-Method", "tools/call", "Mcp-Name", tool)).body()).get("result");
	}

	/** So that no plan of the engine waits. */
	private void nothingIsNeeded() {
		weaver.automation().settings(weaver.automation().settings().withLevel(.05));
		until("no plan", state -> state.plans().stream().noneMatch(plan -> plan.state() == Plan.State.PROPOSED));
		weaver.step();
	}

	private void refused(String part, JsonNode result) {
		assertTrue(result.get("isError").asBoolean() && result.get("content").get(0).get("text").asText().contains(part), result.toString());
	}

	private Plan found(String id) {
		return weaver.state().plans().stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
	}

	/** It waits with its guards, and nothing was made. */
	private void waits(JsonNode proposal, String why) {
		assertTrue(proposal.get("plan").isObject(), proposal.toString());
		Plan plan = found(proposal.get("plan").get("id").asText());
		assertEquals(Plan.State.PROPOSED, plan.state(), plan.toString());
		assertEquals(1, plan.actions().getFirst().count());
		assertTrue(plan.needs().isEmpty() && plan.sentence().contains(why), plan.toString());
		assertEquals(12, plan.guards().size());
		// a person's approval is what both wait for
		assertEquals(List.of("mode", "skill"), plan.guards().stream().filter(guard -> !guard.passed()).map(guard -> guard.guard()).toList(), plan.guards().toString());
		assertEquals(12, proposal.get("plan").get("guards").size());
		assertTrue(weaver.state().queue().isEmpty());
		assertTrue(cloud.list().isEmpty());
	}

	@Test
	void anAgentOfTheSdkProposesAndSomebodyElseApproves() throws Exception {
		nothingIsNeeded();
		be("agent", Scope.READ, Scope.PROVISION, Scope.APPROVE);
		JsonNode told;
		try (Clients clients = new Clients()) {
			clients.write("agent.mjs", """
					import { Client } from "@modelcontextprotocol/sdk/client/index.js";
					import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
					const [url, key] = process.argv.slice(2);
					const client = new Client({ name: "agent", version: "1.0.0" });
					await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: { "X-API-KEY": key } } }));
					const tool = (await client.listTools()).tools.find(one => one.name === "propose_capacity");
					const answer = await client.callTool({ name: tool.name, arguments: { estate: "sine", group: "web", count: 1, by: "PT45M", why: "A sale begins at noon." } });
					const plan = answer.structuredContent.plan?.id ?? answer.structuredContent.sentence;
					const read = await client.callTool({ name: "get_plan", arguments: { estate: "sine", plan } });
					const own = await client.callTool({ name: "approve_plan", arguments: { estate: "sine", plan, etag: read.structuredContent.etag } });
					console.log(JSON.stringify({ annotations: tool.annotations, proposal: answer.structuredContent, own: own.isError, why: own.content[0].text }));
					await client.close();
					""");
			told = JSON.readTree(whileWeaving(() -> clients.node("agent.mjs", server.uri().resolve("mcp").toString(), key)));
		}
		assertFalse(told.get("annotations").get("readOnlyHint").asBoolean());
		assertFalse(told.get("annotations").get("destructiveHint").asBoolean());
		waits(told.get("proposal"), "A sale begins at noon");
		String plan = told.get("proposal").get("plan").get("id").asText();
		assertTrue(told.get("own").asBoolean() && told.get("why").asText().contains("somebody else has to approve it"), told.toString());
		HttpResponse<String> own = send("POST", ESTATE + "plans/" + plan + "/approve", null);
		assertEquals(403, own.statusCode(), own.body());
		// neither after a restart
		server.close();
		serve();
		assertEquals(403, send("POST", ESTATE + "plans/" + plan + "/approve", null).statusCode());
		weaver.step();
		assertEquals(Plan.State.PROPOSED, found(plan).state());
		be("person", Scope.READ, Scope.APPROVE);
		assertEquals(202, send("POST", ESTATE + "plans/" + plan + "/approve", null).statusCode());
		until("what was approved", state -> !state.queue().isEmpty());
		assertEquals(List.of("person"), found(plan).approvals().stream().map(Plan.Approval::person).toList());
	}

	@Test
	void theRevisionWithoutAHandshakeProposesToo() throws Exception {
		nothingIsNeeded();
		JsonNode result = modern("propose_capacity", WISH);
		assertEquals("complete", result.path("resultType").asText(), result.toString());
		waits(result.get("structuredContent"), "A sale begins at noon");
		JsonNode again = modern("propose_capacity", WISH).get("structuredContent");
		assertTrue(again.get("plan").isNull() && again.get("sentence").asText().contains("that waits"), again.toString());
	}

	@Test
	void whatCannotBeProposedIsSaid() throws Exception {
		refused("no group 'nobody'", call("propose_capacity", WISH.replace("\"web\"", "\"nobody\"")));
		refused("count must be positive", call("propose_capacity", WISH.replace("1,", "0,")));
		refused("'count' must be of type integer", call("propose_capacity", WISH.replace("1,", "1.5,")));
		refused("is no moment", call("propose_capacity", WISH.replace("PT45M", "soon")));
		refused("by no time before", call("propose_capacity", WISH.replace("PT45M", "2001-01-01T00:00:00Z")));
		refused("why must be a sentence", call("propose_capacity", WISH.replace("A sale begins at noon.", " ")));
		refused("why must be a sentence", call("propose_capacity", WISH.replace("A sale", "\\u0007")));
		refused("why must be a sentence", call("propose_capacity", WISH.replace("A sale", "x".repeat(200))));
		refused("'why' is needed", call("propose_capacity", WISH.replaceFirst(",\"why\".*", "}")));
		JsonNode large = call("propose_capacity", WISH.replace("1,", "1000000000,"));
		assertTrue(large.get("structuredContent").get("plan").isNull(), large.toString());
		be("reader", Scope.READ, Scope.OPERATE);
		refused("the scope 'provision' is needed", call("propose_capacity", WISH));
		assertFalse(send("POST", "/mcp", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}").body().contains("propose_capacity"));
		weaver.step();
		assertTrue(weaver.state().plans().stream().noneMatch(plan -> plan.needs().isEmpty()), weaver.state().plans().toString());
	}

	@Test
	void eachToolThatChangesSomethingIsInTheTrail() throws Exception {
		Map<String, Callable<String>> asks = new LinkedHashMap<>();
		asks.put("acknowledge_alert", () -> ",\"alert\":\"" + until("an alert", state -> state.alerts().stream().anyMatch(Alert::isActive)).alerts().stream().filter(Alert::isActive).findFirst().orElseThrow().id() + "\"");
		asks.put("dry_run_plan", () -> ",\"plan\":\"" + proposed() + "\"");
		asks.put("reject_plan", this::decision);
		asks.put("approve_plan", this::decision);
		asks.put("propose_capacity", () -> WISH.replaceFirst("^[^,]*", "").replaceFirst("}$", ""));
		Set<String> changing = new TreeSet<>();
		JSON.readTree(send("POST", "/mcp", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}").body()).get("result").get("tools").forEach(tool -> {
			if (!tool.get("annotations").get("readOnlyHint").asBoolean()) {
				changing.add(tool.get("name").asText());
			}
		});
		assertEquals(changing, new TreeSet<>(asks.keySet()));
		assertEquals(201, send("PUT", ESTATE + "thresholds/low", RULE, "If-None-Match", "*").statusCode());
		List<String> wrong = new ArrayList<>();
		for (var one : asks.entrySet()) {
			String arguments = "{\"estate\":\"sine\"" + one.getValue().call() + "}";
			now.updateAndGet(time -> time.plusSeconds(60));
			JsonNode result = one.getKey().endsWith("_plan") && !one.getKey().startsWith("dry") ? JSON.readTree(
					send("POST", "/mcp", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"" + one.getKey() + "\",\"arguments\":" + arguments + "}}").body()).get("result") : call(one.getKey(), arguments);
			assertFalse(result.get("isError").asBoolean(), one.getKey() + ": " + result);
			weaver.step();
			JsonNode trail = trail();
			JsonNode last = trail.get(trail.size() - 1);
			String entered = last.get("at").asText() + " " + last.get("who").asText() + " " + last.get("what").asText() + " " + last.get("result").asText();
			String plan = one.getKey().equals("propose_capacity") ? " " + result.get("structuredContent").path("plan").path("id").asText() : "";
			String wanted = (now.get() + " " + ADMIN + " mcp " + one.getKey() + " " + arguments + " done" + plan).strip();
			if (!entered.equals(wanted)) {
				wrong.add(entered + " and not " + wanted);
			}
		}
		assertEquals(List.of(), wrong);
	}

	/** On the plan that waits as it is now. */
	private String decision() throws Exception {
		String id = proposed();
		String tag = send("GET", ESTATE + "plans/" + id, null).headers().firstValue("etag").orElseThrow();
		return ",\"plan\":\"" + id + "\",\"etag\":" + JSON.writeValueAsString(tag);
	}
}
