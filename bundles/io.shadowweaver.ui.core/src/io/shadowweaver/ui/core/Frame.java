// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.engine.whatif.Scenario;

/**
 * All that a part needs to show the active estate: one state, one cursor, one selection that fit together. Immutable.
 *
 * @param estate    the estate; for history and paths, in a Job
 * @param state     its newest state, or what becomes of that in a scenario
 * @param cursor    where the windows look
 * @param selection what is selected
 * @param past      values at the cursor's time, while it is in the past
 * @param scenario  the scenario that {@code state} is in; empty where it is the real estate
 * @param matching  ids of the resources that match what is looked for; empty where nothing is
 * @param rough     whether the scenario is solved roughly yet, which must be marked where it is shown
 */
public record Frame(EstateHandle estate, WeaverState state, CursorPosition cursor, List<Item> selection, PastValues past, Optional<Scenario> scenario,
		Optional<Set<String>> matching, boolean rough) {
	/** What precedes what was solved roughly. */
	public static final String ROUGHLY = "≈ ";

	/** Checks and copies. */
	public Frame {
		Objects.requireNonNull(state, "state");
		Objects.requireNonNull(past, "past");
		Objects.requireNonNull(scenario, "scenario");
		Objects.requireNonNull(matching, "matching");
		selection = List.copyOf(selection);
	}

	/** Solved exactly. */
	public Frame(EstateHandle estate, WeaverState state, CursorPosition cursor, List<Item> selection, PastValues past, Optional<Scenario> scenario, Optional<Set<String>> matching) {
		this(estate, state, cursor, selection, past, scenario, matching, false);
	}

	/** The name of the scenario, marked where it is solved roughly yet; empty for the real estate. */
	public String scenarioName() {
		return scenario.map(one -> (rough ? ROUGHLY : "") + one.name()).orElse("");
	}

	/** Of the real estate. */
	public Frame(EstateHandle estate, WeaverState state, CursorPosition cursor, List<Item> selection, PastValues past) {
		this(estate, state, cursor, selection, past, Optional.empty(), Optional.empty());
	}

	/** Whether a resource matches what is looked for. */
	public boolean matches(String resource) {
		return matching.isEmpty() || matching.get().contains(resource);
	}

	/** Whether a resource, or any member of a group behind {@code group:}, matches what is looked for. */
	public boolean matchesSubject(String subject) {
		return matching.isEmpty() || (subject.startsWith(SeriesId.GROUP_PREFIX)
				? state.topology().members(subject.substring(SeriesId.GROUP_PREFIX.length())).stream().anyMatch(member -> matches(member.id())) : matches(subject));
	}

	/** The estate's time. */
	public Instant now() {
		return state.time();
	}

	/** Whether the cursor is in the past. */
	public boolean isPast() {
		return cursor.isPast(state.time());
	}

	/** The time that is shown as live: now, or the cursor's in the past. */
	public Instant shownAt() {
		return isPast() ? cursor.time().orElseThrow() : state.time();
	}

	/** The observed value at {@link #shownAt()} in base units; {@code NaN} where it is not known. */
	public double observed(SeriesId id) {
		return isPast() ? past.value(id) : state.series().value(id);
	}

	/** The predicted value at the cursor's horizon, quantile and shadow; {@code NaN} where there is none, or in the past. */
	public double predicted(SeriesId id) {
		return predicted(id, cursor.level());
	}

	/** The same at another quantile. */
	public double predicted(SeriesId id, double level) {
		if (isPast()) {
			return Double.NaN;
		}
		return bands(id).map(bands -> bands.at(cursor.predictedAt(state.time()), level)).orElse(Double.NaN);
	}

	/** The bands of a series in its own unit, in the cursor's shadow: of a group those of its demand, which no shadow changes. */
	public Optional<Bands> bands(SeriesId id) {
		return id.isGroup() ? state.series().forecast(id).flatMap(Forecast::bands) : state.shadow(cursor.kind()).bands(id, state.series());
	}

	/** The bands of a group's utilisation in the cursor's shadow: its demand ÷ the capacity ready then. */
	public Optional<Bands> utilisation(String group, String metric) {
		return Optional.ofNullable(state.shadow(cursor.kind()).projected().get(SeriesId.ofGroup(group, metric)));
	}

	/** Whether the estate is forecast farther ahead as soon as the cursor is there: a file and a scenario are not. */
	public boolean looksFar() {
		return scenario.isEmpty() && estate != null && estate.snapshot().isEmpty();
	}

	/** Whether the newest value of a series is older than three steps, so that it is drawn as stale. */
	public boolean isStale(SeriesId id) {
		int slot = state.series().slot(id);
		return slot < 0 || state.series().time(slot) < state.time().minus(state.step().multipliedBy(3)).toEpochMilli();
	}
}
