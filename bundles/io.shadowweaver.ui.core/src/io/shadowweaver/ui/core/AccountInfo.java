// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.shadowweaver.api.provision.Offer;

/**
 * A provider account of an estate.
 *
 * @param id       by which templates of groups name it
 * @param type     the id of its contribution
 * @param name     what the operator reads
 * @param settings text by key, secrets left out
 * @param offers   what it can make, as it was last read; empty where it has not answered yet
 */
public record AccountInfo(String id, String type, String name, Map<String, String> settings, List<Offer> offers) {
	/** Copies. */
	public AccountInfo {
		Objects.requireNonNull(id, "id");
		Objects.requireNonNull(type, "type");
		Objects.requireNonNull(name, "name");
		settings = Map.copyOf(settings);
		offers = List.copyOf(offers);
	}
}
