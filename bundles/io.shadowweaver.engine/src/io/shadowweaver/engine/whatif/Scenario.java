// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A named stack of changes; each works on what those before it left.
 *
 * @param name        for the operator; not blank
 * @param description why it was made; may be empty
 * @param changes     in their order
 */
public record Scenario(String name, String description, List<Change> changes) {
	/** Checks the name and copies. */
	public Scenario {
		if (name == null || name.isBlank()) {
			throw new IllegalArgumentException("a scenario needs a name");
		}
		description = Objects.requireNonNullElse(description, "");
		changes = changes == null ? List.of() : List.copyOf(changes);
	}

	/** Without a description. */
	public static Scenario of(String name, Change... changes) {
		return new Scenario(name, "", List.of(changes));
	}

	/** The changes of this one, and then those of another. */
	public Scenario then(Scenario other) {
		List<Change> all = new ArrayList<>(changes);
		all.addAll(other.changes());
		return new Scenario(name + " + " + other.name(), description, all);
	}
}
