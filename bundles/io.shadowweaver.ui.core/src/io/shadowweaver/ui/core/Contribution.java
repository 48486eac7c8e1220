// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.util.List;
import java.util.Objects;

import io.shadowweaver.api.plugin.Parameter;
import io.shadowweaver.api.plugin.Status;

/**
 * What a plug-in contributes, as declared; known before any of its classes is loaded.
 *
 * @param point       the simple id of the extension point, such as {@code metricSources}
 * @param id          the id of the contribution
 * @param name        what the operator reads
 * @param description one or two sentences
 * @param bundle      who contributes it
 * @param parameters  what it can be told
 * @param ownTime     whether it lives in a time of its own, and so in an estate of its own
 * @param status      how it is doing, and why
 */
public record Contribution(String point, String id, String name, String description, String bundle,
		List<Parameter> parameters, boolean ownTime, Status status) {
	/** Copies. */
	public Contribution {
		Objects.requireNonNull(status, "status");
		parameters = List.copyOf(parameters);
	}
}
