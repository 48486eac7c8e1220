// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.store;

import java.nio.charset.StandardCharsets;

import io.shadowweaver.api.plugin.PluginException;

/** The rule for the names of objects, the same for every store. */
public final class BlobNames {
	/** Bytes of UTF-8 in a name at most; S3 and its relatives take 1,024, a prefix of the store included. */
	public static final int LONGEST = 900;

	private BlobNames() {
	}

	/**
	 * Checks a name.
	 *
	 * @param name path with slashes
	 * @return the name
	 * @throws PluginException that says what is wrong with it
	 */
	public static String check(String name) throws PluginException {
		if (name.isEmpty() || name.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
			throw new PluginException("The name of an object must have 1 to " + LONGEST + " bytes: '" + name + "'.");
		}
		for (String part : name.split("/", -1)) {
			if (part.isEmpty() || part.equals(".") || part.equals("..")) {
				throw new PluginException("The name of an object must not begin or end with a slash or hold an empty part, '.' or '..': '" + name + "'.");
			}
		}
		if (name.chars().anyMatch(Character::isISOControl) || name.indexOf('\\') >= 0) {
			throw new PluginException("The name of an object must hold neither control characters nor a backslash: '" + name + "'.");
		}
		return name;
	}
}
