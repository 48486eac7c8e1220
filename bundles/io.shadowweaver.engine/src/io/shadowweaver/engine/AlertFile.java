// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import io.shadowweaver.api.alert.Alert;

/** Keeps alerts over a restart: an acknowledged one stays so. */
final class AlertFile {
	private static final Logger LOG = System.getLogger(AlertFile.class.getName());
	private static final String NAME = "alerts.json";
	private static final ObjectMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule()).addModule(new Jdk8Module())
			.disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
			.disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS).enable(SerializationFeature.INDENT_OUTPUT).build();

	private AlertFile() {
	}

	static Optional<List<Alert>> load(Path directory, boolean ownTime) {
		Path file = directory.resolve(NAME);
		if (ownTime || !Files.exists(file)) {
			return Optional.empty();
		}
		try {
			return Optional.of(JSON.readValue(file.toFile(), new TypeReference<List<Alert>>() {
			}));
		} catch (IOException e) {
			LOG.log(Level.WARNING, file + " cannot be read; alerts begin anew: " + e.getMessage());
			return Optional.empty();
		}
	}

	/** Whole or not at all. */
	static void save(Path directory, List<Alert> alerts) {
		Path file = directory.resolve(NAME);
		try {
			Path temporary = Files.createTempFile(directory, "alerts", ".tmp");
			JSON.writeValue(temporary.toFile(), alerts);
			Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		} catch (IOException e) {
			LOG.log(Level.WARNING, file + " was not written: " + e.getMessage());
		}
	}
}
