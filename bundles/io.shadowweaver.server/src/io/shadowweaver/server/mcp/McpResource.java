// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.mcp;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.server.ApiServer;
import io.shadowweaver.server.Changes;
import io.shadowweaver.server.Estates;
import io.shadowweaver.server.Folder;
import io.shadowweaver.server.Problem;
import io.shadowweaver.server.ServerSettings;
import io.shadowweaver.server.autoscaling.DemandReader;
import io.shadowweaver.server.rest.PlansResource;
import io.shadowweaver.server.rest.ScenariosResource;
import io.shadowweaver.server.security.Caller;
import io.shadowweaver.server.security.Needs;
import io.shadowweaver.server.security.Scope;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/**
 * An MCP server over streamable HTTP, without sessions: revisions with a handshake up to 2025-11-25, and 2026-07-28, which says its version
 * in each request. Each answer is one JSON document, so that there is no stream to GET.
 */
@Hidden
@Path("/mcp")
public final class McpResource {
	private static final String MODERN = "2026-07-28";
	private static final List<String> LEGACY = List.of("2025-11-25", "2025-06-18", "2025-03-26");
	private static final String META = "io.modelcontextprotocol/";
	private static final String SCHEME = "shadow://topology/";
	private static final int TOOLS_MILLIS = 3_600_000;

	private final ObjectMapper json = ApiServer.mapper();
	private final Estates estates;
	private final Tools tools;
	private final Changes changes;

	/** Over the open estates. */
	@Inject
	public McpResource(Estates estates, Folder folder, ServerSettings settings, Changes changes, DemandReader demand) {
		this.estates = estates;
		this.changes = changes;
		tools = new Tools(estates, demand, new ScenariosResource(estates, folder, settings), new PlansResource(estates, settings, changes), changes, settings.limits().time());
	}

	/** One message of JSON-RPC. */
	@POST
	@Consumes("application/json")
	@Produces("application/json")
	@Needs(Scope.READ)
	public Response message(String body, @Context HttpHeaders headers, @Context ContainerRequestContext request) {
		Caller caller = (Caller) request.getProperty(Caller.ATTRIBUTE);
		JsonNode id = null;
		try {
			JsonNode message = json.readTree(body);
			if (message == null || !message.isObject() || !message.path("jsonrpc").asText().equals("2.0") || !message.path("method").isTextual()) {
				throw new McpException(McpException.INVALID_REQUEST, 400, "One message of JSON-RPC 2.0 with a method is expected.");
			}
			if (!message.has("id")) {
				return Response.accepted().build();
			}
			id = message.get("id");
			if (!id.isTextual() && !id.isIntegralNumber()) {
				throw new McpException(McpException.INVALID_REQUEST, 400, "The id must be a text or a whole number.");
			}
			JsonNode parameters = message.path("params");
			boolean modern = parameters.path("_meta").has(META + "protocolVersion") || MODERN.equals(headers.getHeaderString("MCP-Protocol-Version"));
			ObjectNode result = modern ? modern(message.get("method").asText(), parameters, headers, caller) : legacy(message.get("method").asText(), parameters, headers, caller);
			ObjectNode answer = json.createObjectNode().put("jsonrpc", "2.0");
			answer.set("id", id);
			answer.set("result", result);
			return Response.ok(answer).build();
		} catch (JsonProcessingException e) {
			return error(null, new McpException(-32700, 400, "That is no JSON."));
		} catch (McpException e) {
			return error(id, e);
		}
	}

	private Response error(JsonNode id, McpException e) {
		ObjectNode answer = json.createObjectNode().put("jsonrpc", "2.0");
		answer.set("id", id);
		ObjectNode error = answer.putObject("error").put("code", e.code()).put("message", e.getMessage());
		if (e.data() != null) {
			error.set("data", e.data());
		}
		return Response.status(e.status()).entity(answer).build();
	}

	private ObjectNode legacy(String method, JsonNode parameters, HttpHeaders headers, Caller caller) throws McpException {
		String header = headers.getHeaderString("MCP-Protocol-Version");
		if (header != null && !LEGACY.contains(header)) {
			throw new McpException(McpException.INVALID_REQUEST, 400, "The revision " + header + " is not spoken; these are: " + String.join(", ", LEGACY) + ".");
		}
		return switch (method) {
		case "initialize" -> {
			String asked = parameters.path("protocolVersion").asText();
			ObjectNode result = json.createObjectNode().put("protocolVersion", LEGACY.contains(asked) ? asked : LEGACY.getFirst()).put("instructions", instructions());
			result.set("capabilities", capabilities());
			result.set("serverInfo", serverInfo());
			yield result;
		}
		case "ping" -> json.createObjectNode();
		default -> common(method, parameters, caller, 200);
		};
	}

	private ObjectNode modern(String method, JsonNode parameters, HttpHeaders headers, Caller caller) throws McpException {
		JsonNode meta = parameters.path("_meta");
		String version = meta.path(META + "protocolVersion").asText();
		if (version.isEmpty() || !meta.path(META + "clientCapabilities").isObject()) {
			throw new McpException(McpException.INVALID_PARAMS, 400, "params._meta must hold " + META + "protocolVersion and " + META + "clientCapabilities.");
		}
		match(headers, "MCP-Protocol-Version", version);
		match(headers, "Mcp-Method", method);
		if (!version.equals(MODERN)) {
			ObjectNode data = json.createObjectNode().put("requested", version);
			data.putArray("supported").add(MODERN);
			throw new McpException(McpException.UNSUPPORTED_VERSION, 400, "The revision " + version + " is not spoken.", data);
		}
		if (method.equals("tools/call") || method.equals("resources/read")) {
			match(headers, "Mcp-Name", parameters.path(method.equals("tools/call") ? "name" : "uri").asText());
		}
		ObjectNode result;
		if (method.equals("server/discover")) {
			result = json.createObjectNode().put("instructions", instructions());
			result.putArray("supportedVersions").add(MODERN);
			result.set("capabilities", capabilities());
			result.putObject("_meta").set(META + "serverInfo", serverInfo());
		} else {
			result = common(method, parameters, caller, 404);
		}
		if (!method.equals("tools/call")) {
			boolean fixed = method.equals("server/discover") || method.equals("tools/list");
			result.put("ttlMs", fixed ? TOOLS_MILLIS : 0).put("cacheScope", "private");
		}
		return result.put("resultType", "complete");
	}

	private static void match(HttpHeaders headers, String name, String expected) throws McpException {
		String said = headers.getHeaderString(name);
		if (!expected.equals(said)) {
			throw new McpException(McpException.HEADER_MISMATCH, 400, "The header " + name + " says " + (said == null ? "nothing" : "'" + said + "'") + ", the message '" + expected + "'.");
		}
	}

	private ObjectNode common(String method, JsonNode parameters, Caller caller, int unknown) throws McpException {
		ObjectNode result = json.createObjectNode();
		switch (method) {
		case "tools/list" -> tools.all().stream().filter(tool -> caller.may(tool.scope())).forEach(tool -> result.withArray("tools").add(tool.describe(json)));
		case "tools/call" -> call(result, parameters, caller);
		case "resources/list" -> {
			result.putArray("resources");
			for (WeaverState state : estates.states()) {
				for (String view : List.of("live", "shadow")) {
					result.withArray("resources").addObject().put("uri", SCHEME + view + "/" + state.estate()).put("name", state.name() + ", " + view).put("mimeType", "application/json");
				}
			}
		}
		case "resources/templates/list" -> result.putArray("resourceTemplates").addObject().put("uriTemplate", "shadow://resource/{estate}/{subject}/forecast/{metric}").put("name", "Forecast")
				.put("mimeType", "application/json");
		case "resources/read" -> read(result, parameters.path("uri").asText());
		default -> throw new McpException(McpException.UNKNOWN_METHOD, unknown, "There is no method '" + method + "'.");
		}
		return result;
	}

	private void call(ObjectNode result, JsonNode parameters, Caller caller) throws McpException {
		String name = parameters.path("name").asText();
		Tool tool = tools.all().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow(() -> new McpException(McpException.INVALID_PARAMS, 200, "There is no tool '" + name + "'."));
		JsonNode arguments = parameters.has("arguments") ? parameters.get("arguments") : json.createObjectNode();
		String wrong = caller.may(tool.scope()) ? tool.wrong(arguments) : caller.name() + " may not do that: the scope '" + tool.scope().text() + "' is needed.";
		if (wrong.isEmpty() && !tool.reads() && !changes.trouble().isEmpty()) {
			wrong = "Nothing can be changed now: the trail of changes cannot be written.";
		}
		JsonNode content = null;
		if (wrong.isEmpty()) {
			try {
				content = json.valueToTree(tool.call().with(arguments, caller.name()));
			} catch (WebApplicationException e) {
				wrong = e.getResponse().getEntity() instanceof Problem problem ? problem.detail() : e.getMessage();
			} catch (IllegalArgumentException e) {
				wrong = e.getMessage();
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
				wrong = "It was interrupted.";
			} catch (Exception e) {
				System.getLogger(McpResource.class.getName()).log(System.Logger.Level.ERROR, "the tool " + name + " failed", e);
				wrong = "It failed inside; the log of the server says why.";
			}
		}
		if (!tool.reads()) {
			if (content == null) {
				changes.refused(caller, name, arguments.toString(), wrong);
			} else {
				changes.called(caller, name, arguments.toString(), content.path("plan").path("id").asText());
			}
		}
		result.put("isError", content == null);
		result.putArray("content").addObject().put("type", "text").put("text", content == null ? wrong : content.toString());
		if (content != null) {
			result.set("structuredContent", content);
		}
	}

	private void read(ObjectNode result, String uri) throws McpException {
		String[] parts = uri.startsWith("shadow://") ? uri.substring("shadow://".length()).split("/") : new String[0];
		Object content;
		try {
			if (parts.length == 3 && parts[0].equals("topology") && List.of("live", "shadow").contains(parts[1])) {
				ObjectNode arguments = json.createObjectNode().put("estate", parts[2]).put("view", parts[1].equals("live") ? "live" : "planned").put("limit", 1000);
				content = tools.all().stream().filter(tool -> tool.name().equals("list_resources")).findFirst().orElseThrow().call().with(arguments, "");
			} else if (parts.length == 5 && parts[0].equals("resource") && parts[3].equals("forecast")) {
				ObjectNode arguments = json.createObjectNode().put("estate", parts[1]).put("subject", decode(parts[2])).put("metric", decode(parts[4]));
				content = tools.all().stream().filter(tool -> tool.name().equals("get_forecast")).findFirst().orElseThrow().call().with(arguments, "");
			} else {
				throw new McpException(McpException.INVALID_PARAMS, 200, "There is no resource '" + uri + "'.");
			}
			result.putArray("contents").addObject().put("uri", uri).put("mimeType", "application/json").put("text", json.writeValueAsString(content));
		} catch (McpException e) {
			throw e;
		} catch (WebApplicationException e) {
			throw new McpException(McpException.INVALID_PARAMS, 200, e.getResponse().getEntity() instanceof Problem problem ? problem.detail() : e.getMessage());
		} catch (Exception e) {
			throw new McpException(McpException.INVALID_PARAMS, 200, "The resource '" + uri + "' cannot be read: " + e.getMessage());
		}
	}

	private static String decode(String text) {
		return java.net.URLDecoder.decode(text, java.nio.charset.StandardCharsets.UTF_8);
	}

	private ObjectNode capabilities() {
		return json.valueToTree(Map.of("tools", Map.of(), "resources", Map.of()));
	}

	private ObjectNode serverInfo() {
		return json.createObjectNode().put("name", "shadowweaver").put("title", "Shadow Weaver").put("version", "1.0.0");
	}

	private static String instructions() {
		return "Infrastructure of today and as it is expected to be: begin with list_estates. Times are ISO-8601, values are in base units, a ratio for utilisations. What makes or removes capacity is a plan: of the engine, or proposed through a tool by who may. Who may approve one sees a tool for it, and asks a person first; nobody approves what it has proposed.";
	}
}
