// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.gcp;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/** What Compute Engine takes as a name, a label or the id of a request, made from what it may not take. */
final class Names {
	private static final int LONGEST_STEM = 50;

	private Names() {
	}

	/** Whether a resource may be called so, after RFC 1035. */
	static boolean isName(String text) {
		return text.matches("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");
	}

	/** Whether a text may be the key of a label as it is. */
	static boolean isLabelKey(String text) {
		return text.matches("[a-z][a-z0-9_-]{0,62}");
	}

	/** Whether a text may be the value of a label as it is. */
	static boolean isLabelValue(String text) {
		return text.matches("[a-z0-9_-]{0,63}");
	}

	/** The name of an instance: what it is called, and the token's mark, so that a zone cannot hold two of one token. */
	static String instance(String name, String token) {
		String stem = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^[^a-z]+", "");
		stem = stem.substring(0, Math.min(stem.length(), LONGEST_STEM)).replaceAll("-+$", "");
		return (stem.isEmpty() ? "sw" : stem) + "-" + uuid("name", token).toString().substring(0, 8);
	}

	/** The token as the value of a label: itself, or a mark of it where a label cannot hold it. */
	static String tokenLabel(String token) {
		return isLabelValue(token) ? token : "h-" + uuid("label", token);
	}

	/** An id that is the same for the same purpose and subject. */
	static UUID uuid(String purpose, String subject) {
		return UUID.nameUUIDFromBytes(("shadowweaver " + purpose + " " + subject).getBytes(StandardCharsets.UTF_8));
	}

	/** The last part of an address, which names what is there. */
	static String last(String url) {
		return url.substring(url.lastIndexOf('/') + 1);
	}
}
