// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.shadowweaver.api.plugin.PluginException;

/**
 * Secrets where nobody sits before a window: the environment first, then a file that its owner alone may read, such as
 * <code>{"estate": {"connection": {"password": "…"}}}</code>. A file that others may read is refused.
 */
final class SecretFile implements SecretStore {
	/** Names the file, where it is not {@value #NAME} beside the estates. */
	static final String FILE_VARIABLE = "SHADOWWEAVER_SECRETS_FILE";
	/** Before estate, connection and key, the name of a secret in the environment. */
	static final String VARIABLE = "SHADOWWEAVER_SECRET__";
	private static final String NAME = "secrets.json";
	private static final Set<PosixFilePermission> OWNER = EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
	private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

	private final Path file;
	private final Map<String, String> environment;

	/**
	 * @param directory   of the platform
	 * @param environment of the process
	 */
	SecretFile(Path directory, Map<String, String> environment) {
		String named = environment.getOrDefault(FILE_VARIABLE, "");
		file = named.isBlank() ? directory.resolve(NAME) : Path.of(named);
		this.environment = Map.copyOf(environment);
	}

	/** The variable of a secret: what is no letter or digit becomes an underscore, and two underscores part estate, connection and key. */
	static String variable(String estate, String connection, String key) {
		return VARIABLE + plain(estate) + "__" + plain(connection) + "__" + plain(key);
	}

	private static String plain(String id) {
		return id.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
	}

	@Override
	public String get(String estate, String connection, String key) throws PluginException {
		String given = environment.getOrDefault(variable(estate, connection, key), "");
		return given.isBlank() ? read().path(estate).path(connection).path(key).asText("") : given;
	}

	private synchronized ObjectNode read() throws PluginException {
		if (!Files.exists(file)) {
			return JSON.createObjectNode();
		}
		try {
			Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(file);
			if (!OWNER.containsAll(allowed)) {
				throw new PluginException("The secrets in " + file + " are not used: others than its owner may use the file ("
						+ PosixFilePermissions.toString(allowed) + "). Make it 0600: chmod 600 " + file);
			}
			if (JSON.readTree(file.toFile()) instanceof ObjectNode all) {
				return all;
			}
			throw new PluginException("The secrets in " + file + " are not used: it holds no object by estate, connection and key.");
		} catch (JsonProcessingException e) {
			// Neither its message nor it itself as the cause: both quote what stands in the file.
			throw new PluginException("The secrets in " + file + " are not used: it is no JSON"
					+ (e.getLocation() == null ? "." : ", see line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr() + "."));
		} catch (UnsupportedOperationException e) {
			throw new PluginException("The secrets in " + file + " are not used: this file system does not tell who may read it.", e);
		} catch (IOException e) {
			throw new PluginException("The secrets in " + file + " cannot be read: " + e, e);
		}
	}

	@Override
	public synchronized void put(String estate, String connection, Map<String, String> secrets) throws PluginException {
		ObjectNode all = read();
		ObjectNode kept = all.withObjectProperty(estate).withObjectProperty(connection);
		secrets.forEach(kept::put);
		write(all);
	}

	@Override
	public synchronized void forget(String estate) throws PluginException {
		ObjectNode all = read();
		JsonNode before = all.remove(estate);
		if (before != null) {
			write(all);
		}
	}

	@Override
	public synchronized void forget(String estate, String connection) throws PluginException {
		ObjectNode all = read();
		if (all.get(estate) instanceof ObjectNode kept && kept.remove(connection) != null) {
			write(all);
		}
	}

	/** Whole or not at all, and never wider than for the owner. */
	private void write(ObjectNode all) throws PluginException {
		try {
			Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
			Path temporary = Files.createTempFile(folder, "secrets", ".tmp", PosixFilePermissions.asFileAttribute(OWNER));
			try {
				JSON.writeValue(temporary.toFile(), all);
				Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			} finally {
				Files.deleteIfExists(temporary);
			}
		} catch (IOException | UnsupportedOperationException e) {
			throw new PluginException("The secrets could not be written to " + file + ": " + e, e);
		}
	}

	@Override
	public String where(String estate, String connection, String key) {
		return "set the variable " + variable(estate, connection, key) + ", or write it into " + file + ", which must be 0600";
	}
}
