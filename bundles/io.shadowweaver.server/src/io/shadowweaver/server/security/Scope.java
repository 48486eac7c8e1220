// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a caller of the API may do. None of them contains another. */
public enum Scope {
	/** Read everything, and solve scenarios. */
	READ,
	/** Acknowledge alerts, keep thresholds and scenarios, train and pin models, stop automation. */
	OPERATE,
	/** Approve, reject and cancel plans. */
	APPROVE,
	/** Let capacity be made without being asked again: modes of groups, and the kill switch off. */
	PROVISION,
	/** See who changed what through the API. */
	ADMIN;

	/** As files, tokens and the command line write it. */
	public String text() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * The scope of a text.
	 *
	 * @throws IllegalArgumentException names those that there are
	 */
	public static Scope of(String text) {
		return Arrays.stream(values()).filter(scope -> scope.text().equalsIgnoreCase(text.strip())).findFirst().orElseThrow(() -> new IllegalArgumentException(
				"'" + text + "' is no scope; there are " + Arrays.stream(values()).map(Scope::text).collect(Collectors.joining(", "))));
	}
}
