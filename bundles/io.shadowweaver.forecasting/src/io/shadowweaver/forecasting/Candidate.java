// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.util.Objects;

import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.api.plugin.Settings;

/**
 * A model that may be chosen.
 *
 * @param id       the id of its contribution
 * @param factory  makes one model a cohort
 * @param settings checked values of its parameters
 */
public record Candidate(String id, ForecastModelFactory factory, Settings settings) {
	/** Checks that nothing is missing. */
	public Candidate {
		Objects.requireNonNull(factory, "factory");
		Objects.requireNonNull(settings, "settings");
		if (id.isBlank()) {
			throw new IllegalArgumentException("a candidate needs an id");
		}
	}

	/** Its id and the version of its states. */
	String versioned() {
		return id + " " + factory.needs().version();
	}
}
