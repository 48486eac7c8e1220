// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.channel.alertmanager;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.shadowweaver.api.plugin.PluginException;

/**
 * What the Alertmanager is to be told again and again. Kept in a file, since an alert that outlives a restart is not told of anew by the
 * engine. Not thread-safe.
 */
final class Firing {
	/** So long is an alert told as resolved, in case the Alertmanager was away. */
	static final Duration RESOLVED = Duration.ofMinutes(5);
	private static final ObjectMapper JSON = new ObjectMapper();

	private final Path file;
	private final Map<Map<String, String>, Posting> postings = new LinkedHashMap<>();

	/** Reads what an earlier run has kept. */
	Firing(Path file) throws PluginException {
		this.file = file;
		try {
			for (JsonNode node : JSON.readTree(Files.readAllBytes(file))) {
				Posting posting = new Posting(node.path("alert").asText(), texts(node.path("labels")), texts(node.path("annotations")), node.path("link").asText(),
						Instant.parse(node.path("startsAt").asText()), node.hasNonNull("endsAt") ? Optional.of(Instant.parse(node.path("endsAt").asText())) : Optional.empty());
				postings.put(posting.labels(), posting);
			}
		} catch (NoSuchFileException e) {
			// nothing fires yet
		} catch (IOException | java.time.DateTimeException e) {
			throw new PluginException(file + " cannot be read: " + e.getMessage() + ". Remove it to begin anew.", e);
		}
	}

	private static SortedMap<String, String> texts(JsonNode object) {
		SortedMap<String, String> texts = new TreeMap<>();
		object.properties().forEach(one -> texts.put(one.getKey(), one.getValue().asText()));
		return texts;
	}

	/** Takes over the newest of an alert: under other labels it was another one, which ends. */
	void set(Posting posting) {
		postings.replaceAll((labels, old) -> old.alert().equals(posting.alert()) && !labels.equals(posting.labels()) && old.endsAt().isEmpty() ? old.ended(posting.endsAt().orElse(posting.startsAt())) : old);
		postings.put(posting.labels(), posting);
	}

	/** When an alert that holds was first posted under its labels. */
	Optional<Instant> startOf(Map<String, String> labels) {
		return Optional.ofNullable(postings.get(labels)).filter(posting -> posting.endsAt().isEmpty()).map(Posting::startsAt);
	}

	/** All that is to be told now; what was told as resolved for long enough is forgotten. */
	Collection<Posting> due(Instant now) {
		postings.values().removeIf(posting -> posting.endsAt().filter(end -> end.plus(RESOLVED).isBefore(now)).isPresent());
		return List.copyOf(postings.values());
	}

	/** The ids of alerts that hold, by their labels. */
	Map<Map<String, String>, String> ids() {
		Map<Map<String, String>, String> ids = new LinkedHashMap<>();
		postings.values().stream().filter(posting -> posting.endsAt().isEmpty()).forEach(posting -> ids.put(posting.labels(), posting.alert()));
		return ids;
	}

	/** Writes the file. */
	void save() throws PluginException {
		ArrayNode all = JSON.createArrayNode();
		for (Posting posting : postings.values()) {
			ObjectNode node = all.addObject().put("alert", posting.alert()).put("link", posting.link()).put("startsAt", posting.startsAt().toString());
			posting.endsAt().ifPresent(end -> node.put("endsAt", end.toString()));
			posting.labels().forEach(node.putObject("labels")::put);
			posting.annotations().forEach(node.putObject("annotations")::put);
		}
		try {
			Path next = Files.write(file.resolveSibling(file.getFileName() + ".new"), JSON.writeValueAsBytes(all));
			Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
		} catch (IOException e) {
			throw new PluginException(file + " cannot be written: " + e.getMessage() + ".", e);
		}
	}
}
