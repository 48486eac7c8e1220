// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.io.IOException;
import java.util.Optional;

import org.eclipse.equinox.security.storage.ISecurePreferences;
import org.eclipse.equinox.security.storage.SecurePreferencesFactory;
import org.eclipse.equinox.security.storage.StorageException;

import io.shadowweaver.api.plugin.PluginException;

/** The keys of the servers that the workbench is attached to, in the secure storage of the platform and nowhere else. Blocks: it may ask for a password. */
class ServerKeys {
	private static final String NODE = "io.shadowweaver/servers/";
	private static final String KEY = "key";

	/**
	 * The key of a server; empty where it was attached without.
	 *
	 * @throws PluginException with a sentence, where the storage does not give it
	 */
	Optional<String> get(String server) throws PluginException {
		try {
			return Optional.of(node(server).get(KEY, "")).filter(key -> !key.isEmpty());
		} catch (StorageException e) {
			throw new PluginException("The secure storage did not give the key of " + server + ": " + e.getMessage(), e);
		}
	}

	/** Keeps one. */
	void put(String server, String key) throws PluginException {
		try {
			ISecurePreferences node = node(server);
			node.put(KEY, key, true);
			node.flush();
		} catch (StorageException | IOException e) {
			throw new PluginException("The secure storage did not take the key of " + server + ": " + e.getMessage(), e);
		}
	}

	/** Forgets one. */
	void forget(String server) throws PluginException {
		try {
			ISecurePreferences root = root();
			if (root.nodeExists(NODE + server)) {
				root.node(NODE + server).removeNode();
				root.flush();
			}
		} catch (IOException e) {
			throw new PluginException("The secure storage could not be written: " + e.getMessage(), e);
		}
	}

	private static ISecurePreferences node(String server) throws PluginException {
		return root().node(NODE + server);
	}

	private static ISecurePreferences root() throws PluginException {
		ISecurePreferences root = SecurePreferencesFactory.getDefault();
		if (root == null) {
			throw new PluginException("There is no secure storage here to keep a key in.");
		}
		return root;
	}
}
