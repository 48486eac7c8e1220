// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.preferences;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.shadowweaver.engine.Connection;

/** What is said of a store for archives. */
final class StoreText {
	private StoreText() {
	}

	/** Where it keeps things: a directory, or container and prefix at an address; a kind that knows neither shows its settings. */
	static String where(Connection store) {
		Map<String, String> settings = store.settings();
		if (settings.containsKey("directory")) {
			return settings.get("directory");
		}
		String inside = Stream.of("container", "prefix").map(key -> settings.getOrDefault(key, "")).filter(text -> !text.isBlank()).collect(Collectors.joining("/"));
		String address = settings.getOrDefault("endpoint", "");
		if (inside.isEmpty() && address.isBlank()) {
			return settings.entrySet().stream().sorted(Map.Entry.comparingByKey()).map(one -> one.getKey() + "=" + one.getValue()).collect(Collectors.joining(", "));
		}
		return inside.isEmpty() ? address : address.isBlank() ? inside : inside + " at " + address;
	}
}
