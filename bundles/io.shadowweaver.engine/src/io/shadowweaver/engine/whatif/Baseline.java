// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.whatif;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.state.Shadow;
import io.shadowweaver.api.topology.Topology;

/**
 * An estate at one tick, as it becomes without a scenario: solved once, so that each scenario of that tick solves only the groups that it touches,
 * by what it changes itself or by calls. Any thread.
 */
public final class Baseline {
	private record Unchanged(Estate estate, Flow flow, Solver.Solution solution) {
	}

	/**
	 * A solved scenario.
	 *
	 * @param outcome both sides
	 * @param touched what was solved anew: groups, and the resources of no group as one
	 */
	public record Solved(Outcome outcome, Collection<Part> touched) {
	}

	private final Base base;
	private final Map<Shadow.Kind, Unchanged> unchanged = new EnumMap<>(Shadow.Kind.class);

	/** Of an estate; nothing is solved before it is asked for. */
	public Baseline(Base base) {
		this.base = base;
	}

	/** The estate. */
	public Base base() {
		return base;
	}

	private synchronized Unchanged unchanged(Shadow.Kind kind, BooleanSupplier cancelled) throws ScenarioException {
		Unchanged known = unchanged.get(kind);
		if (known == null) {
			Estate estate = new Estate(base, kind == Shadow.Kind.PLANNED);
			Unchanged other = unchanged.get(other(kind));
			Flow flow = other == null ? new Flow(base, estate) : new Flow(other.flow, estate);
			Solver solver = new Solver(base, estate, flow, kind, Grid.FULL, cancelled);
			known = new Unchanged(estate, flow, solver.solve(id -> other == null || hasComing(id) ? Optional.empty() : Optional.of(other.solution.groups().get(id)), Optional.empty(), Optional.empty()));
			unchanged.put(kind, known);
		}
		return known;
	}

	private static Shadow.Kind other(Shadow.Kind kind) {
		return kind == Shadow.Kind.PLANNED ? Shadow.Kind.UNATTENDED : Shadow.Kind.PLANNED;
	}

	/** Whether the two shadows of a group may differ. */
	private boolean hasComing(String group) {
		return base.state().topology().members(group).stream().anyMatch(member -> member.lifecycle().isComing());
	}

	private boolean loneComing() {
		return base.state().topology().resources().values().stream().anyMatch(resource -> resource.lifecycle().isComing() && base.state().topology().groupOf(resource.id()).isEmpty());
	}

	/**
	 * Solves a scenario.
	 *
	 * @param scenario  what is changed
	 * @param kind      whether what is called and building counts
	 * @param grid      how finely
	 * @param cancelled asked from group to group
	 * @throws ScenarioException     naming the change that does not fit the estate, and why
	 * @throws CancellationException where it was cancelled
	 */
	Solved solve(Scenario scenario, Shadow.Kind kind, Grid grid, BooleanSupplier cancelled) throws ScenarioException {
		return work(scenario, kind, grid, cancelled, Optional.empty()).solved;
	}

	/** What was solved of one kind, from which the other may take what cannot differ. */
	private record Work(Estate estate, Solver.Solution solution, Solved solved) {
	}

	private Work work(Scenario scenario, Shadow.Kind kind, Grid grid, BooleanSupplier cancelled, Optional<Work> other) throws ScenarioException {
		Unchanged before = unchanged(kind, cancelled);
		Estate estate = WhatIf.changed(new Estate(before.estate), scenario);
		Flow flow = new Flow(before.flow, estate);
		Set<String> driven = flow.changed();
		boolean shared = other.filter(work -> work.estate.loads().equals(estate.loads())).isPresent();
		Set<String> touched = new HashSet<>();
		Topology topology = base.state().topology();
		Solver solver = new Solver(base, estate, flow, kind, grid, cancelled);
		boolean lone = !estate.hasLoneOrigin() || driven.stream().anyMatch(subject -> !subject.startsWith(SeriesId.GROUP_PREFIX));
		Solver.Solution solution = solver.solve(id -> {
			if (!driven.contains(SeriesId.GROUP_PREFIX + id) && estate.hasOrigin(id) && !estate.isResized(id) && estate.latencyTarget(id).isEmpty()) {
				return Optional.ofNullable(before.solution.groups().get(id));
			}
			touched.add(id);
			return shared && !hasComing(id) ? other.map(work -> work.solution.groups().get(id)) : Optional.empty();
		}, !lone ? Optional.of(before.solution.lone()) : shared && !loneComing() ? other.map(work -> work.solution.lone()) : Optional.empty(), Optional.of(before.solution));
		List<Part> parts = new ArrayList<>();
		topology.groups().keySet().stream().filter(touched::contains).map(solution.groups()::get).forEach(parts::add);
		if (lone) {
			parts.add(solution.lone());
		}
		List<String> notes = new ArrayList<>(new TreeSet<>(solution.notes()));
		if (!flow.circles().isEmpty()) {
			notes.add("They call each other in a circle, which is followed once: " + String.join(", ", flow.circles()) + ".");
		}
		if (solution.side().unpriced() > 0) {
			notes.add("The price of " + solution.side().unpriced() + " resources is not known; they are not in the cost.");
		}
		return new Work(estate, solution, new Solved(new Outcome(scenario, base.state().time(), WhatIf.HORIZON, before.solution.side(), solution.side(), flow.ratios(), notes), parts));
	}

	/**
	 * Solves both shadows of a scenario.
	 *
	 * @param unattended with the capacity ready now
	 * @param planned    with what is called and building
	 */
	public record Both(Solved unattended, Solved planned) {
	}

	/**
	 * Solves both shadows of a scenario exactly.
	 *
	 * @param cancelled asked from group to group
	 * @throws ScenarioException     naming the change that does not fit the estate, and why
	 * @throws CancellationException where it was cancelled
	 */
	public Both solve(Scenario scenario, BooleanSupplier cancelled) throws ScenarioException {
		return both(scenario, Grid.FULL, cancelled);
	}

	/**
	 * Solves both shadows of a scenario roughly and fast: groups at a few leads, where their demand is highest among them, members of them in one metric.
	 * What a group needs, breaches, latency and costs come from these leads; flow along calls and the law of queues are those of the exact solution.
	 *
	 * @param metric of members
	 * @throws ScenarioException naming the change that does not fit the estate, and why
	 */
	public Both sketch(Scenario scenario, String metric) throws ScenarioException {
		return both(scenario, Grid.rough(metric), () -> false);
	}

	private Both both(Scenario scenario, Grid grid, BooleanSupplier cancelled) throws ScenarioException {
		Work unattended = work(scenario, Shadow.Kind.UNATTENDED, grid, cancelled, Optional.empty());
		return new Both(unattended.solved, work(scenario, Shadow.Kind.PLANNED, grid, cancelled, Optional.of(unattended)).solved);
	}
}
