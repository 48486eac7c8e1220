// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.plan;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.shadowweaver.engine.whatif.Outcome;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Scenarios;

/**
 * A scenario in the list.
 *
 * @param entry   the scenario
 * @param shown   whether it is shown in place of the real estate
 * @param outcome how it ends; empty while it is not solved
 */
record ScenarioRow(Scenarios.Entry entry, boolean shown, Optional<Outcome> outcome) {
	static final Comparator<ScenarioRow> BY_NAME = Comparator.comparing(row -> row.entry.scenario().name(), String.CASE_INSENSITIVE_ORDER);

	static List<ScenarioRow> of(Scenarios scenarios) {
		Optional<String> shown = scenarios.shown().map(Scenarios.Entry::id);
		return scenarios.entries().stream().map(entry -> new ScenarioRow(entry, shown.filter(entry.id()::equals).isPresent(), entry.imagined().map(one -> one.outcome()))).toList();
	}

	/** What precedes figures that are rough yet. */
	private String about() {
		return isRough() ? Frame.ROUGHLY : "";
	}

	private boolean isRough() {
		return entry.imagined().filter(one -> one.rough()).isPresent();
	}

	/** How many new breaches. */
	String newBreachesText() {
		return outcome.isEmpty() ? "" : about() + newBreaches();
	}

	String mark() {
		return shown ? "shown" : "";
	}

	String changes() {
		return String.valueOf(entry.scenario().changes().size());
	}

	/** How many groups and resources become critical only with it. */
	int newBreaches() {
		return outcome.map(one -> one.newBreaches().size()).orElse(0);
	}

	Duration inBreach() {
		return outcome.map(one -> Outcome.inBreach(one.after())).orElse(Duration.ZERO);
	}

	String breach() {
		return outcome.map(one -> about() + (inBreach().isZero() ? "none" : Formats.span(inBreach()))).orElse("");
	}

	double cost() {
		return outcome.map(one -> one.after().costPerHour()).orElse(Double.NaN);
	}

	String costText() {
		return outcome.map(one -> cost(one.after()) + difference(one)).orElse("");
	}

	private static String difference(Outcome outcome) {
		double more = outcome.after().costPerHour() - outcome.before().costPerHour();
		return outcome.after().currency().isEmpty() || Math.abs(more) < 5e-4 ? "" : " (" + (more > 0 ? "+" : "−") + Formats.number(Math.abs(more)) + ")";
	}

	static String cost(Outcome.Side side) {
		return side.currency().isEmpty() ? "" : Formats.cost(side.costPerHour(), side.currency());
	}

	/** How it ends in a sentence, or why it does not. */
	String sentence() {
		if (!entry.problem().isEmpty()) {
			return entry.problem();
		}
		return isRough() ? Frame.ROUGHLY + "Rough figures, while it is solved." : outcome.map(one -> one.notes().isEmpty() ? "" : String.join(" ", one.notes())).orElse("It is being solved.");
	}
}
