// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.whatif;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

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
		Estate changed = new Estate(base, coming);
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
		Estate unchanged = new Estate(base, kind == Shadow.Kind.PLANNED);
		Estate changed = changed(base, scenario, kind == Shadow.Kind.PLANNED);
		Flow flow = new Flow(base, changed);
		List<String> notes = new ArrayList<>();
		Outcome.Side before = new Solver(base, unchanged, new Flow(base, unchanged), kind, new TreeSet<>()).solve();
		TreeSet<String> said = new TreeSet<>();
		Outcome.Side after = new Solver(base, changed, flow, kind, said).solve();
		notes.addAll(said);
		if (!flow.circles().isEmpty()) {
			notes.add("They call each other in a circle, which is followed once: " + String.join(", ", flow.circles()) + ".");
		}
		if (after.unpriced() > 0) {
			notes.add("The price of " + after.unpriced() + " resources is not known; they are not in the cost.");
		}
		return new Outcome(scenario, base.state().time(), HORIZON, before, after, flow.ratios(), notes);
	}

	/**
	 * A shadow of the estate as it is, by the forecasts that the base has.
	 *
	 * @param kind whether what is called and building counts
	 */
	public static Shadow unchanged(Base base, Shadow.Kind kind) {
		Estate estate = new Estate(base, kind == Shadow.Kind.PLANNED);
		try {
			return new Solver(base, estate, new Flow(base, estate), kind, new TreeSet<>()).solve().shadow();
		} catch (ScenarioException e) {
			throw new IllegalStateException("Nothing is changed, and yet: " + e.getMessage(), e);
		}
	}
}
