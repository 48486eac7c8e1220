// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.shadowweaver.api.plugin.Parameter;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.store.BlobStore;
import io.shadowweaver.api.store.BlobStoreFactory;
import io.shadowweaver.engine.Connection;

/**
 * The blob stores that archives of estates go to, as an operator has set them up: in {@code stores.json} beside the estates, so that windows
 * and commands over one directory have the same; their secrets are where those of connections are. Read anew at each call. Thread-safe;
 * blocks.
 */
public final class ArchiveStores {
	/** Stands for the estate of their secrets; no estate has a blank in its id. */
	static final String OWNER = "archive stores";
	private static final String NAME = "stores.json";
	private static final ObjectMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	private final Path directory;
	private final InstantSource clock;
	private final Contributions contributions;
	private final Secrets secrets;

	/** @param directory of the platform */
	ArchiveStores(Path directory, InstantSource clock, Contributions contributions, Secrets secrets) {
		this.directory = directory;
		this.clock = clock;
		this.contributions = contributions;
		this.secrets = secrets;
	}

	/**
	 * All of them, in the order in which they were set up; settings are without secrets.
	 *
	 * @throws PluginException when the file cannot be read
	 */
	public synchronized List<Connection> list() throws PluginException {
		try {
			return List.of(JSON.readValue(Files.readAllBytes(file()), Connection[].class));
		} catch (NoSuchFileException e) {
			return List.of();
		} catch (IOException | RuntimeException e) {
			throw new PluginException("The stores for archives in " + file() + " cannot be read: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
		}
	}

	/**
	 * One of them.
	 *
	 * @param which its id, or its name whatever the case
	 */
	public Optional<Connection> find(String which) throws PluginException {
		List<Connection> all = list();
		return all.stream().filter(one -> one.id().equals(which)).findFirst().or(() -> all.stream().filter(one -> one.name().equalsIgnoreCase(which.strip())).findFirst());
	}

	/**
	 * Keeps a store, new or changed.
	 *
	 * @param id       of the one that is changed, whose secrets stay where they are left blank; empty for a new one
	 * @param type     the id of the contribution
	 * @param name     what the operator reads; no other store has it
	 * @param settings text by key, secrets included
	 * @return as it is kept
	 * @throws PluginException naming what is wrong; then nothing was changed
	 */
	public synchronized Connection save(String id, String type, String name, Map<String, String> settings) throws PluginException {
		List<Connection> all = new ArrayList<>(list());
		if (name.isBlank()) {
			throw new PluginException("The store needs a name.");
		}
		if (all.stream().anyMatch(one -> !one.id().equals(id) && one.name().equalsIgnoreCase(name.strip()))) {
			throw new PluginException("There is a store '" + name.strip() + "' already.");
		}
		String kept = id.isEmpty() ? free(name, all.stream().map(Connection::id).collect(Collectors.toSet())) : id;
		List<Parameter> declared = contributions.get(Points.STORES, type).parameters();
		contributions.settings(Points.STORES, type, secrets.fill(OWNER, kept, declared, settings));
		Connection store = new Connection(kept, type, name.strip(), secrets.keep(OWNER, kept, declared, settings));
		int index = all.stream().map(Connection::id).toList().indexOf(kept);
		if (index < 0) {
			all.add(store);
		} else {
			all.set(index, store);
		}
		write(all);
		return store;
	}

	/** An id made of a name. */
	private static String free(String name, Set<String> taken) {
		String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
		String base = plain.isEmpty() ? "store" : plain;
		String id = base;
		for (int number = 2; taken.contains(id); number++) {
			id = base + "-" + number;
		}
		return id;
	}

	/** Forgets a store and its secrets; what lies in it stays there. No error when it is forgotten already. */
	public synchronized void remove(String id) throws PluginException {
		List<Connection> all = list();
		secrets.forget(OWNER, id);
		write(all.stream().filter(one -> !one.id().equals(id)).toList());
	}

	/**
	 * Opens a store that was set up.
	 *
	 * @param store what {@link #list()} or {@link #find} gave
	 * @param more  settings that go before those that are kept, secrets included
	 * @throws PluginException naming the setting that is wrong or missing, or saying why it cannot be opened
	 */
	public BlobStore open(Connection store, Map<String, String> more) throws PluginException {
		Map<String, String> all = new HashMap<>(store.settings());
		all.putAll(more);
		return open(store.type(), secrets.fill(OWNER, store.id(), contributions.get(Points.STORES, store.type()).parameters(), all));
	}

	/**
	 * Opens a store that is set up nowhere.
	 *
	 * @param type     the id of the contribution
	 * @param settings text by key, secrets included
	 * @throws PluginException naming the setting that is wrong, or saying why it cannot be opened
	 */
	public BlobStore open(String type, Map<String, String> settings) throws PluginException {
		Settings checked = contributions.settings(Points.STORES, type, settings);
		return contributions.factory(Points.STORES, type, BlobStoreFactory.class).open(checked, new TrialContext(directory.resolve("stores").resolve(type), clock));
	}

	/**
	 * Tries a store: counts its archives, stores a small object, reads it and removes it again. A container that is missing is made, as it would be
	 * by the first archive.
	 *
	 * @param id       of the one that is changed, whose kept secrets stand for those that are left blank; empty for a new one
	 * @param type     the id of the contribution
	 * @param settings text by key, secrets included
	 * @param progress is told each step, and asked between them whether to stop
	 * @return how it went, with a sentence
	 */
	public Status test(String id, String type, Map<String, String> settings, Progress progress) {
		try {
			List<Parameter> declared = contributions.get(Points.STORES, type).parameters();
			secrets.note(declared, settings);
			progress.report(0, "Opening the store");
			try (BlobStore store = open(type, id.isEmpty() ? settings : secrets.fill(OWNER, id, declared, settings))) {
				return new Status(Status.State.OK, "", new StoreProbe(store, progress).run(), clock.instant());
			}
		} catch (PluginException e) {
			return new Status(Status.State.FAILED, "TEST", secrets.mask(e.getMessage()), clock.instant());
		} catch (RuntimeException e) {
			return new Status(Status.State.FAILED, "TEST", secrets.mask(type + " failed: " + e), clock.instant());
		}
	}

	private Path file() {
		return directory.resolve(NAME);
	}

	/** Whole or not at all. */
	private void write(List<Connection> all) throws PluginException {
		try {
			Files.createDirectories(directory);
			Path temporary = Files.createTempFile(directory, "stores", ".tmp");
			try {
				JSON.writeValue(temporary.toFile(), all);
				Files.move(temporary, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			} finally {
				Files.deleteIfExists(temporary);
			}
		} catch (IOException e) {
			throw new PluginException("The stores for archives were not saved in " + file() + ": " + e.getMessage(), e);
		}
	}
}
