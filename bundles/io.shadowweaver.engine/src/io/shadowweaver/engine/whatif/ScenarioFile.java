// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.whatif;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** Scenarios as files: JSON with a version. docs/whatif.md says what may stand there. */
public final class ScenarioFile {
	/** The newest version of the format that is understood, and the one that is written. */
	public static final int VERSION = 1;
	private static final String VERSION_KEY = "version";
	private static final ObjectMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule()).addModule(new Jdk8Module())
			.disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS).enable(SerializationFeature.INDENT_OUTPUT)
			.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

	private record Body(String name, String description, List<Change> changes) {
	}

	private ScenarioFile() {
	}

	/**
	 * Reads a scenario.
	 *
	 * @param file in UTF-8
	 * @throws ScenarioException naming the file, the place in it and what is wrong; nothing is taken over then
	 */
	public static Scenario read(Path file) throws ScenarioException {
		try {
			return parse(Files.readString(file));
		} catch (IOException e) {
			throw new ScenarioException(file + " cannot be read: " + e.getMessage(), e);
		} catch (ScenarioException e) {
			throw new ScenarioException(file + ": " + e.getMessage(), e);
		}
	}

	/** Reads a scenario from its text. */
	public static Scenario parse(String text) throws ScenarioException {
		try {
			JsonNode root = JSON.readTree(text);
			if (!(root instanceof ObjectNode object) || !object.path(VERSION_KEY).isInt()) {
				throw new ScenarioException("it is no scenario: a JSON object with a version is");
			}
			int version = object.remove(VERSION_KEY).asInt();
			if (version < 1 || version > VERSION) {
				throw new ScenarioException("it is of version " + version + "; versions up to " + VERSION + " are understood here");
			}
			Body body = JSON.treeToValue(object, Body.class);
			return new Scenario(body.name(), body.description(), body.changes());
		} catch (JsonMappingException e) {
			throw new ScenarioException(place(e) + reason(e), e);
		} catch (JsonProcessingException e) {
			throw new ScenarioException("line " + e.getLocation().getLineNr() + ": it is no JSON: " + e.getOriginalMessage(), e);
		} catch (IllegalArgumentException e) {
			throw new ScenarioException(e.getMessage(), e);
		}
	}

	/** The text of a scenario. */
	public static String text(Scenario scenario) {
		ObjectNode root = JSON.createObjectNode().put(VERSION_KEY, VERSION);
		root.setAll((ObjectNode) JSON.valueToTree(new Body(scenario.name(), scenario.description(), scenario.changes())));
		return root.toPrettyString() + "\n";
	}

	/**
	 * Writes a scenario, whole or not at all.
	 *
	 * @throws IOException when it was not written
	 */
	public static void write(Path file, Scenario scenario) throws IOException {
		Path temporary = Files.createTempFile(file.toAbsolutePath().getParent(), "scenario", ".tmp");
		try {
			Files.writeString(temporary, text(scenario));
			Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		} finally {
			Files.deleteIfExists(temporary);
		}
	}

	private static String place(JsonMappingException e) {
		StringBuilder place = new StringBuilder();
		for (JsonMappingException.Reference part : e.getPath()) {
			if (part.getIndex() >= 0) {
				// people count from one
				place.append("change ").append(part.getIndex() + 1).append(": ");
			} else if (!"changes".equals(part.getFieldName())) {
				place.append(part.getFieldName()).append(": ");
			}
		}
		return place.toString();
	}

	private static String reason(JsonMappingException e) {
		Throwable cause = e.getCause();
		return cause instanceof IllegalArgumentException ? cause.getMessage() : e.getOriginalMessage();
	}
}
