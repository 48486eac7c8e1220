// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

import io.shadowweaver.api.alert.Threshold;
import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.metric.Aggregation;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Metric.Full;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Unit;
import io.shadowweaver.api.state.SeriesPages;
import io.shadowweaver.api.state.Shadow;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Topology;
import io.shadowweaver.engine.AlertBook.Probe;
import io.shadowweaver.engine.load.GroupMetrics;
import io.shadowweaver.engine.load.ThresholdChoice;
import io.shadowweaver.provisioning.BreachOdds;

/**
 * Finds what is to be tested against which threshold. A metric that a group shares is tested for the group, once, not for each
 * of its members; everything else for each resource.
 */
final class AlertProbes {
	private final ThresholdChoice thresholds;

	AlertProbes(List<Threshold> thresholds) {
		this.thresholds = new ThresholdChoice(thresholds);
	}

	/**
	 * Enumerates the probes.
	 *
	 * @param topology   what is there
	 * @param metrics    by id
	 * @param series     values and forecasts
	 * @param unattended the shadow from which alerts rise
	 * @param lead       learned lead of a group
	 * @param odds       of a series exceeding a limit, in the unit of thresholds, by a time
	 * @param sink       takes them
	 */
	void each(Topology topology, Map<String, Metric> metrics, SeriesPages series, Shadow unattended,
			Function<String, Duration> lead, Function<SeriesId, BreachOdds> odds, Consumer<Probe> sink) {
		topology.groups().values().forEach(group -> group(group, topology, metrics, series, unattended, lead, odds, sink));
		resources(topology, metrics, series, unattended, odds, id -> true, sink);
	}

	/** Enumerates those of one group; all else as {@link #each}. */
	void group(ScalingGroup group, Topology topology, Map<String, Metric> metrics, SeriesPages series, Shadow unattended, Function<String, Duration> lead,
			Function<SeriesId, BreachOdds> odds, Consumer<Probe> sink) {
		List<Resource> live = topology.liveMembers(group.id());
		for (String id : GroupMetrics.of(group, live, metrics)) {
			SeriesId demand = SeriesId.ofGroup(group.id(), id);
			Optional<Threshold> rule = thresholds.of(group, live, id);
			if (rule.isEmpty()) {
				continue;
			}
			double now = now(metrics.get(id), live, series, demand);
			unattended.bands(demand, series).or(() -> flat(now, unattended.origin()))
					.ifPresent(bands -> sink.accept(new Probe(demand.subject(), group.name() + ": " + metrics.get(id).name(), rule.get(), now, bands,
							lead.apply(group.id()), because(series.forecast(demand)), format(metrics.get(id)), odds.apply(demand))));
		}
	}

	/**
	 * Enumerates those of resources; all else as {@link #each}.
	 *
	 * @param which whether a resource is asked for
	 */
	void resources(Topology topology, Map<String, Metric> metrics, SeriesPages series, Shadow unattended, Function<SeriesId, BreachOdds> odds,
			Predicate<String> which, Consumer<Probe> sink) {
		for (int slot = 0; slot < series.size(); slot++) {
			SeriesId id = series.id(slot);
			if (id.isGroup() || !which.test(id.subject())) {
				continue;
			}
			Optional<Resource> resource = topology.resource(id.subject());
			Metric metric = metrics.get(id.metric());
			if (resource.isEmpty() || metric == null || !resource.get().lifecycle().carriesLoad()) {
				continue;
			}
			Optional<String> group = topology.groupOf(id.subject());
			if (group.isPresent() && series.slot(SeriesId.ofGroup(group.get(), id.metric())) >= 0) {
				continue;
			}
			Optional<Threshold> rule = thresholds.of(resource.get(), id.metric());
			double now = GroupBook.utilisation(metric, resource.get(), series.value(slot));
			Optional<Bands> bands = rule.isEmpty() ? Optional.empty()
					: unattended.bands(id, series).flatMap(value -> utilisation(metric, resource.get(), value))
							.or(() -> flat(now, unattended.origin()));
			if (bands.isPresent()) {
				sink.accept(new Probe(id.subject(), resource.get().name() + ": " + metric.name(), rule.get(), now, bands.get(), Duration.ZERO,
						because(series.forecast(slot)), format(metric), odds.apply(id)));
			}
		}
	}

	private static double now(Metric metric, List<Resource> live, SeriesPages series, SeriesId demand) {
		if (metric.aggregation() == Aggregation.MAX) {
			return series.value(demand);
		}
		double used = 0;
		double capacity = 0;
		for (Resource member : live) {
			double value = series.value(new SeriesId(member.id(), metric.id()));
			double own = member.capacity(metric.id());
			if (!Double.isNaN(value) && !Double.isNaN(own)) {
				used += metric.full() == Full.ONE ? value * own : value;
				capacity += own;
			}
		}
		return capacity > 0 ? used / capacity : Double.NaN;
	}

	/** Without a forecast the newest value is tested alone. */
	private static Optional<Bands> flat(double now, Instant origin) {
		if (!Double.isFinite(now)) {
			return Optional.empty();
		}
		float[] levels = new float[Levels.COUNT];
		Arrays.fill(levels, (float) now);
		return Optional.of(new Bands(origin, new long[] { 1 }, levels));
	}

	/** What the threshold tests: a utilisation where something is full, the value itself otherwise. */
	private static Optional<Bands> utilisation(Metric metric, Resource resource, Bands value) {
		if (metric.full() != Full.CAPACITY) {
			return Optional.of(value);
		}
		double capacity = resource.capacity(metric.id());
		return Double.isNaN(capacity) ? Optional.empty() : Optional.of(value.map((lead, v) -> v / capacity));
	}

	private static Function<Double, String> format(Metric metric) {
		Unit unit = metric.full() == Full.NONE ? metric.display() : Unit.PERCENT;
		return value -> String.format(java.util.Locale.ROOT, "%.0f %s", unit.fromBase(value), unit.symbol());
	}

	private static String because(Optional<Forecast> forecast) {
		if (forecast.isEmpty() || !forecast.get().isPresent()) {
			return "No forecast; the newest value crosses.";
		}
		Forecast found = forecast.get();
		String skill = Double.isNaN(found.skill()) ? "skill not measured yet"
				: String.format(java.util.Locale.ROOT, "skill %.2f against seasonal naive", found.skill());
		String coverage = Double.isNaN(found.coverage()) ? "coverage not measured yet"
				: String.format(java.util.Locale.ROOT, "%.0f %% of past values inside the 80 %% band", found.coverage() * 100);
		return "Forecast by " + found.model() + ", " + skill + ", " + coverage + ".";
	}
}
