// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.shadowweaver.engine.Weaver;

@Timeout(60)
class McpTest {
	private static final ObjectMapper JSON = new ObjectMapper();
	private static final String MODERN = "2026-07-28";

	@TempDir
	Path directory;
	private Weaver weaver;
	private ApiServer server;
	private final HttpClient client = HttpClient.newHttpClient();

	@BeforeEach
	void start() throws Exception {
		weaver = SineEstate.open(directory);
		server = new ApiServer(ServerSettings.LOOPBACK, () -> List.of(weaver));
		server.start();
	}

	@AfterEach
	void end() {
		client.close();
		server.close();
		weaver.close();
	}

	private HttpResponse<String> post(String body, String... headers) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(server.uri().resolve("mcp")).header("Content-Type", "application/json").header("Accept", "application/json, text/event-stream")
				.POST(BodyPublishers.ofString(body));
		if (headers.length > 0) {
			request.headers(headers);
		}
		return client.send(request.build(), BodyHandlers.ofString());
	}

	private JsonNode legacy(String method, String parameters) throws Exception {
		HttpResponse<String> response = post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + parameters + "}", "MCP-Protocol-Version", "2025-11-25");
		assertEquals(200, response.statusCode(), response.body());
		return JSON.readTree(response.body());
	}

	private HttpResponse<String> modern(String method, String parameters, String... more) throws Exception {
		List<String> headers = new java.util.ArrayList<>(List.of("MCP-Protocol-Version", MODERN, "Mcp-Method", method));
		headers.addAll(List.of(more));
		String meta = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"" + MODERN + "\",\"io.modelcontextprotocol/clientCapabilities\":{}}";
		return post("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"" + method + "\",\"params\":{" + meta + (parameters.isEmpty() ? "" : "," + parameters) + "}}", headers.toArray(String[]::new));
	}

	@Test
	void revisionsWithAHandshake() throws Exception {
		JsonNode hello = legacy("initialize", "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}").get("result");
		assertEquals("2025-06-18", hello.get("protocolVersion").asText());
		assertEquals("2025-11-25", legacy("initialize", "{\"protocolVersion\":\"1999-01-01\"}").get("result").get("protocolVersion").asText());
		assertEquals(202, post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}").statusCode());
		JsonNode tools = legacy("tools/list", "{}").get("result").get("tools");
		assertEquals(9, tools.size());
		tools.forEach(tool -> assertTrue(tool.get("annotations").get("readOnlyHint").asBoolean() && tool.get("inputSchema").get("type").asText().equals("object"), tool.toString()));
		JsonNode forecast = legacy("tools/call", "{\"name\":\"get_forecast\",\"arguments\":{\"estate\":\"sine\",\"subject\":\"group:web\",\"metric\":\"requests\"}}").get("result");
		assertFalse(forecast.get("isError").asBoolean(), forecast.toString());
		assertEquals(11, forecast.get("structuredContent").get("levels").size());
		assertEquals(forecast.get("structuredContent"), JSON.readTree(forecast.get("content").get(0).get("text").asText()));
		JsonNode page = legacy("tools/call", "{\"name\":\"list_resources\",\"arguments\":{\"estate\":\"sine\",\"view\":\"planned\",\"at\":\"PT30M\",\"limit\":2}}").get("result").get("structuredContent");
		assertEquals("web-2", page.get("next").asText());
		JsonNode read = legacy("resources/read", "{\"uri\":\"shadow://resource/sine/group%3Aweb/forecast/requests\"}").get("result").get("contents").get(0);
		assertEquals("group:web", JSON.readTree(read.get("text").asText()).get("subject").asText());
	}

	@Test
	void theRevisionWithout() throws Exception {
		JsonNode discovered = JSON.readTree(modern("server/discover", "").body()).get("result");
		assertEquals("complete", discovered.get("resultType").asText());
		assertEquals(MODERN, discovered.get("supportedVersions").get(0).asText());
		assertTrue(discovered.get("ttlMs").asLong() >= 0 && discovered.get("cacheScope").asText().equals("private"));
		JsonNode called = JSON.readTree(modern("tools/call", "\"name\":\"list_estates\"", "Mcp-Name", "list_estates").body()).get("result");
		assertEquals("sine", called.get("structuredContent").get("estates").get(0).get("id").asText());
		assertEquals("complete", called.get("resultType").asText());
		HttpResponse<String> mismatch = modern("tools/call", "\"name\":\"list_estates\"", "Mcp-Name", "list_alerts");
		assertEquals(400, mismatch.statusCode());
		assertEquals(-32020, JSON.readTree(mismatch.body()).get("error").get("code").asInt());
		HttpResponse<String> unknown = modern("no/such", "");
		assertEquals(404, unknown.statusCode());
		assertEquals(-32601, JSON.readTree(unknown.body()).get("error").get("code").asInt());
		HttpResponse<String> bare = post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}", "MCP-Protocol-Version", MODERN);
		assertEquals(400, bare.statusCode());
		assertEquals(-32602, JSON.readTree(bare.body()).get("error").get("code").asInt());
		HttpResponse<String> future = post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2099-01-01\","
				+ "\"io.modelcontextprotocol/clientCapabilities\":{}}}}", "MCP-Protocol-Version", "2099-01-01", "Mcp-Method", "tools/list");
		assertEquals(400, future.statusCode());
		assertEquals(MODERN, JSON.readTree(future.body()).get("error").get("data").get("supported").get(0).asText());
	}

	@Test
	void whatIsWrongIsSaid() throws Exception {
		assertEquals(400, post("no json").statusCode());
		assertEquals(400, post("[]").statusCode());
		assertEquals(400, post("{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}").statusCode());
		assertEquals(405, client.send(HttpRequest.newBuilder(server.uri().resolve("mcp")).build(), BodyHandlers.ofString()).statusCode());
		assertEquals(-32602, legacy("tools/call", "{\"name\":\"approve_everything\"}").get("error").get("code").asInt());
		assertEquals(-32602, legacy("resources/read", "{\"uri\":\"file:///etc/passwd\"}").get("error").get("code").asInt());
		for (String wrong : List.of("{}", "{\"estate\":1}", "{\"estate\":\"sine\",\"more\":1}", "[]", "{\"estate\":\"nosuch\"}", "{\"estate\":\"sine\",\"view\":\"inside\"}", "{\"estate\":\"sine\",\"limit\":99999999999}")) {
			JsonNode result = legacy("tools/call", "{\"name\":\"list_resources\",\"arguments\":" + wrong + "}").get("result");
			assertTrue(result.get("isError").asBoolean() && !result.get("content").get(0).get("text").asText().isEmpty(), wrong + ": " + result);
		}
	}

	@Test
	void anAgentOfTheSdkTalksToIt() throws Exception {
		try (Clients clients = new Clients()) {
			clients.write("agent.mjs", """
					import { Client } from "@modelcontextprotocol/sdk/client/index.js";
					import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
					const client = new Client({ name: "agent", version: "1.0.0" });
					await client.connect(new StreamableHTTPClientTransport(new URL(process.argv[2])));
					const tools = (await client.listTools()).tools.map(tool => tool.name);
					const forecast = await client.callTool({ name: "get_forecast", arguments: { estate: "sine", subject: "group:web", metric: "requests" } });
					const live = await client.readResource({ uri: "shadow://topology/live/sine" });
					console.log(JSON.stringify({ tools, model: forecast.structuredContent.model, resources: JSON.parse(live.contents[0].text).items.length }));
					await client.close();
					""");
			JsonNode told = JSON.readTree(clients.node("agent.mjs", server.uri().resolve("mcp").toString()));
			assertEquals(9, told.get("tools").size());
			assertEquals(3, told.get("resources").asInt());
			assertFalse(told.get("model").asText().isEmpty());
		}
	}
}
