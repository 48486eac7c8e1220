// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.engine.whatif.Base;
import io.shadowweaver.engine.whatif.Outcome;
import io.shadowweaver.engine.whatif.Scenario;
import io.shadowweaver.engine.whatif.ScenarioException;

/**
 * A scenario solved as a whole estate: what is shown in place of the real one, live and shadow. Immutable.
 *
 * @param outcome if nobody acts: the figures of both sides
 * @param state   the estate as it would be: topology, newest values, forecasts of demand, both shadows, alerts, prices. Plans, queue, verdicts
 *                and statuses are those of the real estate
 * @param rough   whether it was solved roughly, to be shown until it is solved exactly
 */
public record Imagined(Outcome outcome, WeaverState state, boolean rough) {
	/** Solved exactly. */
	public Imagined(Outcome outcome, WeaverState state) {
		this(outcome, state, false);
	}

	/**
	 * Solves a scenario. Pure: any thread.
	 *
	 * @throws ScenarioException naming the change that does not fit the estate, and why
	 */
	public static Imagined of(Base base, Scenario scenario) throws ScenarioException {
		return new Imaginer(base).solve(scenario, () -> false);
	}
}
