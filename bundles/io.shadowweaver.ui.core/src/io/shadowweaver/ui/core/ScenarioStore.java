// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.shadowweaver.engine.whatif.Scenario;
import io.shadowweaver.engine.whatif.ScenarioException;
import io.shadowweaver.engine.whatif.ScenarioFile;

/** Keeps scenarios as files, one each, in a folder of their estate. Methods that touch the disk block. */
final class ScenarioStore {
	private static final System.Logger LOG = System.getLogger(ScenarioStore.class.getName());
	private static final String SUFFIX = ".json";
	private static final int LONGEST = 60;

	private final Optional<Path> root;

	/**
	 * @param root the folder with a folder for each estate, made when it is needed; empty where there is no workspace, then nothing is kept and each
	 *             attempt says so
	 */
	ScenarioStore(Optional<Path> root) {
		this.root = root;
	}

	/** An id that no other scenario of the estate has, and that is the name of a file anywhere. */
	String id(String name, Set<String> taken) {
		String plain = Normalizer.normalize(name, Normalizer.Form.NFD).toLowerCase(Locale.ROOT).replaceAll("\\p{M}+", "").replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
		String base = plain.isEmpty() ? "scenario" : plain.substring(0, Math.min(LONGEST, plain.length()));
		String id = base;
		for (int i = 2; taken.contains(id); i++) {
			id = base + "-" + i;
		}
		return id;
	}

	/** All that can be read, by id in the order of their names; what cannot is left on the disk and said in the log. */
	Map<String, Scenario> read(String estate) {
		Map<String, Scenario> scenarios = new LinkedHashMap<>();
		if (root.isEmpty() || !Files.isDirectory(folder(estate))) {
			return scenarios;
		}
		Path folder = folder(estate);
		List<Path> files;
		try (Stream<Path> all = Files.list(folder)) {
			files = all.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
		} catch (IOException e) {
			throw new UncheckedIOException("The scenarios in " + folder + " cannot be read: " + e.getMessage(), e);
		}
		for (Path file : files) {
			try {
				String name = file.getFileName().toString();
				scenarios.put(name.substring(0, name.length() - SUFFIX.length()), ScenarioFile.read(file));
			} catch (ScenarioException e) {
				LOG.log(System.Logger.Level.WARNING, "A scenario was left out: " + e.getMessage());
			}
		}
		return scenarios;
	}

	/** Writes one, whole or not at all. */
	void write(String estate, String id, Scenario scenario) {
		try {
			Files.createDirectories(folder(estate));
			ScenarioFile.write(file(estate, id), scenario);
		} catch (IOException e) {
			throw new UncheckedIOException("The scenario '" + scenario.name() + "' could not be kept: " + e.getMessage(), e);
		}
	}

	/** Removes one. */
	void remove(String estate, String id) {
		try {
			Files.deleteIfExists(file(estate, id));
		} catch (IOException e) {
			throw new UncheckedIOException("The scenario " + id + " could not be removed: " + e.getMessage(), e);
		}
	}

	private Path folder(String estate) {
		return root.orElseThrow(() -> new IllegalStateException("There is no workspace to keep scenarios in.")).resolve(estate);
	}

	private Path file(String estate, String id) {
		return folder(estate).resolve(id + SUFFIX);
	}
}
