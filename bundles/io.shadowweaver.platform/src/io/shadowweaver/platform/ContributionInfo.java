// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.platform;

import java.util.List;

import io.shadowweaver.api.plugin.Parameter;
import io.shadowweaver.api.plugin.Status;

/**
 * A contribution as its extension declares it; none of its classes is loaded for this.
 *
 * @param point       the simple id of the extension point, such as {@code metricSources}; {@code bundle} for a bundle that
 *                    could not be resolved, whose contributions are therefore unknown
 * @param id          its id
 * @param name        what the operator reads
 * @param description one or two sentences
 * @param icon        path of an SVG file in the bundle; empty for none
 * @param bundle      symbolic name and version of the bundle
 * @param parameters  what can be set
 * @param ownTime     whether it lives in a time of its own, and so in an estate of its own
 * @param status      idle before it is first used; why it is not available, where it is broken
 */
public record ContributionInfo(String point, String id, String name, String description, String icon, String bundle,
		List<Parameter> parameters, boolean ownTime, Status status) {
	/** Copies. */
	public ContributionInfo {
		parameters = List.copyOf(parameters);
	}
}
