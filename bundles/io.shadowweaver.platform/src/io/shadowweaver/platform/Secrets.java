// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.platform;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.equinox.security.storage.ISecurePreferences;
import org.eclipse.equinox.security.storage.SecurePreferencesFactory;
import org.eclipse.equinox.security.storage.StorageException;

import io.shadowweaver.api.plugin.Parameter;
import io.shadowweaver.api.plugin.PluginException;

/** Keeps the secret settings of connections in the secure storage of the platform, encrypted, and nowhere else. */
final class Secrets {
	private static final String NODE = "io.shadowweaver/";

	private Secrets() {
	}

	/** Splits secrets off and keeps them; returns what may be written to a file. */
	static Map<String, String> keep(String estate, String connection, List<Parameter> declared, Map<String, String> values)
			throws PluginException {
		Map<String, String> open = new LinkedHashMap<>(values);
		boolean any = false;
		ISecurePreferences node = null;
		for (Parameter parameter : declared) {
			String value = parameter.secret() ? open.remove(parameter.key()) : null;
			if (value != null && !value.isBlank()) {
				node = node == null ? node(estate, connection) : node;
				try {
					node.put(parameter.key(), value, true);
					any = true;
				} catch (StorageException e) {
					throw new PluginException("The secure storage did not take " + parameter.label() + ": " + e.getMessage(), e);
				}
			}
		}
		if (any) {
			try {
				node.flush();
			} catch (IOException e) {
				throw new PluginException("The secure storage could not be written: " + e.getMessage(), e);
			}
		}
		return open;
	}

	/** The settings with the secrets that were kept. The storage is opened only where a secret is declared. */
	static Map<String, String> fill(String estate, String connection, List<Parameter> declared, Map<String, String> values)
			throws PluginException {
		Map<String, String> whole = new LinkedHashMap<>(values);
		for (Parameter parameter : declared) {
			if (parameter.secret() && !whole.containsKey(parameter.key())) {
				try {
					String secret = node(estate, connection).get(parameter.key(), "");
					if (!secret.isEmpty()) {
						whole.put(parameter.key(), secret);
					}
				} catch (StorageException e) {
					throw new PluginException("The secure storage did not give " + parameter.label() + ": " + e.getMessage(), e);
				}
			}
		}
		return whole;
	}

	private static ISecurePreferences node(String estate, String connection) throws PluginException {
		ISecurePreferences root = SecurePreferencesFactory.getDefault();
		if (root == null) {
			throw new PluginException("There is no secure storage here; secret settings cannot be used.");
		}
		return root.node(NODE + estate + "/" + connection);
	}
}
