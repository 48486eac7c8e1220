// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.provision;

import java.util.Objects;

/**
 * Whether a group has earned mode <em>auto</em>: offered only when its forecasts kept skill and coverage over a period. Nobody is
 * promoted without being asked.
 *
 * @param group    the id of the group
 * @param offered  whether <em>auto</em> is offered
 * @param progress share of the period that is behind it without a failure, 0 to 1
 * @param sentence what was measured, and what is missing
 */
public record Promotion(String group, boolean offered, double progress, String sentence) {
	/** Checks the range. */
	public Promotion {
		Objects.requireNonNull(group, "group");
		Objects.requireNonNull(sentence, "sentence");
		if (!(progress >= 0 && progress <= 1)) {
			throw new IllegalArgumentException("progress must be 0 to 1: " + progress);
		}
	}
}
