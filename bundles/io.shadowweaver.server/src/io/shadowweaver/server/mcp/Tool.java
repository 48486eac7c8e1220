// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.mcp;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.shadowweaver.server.security.Scope;

/**
 * A tool.
 *
 * @param name        as it is called
 * @param title       for a person
 * @param description for an agent
 * @param arguments   what it takes
 * @param scope       what a caller needs to see and call it; one that needs more than a read changes something
 * @param call        answers
 */
record Tool(String name, String title, String description, List<Argument> arguments, Scope scope, Call call) {
	/** One that reads. */
	Tool(String name, String title, String description, List<Argument> arguments, Reading call) {
		this(name, title, description, arguments, Scope.READ, (given, person) -> call.with(given));
	}

	/**
	 * An argument.
	 *
	 * @param type        of JSON schema
	 * @param needed      whether it has to be given
	 */
	record Argument(String name, String type, String description, boolean needed) {
	}

	/** Answers a call. */
	@FunctionalInterface
	interface Call {
		/** Answers; the arguments are of the declared types. */
		Object with(JsonNode arguments, String person) throws Exception;
	}

	/** Answers a call that changes nothing, whoever asks. */
	@FunctionalInterface
	interface Reading {
		/** Answers; the arguments are of the declared types. */
		Object with(JsonNode arguments) throws Exception;
	}

	/** Whether it changes nothing. */
	boolean reads() {
		return scope == Scope.READ;
	}

	/** As {@code tools/list} tells it. */
	ObjectNode describe(ObjectMapper json) {
		ObjectNode tool = json.createObjectNode().put("name", name).put("title", title).put("description", description);
		ObjectNode schema = tool.putObject("inputSchema").put("type", "object");
		ObjectNode properties = schema.putObject("properties");
		arguments.forEach(argument -> properties.putObject(argument.name()).put("type", argument.type()).put("description", argument.description()));
		schema.put("additionalProperties", false);
		List<String> needed = arguments.stream().filter(Argument::needed).map(Argument::name).toList();
		if (!needed.isEmpty()) {
			needed.forEach(schema.putArray("required")::add);
		}
		tool.putObject("annotations").put("readOnlyHint", reads()).put("destructiveHint", scope == Scope.APPROVE).put("idempotentHint", true).put("openWorldHint", false);
		return tool;
	}

	/**
	 * What is wrong with arguments.
	 *
	 * @return empty when nothing is
	 */
	String wrong(JsonNode given) {
		if (!given.isObject()) {
			return "arguments must be an object";
		}
		for (var one : given.properties()) {
			Argument argument = arguments.stream().filter(known -> known.name().equals(one.getKey())).findFirst().orElse(null);
			if (argument == null) {
				return name + " has no argument '" + one.getKey() + "'";
			}
			boolean fits = switch (argument.type()) {
			case "integer" -> one.getValue().isIntegralNumber() && one.getValue().canConvertToInt();
			case "object" -> one.getValue().isObject();
			default -> one.getValue().isTextual();
			};
			if (!fits) {
				return "'" + one.getKey() + "' must be of type " + argument.type();
			}
		}
		return arguments.stream().filter(argument -> argument.needed() && !given.has(argument.name())).map(argument -> "'" + argument.name() + "' is needed").findFirst().orElse("");
	}
}
