// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.engine.whatif.Outcome;
import io.shadowweaver.ui.core.Formats;

/**
 * A group, a lone resource or a sum, without a scenario and in up to three of them.
 *
 * @param key    what identifies it
 * @param name   for the operator
 * @param cells  without a scenario first
 * @param urgent the longest breach among them; sums stand above all
 */
record CompareRow(String key, String name, List<Cell> cells, Duration urgent) {
	static final Comparator<CompareRow> WORST = Comparator.comparing(CompareRow::urgent).reversed().thenComparing(CompareRow::name);
	private static final Duration SUMS = Duration.ofDays(1_000_000);

	/**
	 * How it stands on one side.
	 *
	 * @param text   what is written
	 * @param breach whether something is in breach, so that it is marked
	 */
	record Cell(String text, boolean breach) {
		static final Cell NONE = new Cell("", false);
	}

	/** Copies. */
	CompareRow {
		cells = List.copyOf(cells);
	}

	/** What is written in a column: 0 is without a scenario. */
	Cell cell(int column) {
		return column < cells.size() ? cells.get(column) : Cell.NONE;
	}

	/**
	 * Compares outcomes from one present. Subjects that are the same everywhere and calm are left out.
	 *
	 * @param outcomes at least one
	 */
	static List<CompareRow> of(List<Outcome> outcomes, WeaverState state) {
		List<Outcome.Side> columns = new ArrayList<>(List.of(outcomes.getFirst().before()));
		outcomes.forEach(outcome -> columns.add(outcome.after()));
		List<CompareRow> rows = new ArrayList<>();
		rows.add(new CompareRow("sum:breach", "Time in breach", columns.stream().map(side -> {
			Duration sum = Outcome.inBreach(side);
			return new Cell(sum.isZero() ? "none" : Formats.span(sum), !sum.isZero());
		}).toList(), SUMS.plusDays(1)));
		rows.add(new CompareRow("sum:cost", "Cost", columns.stream().map(side -> new Cell(ScenarioRow.cost(side), false)).toList(), SUMS));
		Set<String> subjects = new LinkedHashSet<>();
		columns.forEach(side -> subjects.addAll(side.figures().keySet()));
		for (String subject : subjects) {
			List<Outcome.Figures> figures = columns.stream().map(side -> side.figures().get(subject)).toList();
			// a law that finds no end of the queue in what works every day does not fit the group
			boolean fits = figures.getFirst() != null && Double.isFinite(figures.getFirst().latency());
			boolean calm = figures.stream().allMatch(one -> one != null && one.breach().isEmpty() && !one.isTooSlow() && !one.isGroup());
			if (!calm || !figures.stream().allMatch(one -> one.equals(figures.getFirst()))) {
				Duration worst = figures.stream().filter(java.util.Objects::nonNull).map(Outcome.Figures::inBreach).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
				rows.add(new CompareRow(subject, ChangeText.subject(subject, state), figures.stream().map(one -> cell(one, fits, state)).toList(), worst));
			}
		}
		return rows;
	}

	private static Cell cell(Outcome.Figures figures, boolean latency, WeaverState state) {
		if (figures == null) {
			return new Cell("is not there", false);
		}
		List<String> parts = new ArrayList<>();
		Instant now = state.time();
		if (!figures.metric().isEmpty()) {
			Metric metric = state.metrics().get(figures.metric());
			parts.add(Double.isInfinite(figures.high()) ? "nobody carries the load" : (metric == null ? figures.metric() : metric.name()) + " up to " + value(metric, figures.high()));
		}
		figures.breach().ifPresent(at -> parts.add("critical " + (at.isAfter(now) ? "from " + Formats.time(at, now) : "now") + " for " + Formats.span(figures.inBreach())));
		if (figures.ready() >= 0) {
			parts.add(figures.ready() + (figures.required() >= 0 ? " of " + figures.required() + " needed" : figures.ready() == 1 ? " member" : " members"));
		}
		if (latency) {
			parts.add(Double.isInfinite(figures.latency()) ? "the queue grows without bound" : Formats.number(figures.latency() * 1000) + " ms" + (figures.isTooSlow() ? ", too slow" : ""));
		}
		return new Cell(String.join(", ", parts), figures.breach().isPresent() || figures.isTooSlow());
	}

	private static String value(Metric metric, double value) {
		return metric == null ? Formats.number(value) : metric.full() == Metric.Full.NONE ? Formats.value(metric, value) : Formats.percent(value);
	}
}
