// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.whatif;

import java.time.Duration;

import io.shadowweaver.api.state.Shadow;

/**
 * Solves scenarios: models are not run again, the quantiles of demand are transformed and projected on the capacity of the scenario by
 * the same functions as the live shadow. Pure: any thread, and as fast as a tick.
 */
public final class WhatIf {
	/** How far ahead figures look. */
	public static final Duration HORIZON = Duration.ofHours(24);

	private WhatIf() {
	}

	/** The estate with all changes of a scenario. */
	static Estate changed(Base base, Scenario scenario, boolean coming) throws ScenarioException {
		return changed(new Estate(base, coming), scenario);
	}

	/** An estate with all changes of a scenario made to it. */
	static Estate changed(Estate changed, Scenario scenario) throws ScenarioException {
		for (int i = 0; i < scenario.changes().size(); i++) {
			try {
				changed.apply(scenario.changes().get(i));
			} catch (ScenarioException e) {
				// people count from one
				throw new ScenarioException("scenario '" + scenario.name() + "', change " + (i + 1) + ": " + e.getMessage() + ".", e);
			}
		}
		return changed;
	}

	/**
	 * Solves a scenario.
	 *
	 * @param base     the estate
	 * @param scenario what is changed
	 * @param kind     whether what is called and building counts
	 * @return both sides
	 * @throws ScenarioException naming the change that does not fit the estate, and why
	 */
	public static Outcome solve(Base base, Scenario scenario, Shadow.Kind kind) throws ScenarioException {
		return new Baseline(base).solve(scenario, kind, Grid.FULL, () -> false).outcome();
	}
}
