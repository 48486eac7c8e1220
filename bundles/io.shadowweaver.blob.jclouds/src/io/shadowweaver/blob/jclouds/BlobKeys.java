// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.blob.jclouds;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.store.BlobNames;

/**
 * Names in the form that every service takes and no client escapes once too often: letters, digits, dots, hyphens and slashes stay, each
 * other byte of UTF-8 becomes an underscore and two hexadecimal digits.
 */
final class BlobKeys {
	private static final int LONGEST = 1_000;

	private BlobKeys() {
	}

	/** The key of an object. */
	static String of(String prefix, String name) throws PluginException {
		String key = escaped(prefix + BlobNames.check(name));
		if (key.length() > LONGEST) {
			throw new PluginException("The name '" + name + "' is too long for this store.");
		}
		return key;
	}

	/** What the keys of names with a prefix begin with. */
	static String escaped(String text) {
		StringBuilder key = new StringBuilder();
		for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
			if (b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '.' || b == '-' || b == '/') {
				key.append((char) b);
			} else {
				key.append('_').append(HexFormat.of().withUpperCase().toHexDigits(b));
			}
		}
		return key.toString();
	}

	/** The name that a key stands for; a key of somebody else stays as it is. */
	static String name(String key) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		for (int i = 0; i < key.length(); i++) {
			char c = key.charAt(i);
			if (c == '_') {
				if (i + 2 >= key.length() || !HexFormat.isHexDigit(key.charAt(i + 1)) || !HexFormat.isHexDigit(key.charAt(i + 2))) {
					return key;
				}
				bytes.write(HexFormat.fromHexDigits(key, i + 1, i + 3));
				i += 2;
			} else {
				bytes.write(c);
			}
		}
		return bytes.toString(StandardCharsets.UTF_8);
	}
}
