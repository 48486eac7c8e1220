// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.platform;

import java.io.IOException;
import java.util.Map;

import org.eclipse.equinox.security.storage.ISecurePreferences;
import org.eclipse.equinox.security.storage.SecurePreferencesFactory;
import org.eclipse.equinox.security.storage.StorageException;

import io.shadowweaver.api.plugin.PluginException;

/** The secure storage of the platform: encrypted, under a password that it asks the operator for. The workbench keeps secrets nowhere else. */
final class SecureStorage implements SecretStore {
	private static final String NODE = "io.shadowweaver/";

	@Override
	public String get(String estate, String connection, String key) throws PluginException {
		try {
			return node(estate + "/" + connection).get(key, "");
		} catch (StorageException e) {
			throw new PluginException("The secure storage did not give " + key + " of " + connection + ": " + e.getMessage(), e);
		}
	}

	@Override
	public void put(String estate, String connection, Map<String, String> secrets) throws PluginException {
		ISecurePreferences node = node(estate + "/" + connection);
		for (Map.Entry<String, String> secret : secrets.entrySet()) {
			try {
				node.put(secret.getKey(), secret.getValue(), true);
			} catch (StorageException e) {
				throw new PluginException("The secure storage did not take " + secret.getKey() + " of " + connection + ": " + e.getMessage(), e);
			}
		}
		write(node);
	}

	@Override
	public void forget(String estate) throws PluginException {
		remove(NODE + estate);
	}

	@Override
	public void forget(String estate, String connection) throws PluginException {
		remove(NODE + estate + "/" + connection);
	}

	private static void remove(String path) throws PluginException {
		ISecurePreferences root = root();
		if (root.nodeExists(path)) {
			root.node(path).removeNode();
			write(root);
		}
	}

	@Override
	public String where(String estate, String connection, String key) {
		return "edit the connection and enter it";
	}

	private static void write(ISecurePreferences node) throws PluginException {
		try {
			node.flush();
		} catch (IOException e) {
			throw new PluginException("The secure storage could not be written: " + e.getMessage(), e);
		}
	}

	private static ISecurePreferences node(String path) throws PluginException {
		return root().node(NODE + path);
	}

	private static ISecurePreferences root() throws PluginException {
		ISecurePreferences root = SecurePreferencesFactory.getDefault();
		if (root == null) {
			throw new PluginException("There is no secure storage here; secret settings cannot be used.");
		}
		return root;
	}
}
