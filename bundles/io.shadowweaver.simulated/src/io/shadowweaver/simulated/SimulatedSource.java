// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.simulated;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.shadowweaver.api.metric.Batch;
import io.shadowweaver.api.metric.Block;
import io.shadowweaver.api.metric.Event;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.source.BatchSink;
import io.shadowweaver.api.source.MetricSource;
import io.shadowweaver.api.source.SourceInfo;
import io.shadowweaver.api.topology.Lifecycle;
import io.shadowweaver.api.topology.TopologyChange;

/** What the machines of the fleet measure. */
final class SimulatedSource implements MetricSource {
	/** Samples of one piece of back-fill. */
	private static final int PIECE = 250_000;
	/** Rows that one poll delivers at most; the rest comes with the next. */
	private static final int ROWS = 2_000;

	private final SimulatedFleet fleet;
	private final FleetSettings settings;
	/** Time of the next row; before the start until something was delivered. */
	private Instant next;
	/** Whether metrics and topology were said in back-fill, and again in the first poll: who missed one has the other. */
	private boolean describedInHistory;
	private boolean described;
	/** Life-cycle state of each resource as it was reported. */
	private final Map<String, Lifecycle> reported = new HashMap<>();
	private boolean closed;

	SimulatedSource(SimulatedFleet fleet) {
		this.fleet = fleet;
		this.settings = fleet.settings();
		this.next = settings.start();
	}

	@Override
	public SourceInfo info() {
		return new SourceInfo(settings.step(), Optional.of(settings.earliest()), Optional.empty(), Optional.of(settings.start()));
	}

	@Override
	public void backfill(Instant from, Instant to, BatchSink sink, Progress progress) {
		Duration step = settings.step();
		Instant first = FleetSettings.ceiling(from.isBefore(settings.earliest()) ? settings.earliest() : from, step);
		if (!first.isBefore(to)) {
			return;
		}
		int rows = Math.max(1, PIECE / Math.max(1, fleet.rosterAt(first).series().size()));
		double whole = Duration.between(first, to).toMillis();
		for (Instant begin = first; begin.isBefore(to) && !progress.isCancelled();) {
			Instant end = begin.plus(step.multipliedBy(rows));
			end = end.isAfter(to) ? FleetSettings.ceiling(to, step) : end;
			sink.accept(piece(begin, end));
			progress.report(Duration.between(first, end).toMillis() / whole, "History of the simulated fleet up to " + end);
			begin = end;
		}
		next = next.isBefore(to) ? FleetSettings.ceiling(to, step) : next;
	}

	private Batch piece(Instant begin, Instant end) {
		Duration step = settings.step();
		int rows = (int) (Duration.between(begin, end).toSeconds() / step.toSeconds());
		Map<SeriesId, double[]> columns = new LinkedHashMap<>();
		List<TopologyChange> changes = new ArrayList<>(describedInHistory ? List.of() : FleetTopology.fixed(fleet.providerConnection()));
		Roster roster = null;
		double[][] targets = null;
		double[] row = new double[0];
		for (int i = 0; i < rows; i++) {
			Instant time = begin.plus(step.multipliedBy(i));
			Roster now = fleet.rosterAt(time);
			if (now != roster) {
				roster = now;
				row = new double[now.series().size()];
				targets = new double[row.length][];
				for (int c = 0; c < row.length; c++) {
					targets[c] = columns.computeIfAbsent(now.series().get(c), id -> {
						double[] gaps = new double[rows];
						Arrays.fill(gaps, Double.NaN);
						return gaps;
					});
				}
			}
			fleet.sample(roster, time, row);
			for (int c = 0; c < row.length; c++) {
				targets[c][i] = row[c];
			}
		}
		changes.addAll(changes(begin, end));
		List<Block> blocks = new ArrayList<>();
		columns.forEach((id, values) -> blocks.add(new Block(id, Series.of(begin, step, values))));
		List<Metric> metrics = describedInHistory ? List.of() : metrics();
		describedInHistory = true;
		return new Batch(metrics, blocks, List.of(), changes, events(begin, end), List.of());
	}

	@Override
	public Batch poll(Instant now) {
		Duration step = settings.step();
		List<Tick> ticks = new ArrayList<>();
		Instant begin = next;
		while (!next.isAfter(now) && ticks.size() < ROWS) {
			Roster roster = fleet.rosterAt(next);
			double[] row = new double[roster.series().size()];
			fleet.sample(roster, next, row);
			ticks.add(new Tick(next, roster.series(), row));
			next = next.plus(step);
		}
		if (ticks.isEmpty()) {
			return Batch.EMPTY;
		}
		List<TopologyChange> changes = new ArrayList<>();
		List<Metric> metrics = List.of();
		if (!described) {
			described = true;
			metrics = metrics();
			changes.addAll(FleetTopology.fixed(fleet.providerConnection()));
			reported.clear();
		}
		changes.addAll(changes(begin, next));
		return new Batch(metrics, List.of(), ticks, changes, events(begin, next), List.of());
	}

	/** The resources whose state differs from what was said of them, over the rows of a span. */
	private List<TopologyChange> changes(Instant begin, Instant end) {
		List<TopologyChange> changes = new ArrayList<>();
		Instant last = end.minus(settings.step());
		for (Machine machine : fleet.cloud().machines()) {
			Tier tier = Roster.tierOf(machine);
			if (tier == null || machine.trafficAt().isAfter(last)) {
				continue;
			}
			Lifecycle state = !machine.carriesLoad(last) ? Lifecycle.GONE
					: machine.isDraining(last) ? Lifecycle.DRAINING : Lifecycle.LIVE;
			Lifecycle before = reported.getOrDefault(machine.resource(), Lifecycle.GONE);
			if (state == Lifecycle.GONE && machine.goneAt().isAfter(begin) && before == Lifecycle.GONE) {
				// Came and went within the span: its samples are there, so it must be known before it is gone.
				changes.add(new TopologyChange.ResourceSeen(FleetTopology.resource(machine, tier, Lifecycle.DRAINING)));
				before = Lifecycle.DRAINING;
			}
			if (state != before) {
				changes.add(state == Lifecycle.GONE ? new TopologyChange.ResourceGone(machine.resource())
						: new TopologyChange.ResourceSeen(FleetTopology.resource(machine, tier, state)));
				reported.put(machine.resource(), state);
			}
		}
		return changes;
	}

	/** What began since the row before a span and up to its last row, changes of capacity included. */
	private List<Event> events(Instant begin, Instant end) {
		Instant after = begin.minus(settings.step());
		Instant last = end.minus(settings.step());
		List<Event> events = new ArrayList<>(fleet.demand().events(after.plusSeconds(1), last.plusSeconds(1)));
		for (Machine machine : fleet.cloud().machines()) {
			Tier tier = Roster.tierOf(machine);
			if (tier != null && machine.trafficAt().isAfter(after) && !machine.trafficAt().isAfter(last)) {
				events.add(capacity(machine.trafficAt(), tier, machine.resource() + " takes load"));
			}
			if (tier != null && machine.deletedAt().isAfter(after) && !machine.deletedAt().isAfter(last)) {
				events.add(capacity(machine.deletedAt(), tier, machine.resource() + " drains"));
			}
		}
		events.sort(Comparator.comparing(Event::time));
		return events;
	}

	private static Event capacity(Instant time, Tier tier, String text) {
		return new Event(Event.Kind.CAPACITY, time, Duration.ZERO, SeriesId.GROUP_PREFIX + tier.id, text);
	}

	private static List<Metric> metrics() {
		List<Metric> metrics = new ArrayList<>();
		for (Tier tier : Tier.values()) {
			for (Metric metric : tier.metrics) {
				if (!metrics.contains(metric)) {
					metrics.add(metric);
				}
			}
		}
		return metrics;
	}

	@Override
	public void close() {
		if (!closed) {
			closed = true;
			fleet.closed();
		}
	}
}
