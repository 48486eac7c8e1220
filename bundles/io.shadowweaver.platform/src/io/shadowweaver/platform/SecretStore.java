// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.platform;

import java.util.Map;

import io.shadowweaver.api.plugin.PluginException;

/** Keeps secrets of connections by their keys. A sentence of it never holds a secret. Thread-safe; blocks. */
interface SecretStore {
	/**
	 * What is kept for one setting.
	 *
	 * @return the secret; empty where none is kept
	 * @throws PluginException when the store cannot be read
	 */
	String get(String estate, String connection, String key) throws PluginException;

	/**
	 * Keeps secrets of a connection beside those that it has.
	 *
	 * @param secrets by key, none blank
	 * @throws PluginException when the store cannot be written
	 */
	void put(String estate, String connection, Map<String, String> secrets) throws PluginException;

	/** Forgets all secrets of an estate. */
	void forget(String estate) throws PluginException;

	/** Forgets the secrets of a connection. */
	void forget(String estate, String connection) throws PluginException;

	/** Where an operator puts a secret that is missing, as the end of a sentence. */
	String where(String estate, String connection, String key);
}
