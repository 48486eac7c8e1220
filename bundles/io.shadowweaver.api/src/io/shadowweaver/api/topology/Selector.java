// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.topology;

import java.util.Map;

/**
 * Chooses resources by their labels: all given labels must be equal. An empty selector chooses nothing, so that a
 * forgotten one cannot own the whole estate.
 *
 * @param labels required values by label; the pseudo-labels {@code kind} and {@code id} stand for the resource's own
 */
public record Selector(Map<String, String> labels) {
	/** Copies. */
	public Selector {
		labels = Map.copyOf(labels);
	}

	/** A selector of one label. */
	public static Selector of(String label, String value) {
		return new Selector(Map.of(label, value));
	}

	/** Whether a resource is chosen. */
	public boolean matches(Resource resource) {
		if (labels.isEmpty()) {
			return false;
		}
		for (Map.Entry<String, String> wanted : labels.entrySet()) {
			String actual = switch (wanted.getKey()) {
			case "kind" -> resource.kind();
			case "id" -> resource.id();
			default -> resource.label(wanted.getKey());
			};
			if (!actual.equals(wanted.getValue())) {
				return false;
			}
		}
		return true;
	}
}
