// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.engine.EstateConfig;

/** Keeps the configuration of estates: {@code estates/ID/estate.json}. */
final class EstateFile {
	private static final String NAME = "estate.json";
	private static final ObjectMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule()).addModule(new Jdk8Module())
			.disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
			.disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS).enable(SerializationFeature.INDENT_OUTPUT)
			.enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

	private EstateFile() {
	}

	/** The directories of all estates that were saved. */
	static List<Path> list(Path directory) throws PluginException {
		Path estates = directory.resolve("estates");
		if (!Files.isDirectory(estates)) {
			return List.of();
		}
		try (Stream<Path> all = Files.list(estates)) {
			return new ArrayList<>(all.filter(estate -> Files.exists(estate.resolve(NAME))).sorted().toList());
		} catch (IOException e) {
			throw new PluginException("The estates in " + estates + " cannot be listed: " + e.getMessage(), e);
		}
	}

	static EstateConfig load(Path estate) throws PluginException {
		return read(estate.resolve(NAME));
	}

	static EstateConfig read(Path file) throws PluginException {
		try {
			return JSON.readValue(file.toFile(), EstateConfig.class);
		} catch (IOException e) {
			throw new PluginException(file + " is no configuration of an estate: " + e.getMessage(), e);
		}
	}

	/** Whole or not at all. */
	static void save(Path estate, EstateConfig config) throws PluginException {
		try {
			Files.createDirectories(estate);
			Path temporary = Files.createTempFile(estate, "estate", ".tmp");
			JSON.writeValue(temporary.toFile(), config);
			Files.move(temporary, estate.resolve(NAME), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		} catch (IOException e) {
			throw new PluginException("The configuration of estate " + config.id() + " was not saved in " + estate + ": " + e.getMessage(), e);
		}
	}

	static void delete(Path estate) throws PluginException {
		try {
			Files.deleteIfExists(estate.resolve(NAME));
		} catch (IOException e) {
			throw new PluginException(estate.resolve(NAME) + " cannot be removed: " + e.getMessage(), e);
		}
	}
}
