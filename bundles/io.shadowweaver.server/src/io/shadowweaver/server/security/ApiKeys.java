// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

import io.shadowweaver.server.ApiServer;

/**
 * The keys of the API: 256 random bits each, of which only a hash is kept, in a file that its owner alone may read. A plain hash does, since
 * a key cannot be guessed. A running server sees at once what another process adds or revokes. Who adds or revokes one is the account that this process
 * runs under, and stands in the trail of changes. Thread-safe.
 */
public final class ApiKeys {
	/** How each key begins, so that a scanner for secrets knows it. */
	public static final String PREFIX = "sw_";
	private static final String NAME = "api-keys.json";
	private static final int BYTES = 32;
	private static final String BY_ACCOUNT = "account";
	private static final Set<PosixFilePermission> OWNER = EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
	private static final ObjectMapper JSON = ApiServer.mapper().enable(SerializationFeature.INDENT_OUTPUT);

	private final Path directory;
	private final Path file;
	private final InstantSource clock;
	private final SecureRandom random = new SecureRandom();
	private volatile Loaded loaded = new Loaded(null, 0, Map.of());

	private record Loaded(FileTime modified, long size, Map<String, ApiKey> byHash) {
	}

	/**
	 * A key that was just made.
	 *
	 * @param key  what the caller sends; shown once
	 * @param kept what is kept of it
	 */
	public record Made(String key, ApiKey kept) {
	}

	/**
	 * @param directory of the platform
	 * @param clock     the real time
	 */
	public ApiKeys(Path directory, InstantSource clock) {
		this.directory = directory;
		file = directory.resolve(NAME);
		this.clock = clock;
	}

	/** Where they are; need not exist. */
	public Path file() {
		return file;
	}

	/**
	 * Makes a key.
	 *
	 * @param name    unique among the keys
	 * @param scopes  not empty
	 * @param expires when it ends; empty for never
	 * @throws IOException              when it cannot be kept, or not be entered into the trail
	 * @throws IllegalArgumentException when the name is taken or unusable, or it ends in the past
	 */
	public synchronized Made add(String name, Set<Scope> scopes, Optional<Instant> expires) throws IOException {
		List<ApiKey> all = new ArrayList<>(list());
		if (all.stream().anyMatch(key -> key.name().equals(name))) {
			throw new IllegalArgumentException("there is a key '" + name + "' already; revoke it first");
		}
		Instant now = clock.instant();
		if (expires.isPresent() && !expires.get().isAfter(now)) {
			throw new IllegalArgumentException("the key would have ended at " + expires.get());
		}
		byte[] bytes = new byte[BYTES];
		random.nextBytes(bytes);
		String key = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
		ApiKey kept = new ApiKey(name, hash(key), scopes, now, expires);
		all.add(kept);
		write(all, "key add " + name + " " + scopes.stream().sorted().map(Scope::text).collect(Collectors.joining(",")) + expires.map(end -> " until " + end).orElse(""));
		return new Made(key, kept);
	}

	/**
	 * Ends a key at once.
	 *
	 * @return whether there was one of that name
	 * @throws IOException when that cannot be kept, or not be entered into the trail
	 */
	public synchronized boolean revoke(String name) throws IOException {
		List<ApiKey> all = new ArrayList<>(list());
		boolean there = all.removeIf(key -> key.name().equals(name));
		if (there) {
			write(all, "key revoke " + name);
		}
		return there;
	}

	/**
	 * All keys, those that ended included, by age.
	 *
	 * @throws IOException when the file cannot be read, or others than its owner may
	 */
	public List<ApiKey> list() throws IOException {
		return load().values().stream().sorted(java.util.Comparator.comparing(ApiKey::created).thenComparing(ApiKey::name)).toList();
	}

	/**
	 * Who sends a key.
	 *
	 * @return empty for a key that is unknown, revoked or at its end
	 */
	public Optional<ApiKey> find(String key) throws IOException {
		return Optional.ofNullable(load().get(hash(key))).filter(found -> found.isValid(clock.instant()));
	}

	private Map<String, ApiKey> load() throws IOException {
		if (!Files.exists(file)) {
			return Map.of();
		}
		FileTime modified = Files.getLastModifiedTime(file);
		long size = Files.size(file);
		Loaded known = loaded;
		if (modified.equals(known.modified) && size == known.size) {
			return known.byHash;
		}
		Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(file);
		if (!OWNER.containsAll(allowed)) {
			throw new IOException("The keys in " + file + " are not used: others than its owner may use the file (" + PosixFilePermissions.toString(allowed) + "). Make it 0600: chmod 600 " + file);
		}
		try {
			List<ApiKey> all = JSON.readValue(file.toFile(), new TypeReference<List<ApiKey>>() {
			});
			Map<String, ApiKey> byHash = all.stream().collect(Collectors.toUnmodifiableMap(ApiKey::hash, Function.identity()));
			loaded = new Loaded(modified, size, byHash);
			return byHash;
		} catch (JsonProcessingException | IllegalStateException e) {
			throw new IOException("The keys in " + file + " are not used: they cannot be read: " + e.getMessage(), e);
		}
	}

	private void write(List<ApiKey> all, String what) throws IOException {
		try (ChangeLog trail = ChangeLog.of(directory, clock)) {
			if (!trail.trouble().isEmpty()) {
				throw new IOException(trail.trouble());
			}
			write(all);
			trail.enter(ChangeLog.account(), what, BY_ACCOUNT, "done");
		}
	}

	/** Whole or not at all, and never wider than for the owner. */
	private void write(List<ApiKey> all) throws IOException {
		Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
		Path temporary = Files.createTempFile(folder, "api-keys", ".tmp", PosixFilePermissions.asFileAttribute(OWNER));
		try {
			JSON.writeValue(temporary.toFile(), all);
			Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		} finally {
			Files.deleteIfExists(temporary);
		}
		loaded = new Loaded(null, 0, Map.of());
	}

	private static String hash(String key) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("each Java has SHA-256", e);
		}
	}
}
