// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.provision.Price;
import io.shadowweaver.api.provision.ProvisioningReport;
import io.shadowweaver.api.state.SeriesIndex;
import io.shadowweaver.api.state.SeriesPages;
import io.shadowweaver.api.state.Shadow;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Topology;
import io.shadowweaver.engine.whatif.Base;
import io.shadowweaver.engine.whatif.Baseline;
import io.shadowweaver.engine.whatif.Outcome;
import io.shadowweaver.engine.whatif.Part;
import io.shadowweaver.engine.whatif.Scenario;
import io.shadowweaver.engine.whatif.ScenarioException;
import io.shadowweaver.provisioning.BreachOdds;

/**
 * Makes whole estates of scenarios of one tick: exactly, or roughly within the blink of an eye, while something is dragged. What does not depend on
 * the scenario is solved once. Any thread; one of them sketches at a time.
 */
public final class Imaginer {
	private static final String ALERTS = "whatif";

	/** What sketches begin with. */
	private record Sheet(SeriesPages series, List<Alert> alerts) {
	}

	private final Baseline baseline;
	private Sheet sheet;

	/** Of an estate at one tick. */
	public Imaginer(Base base) {
		baseline = new Baseline(base);
	}

	/** The estate. */
	public Base base() {
		return baseline.base();
	}

	/**
	 * Solves a scenario exactly.
	 *
	 * @param cancelled asked again and again; what is no longer wanted is not solved to its end
	 * @throws ScenarioException     naming the change that does not fit the estate, and why
	 * @throws CancellationException where it was cancelled
	 */
	public Imagined solve(Scenario scenario, BooleanSupplier cancelled) throws ScenarioException {
		Baseline.Both both = baseline.solve(scenario, cancelled);
		Outcome planned = both.planned().outcome();
		// what is on its way in reality stands in the planned side alone
		Topology topology = planned.after().topology();
		SeriesPages series = series(topology, planned);
		if (cancelled.getAsBoolean()) {
			throw new CancellationException();
		}
		Outcome unattended = both.unattended().outcome();
		List<Alert> alerts = alerts(topology, series, unattended.after().shadow(), topology.groups().values(), id -> true);
		return new Imagined(unattended, state(unattended, planned, series, alerts));
	}

	/**
	 * Solves what does not depend on a scenario, so that the next call answers at once.
	 *
	 * @param cancelled as for {@link #solve}
	 */
	public void prepare(BooleanSupplier cancelled) {
		try {
			baseline.solve(Scenario.of(ALERTS), cancelled);
			sheet();
		} catch (ScenarioException e) {
			throw new IllegalStateException("an estate without changes cannot be solved: " + e.getMessage(), e);
		}
	}

	/**
	 * Solves a scenario roughly: at a few times, that of the highest demand of a group among them, and only what the scenario touches. The values and
	 * bands of members are those of one metric; the others, and alerts of what it does not touch, stay as they are in reality.
	 *
	 * @param metric of members
	 * @return marked as rough
	 * @throws ScenarioException naming the change that does not fit the estate, and why
	 */
	public synchronized Imagined sketch(Scenario scenario, String metric) throws ScenarioException {
		Baseline.Both both = baseline.sketch(scenario, metric);
		Outcome unattended = both.unattended().outcome();
		Outcome planned = both.planned().outcome();
		Topology topology = planned.after().topology();
		SeriesPages series = sketched(planned, both.planned().touched());
		return new Imagined(unattended, state(unattended, planned, series, sketched(topology, series, unattended, both.unattended().touched())), true);
	}

	private synchronized Sheet sheet() {
		if (sheet == null) {
			WeaverState real = base().state();
			// an index of its own: the engine's grows on the engine's thread alone
			SeriesPages.Builder pages = SeriesPages.empty(new SeriesIndex()).next();
			for (int slot = 0; slot < real.series().size(); slot++) {
				int own = pages.slot(real.series().id(slot));
				pages.value(own, real.series().time(slot), real.series().value(slot));
				real.series().forecast(slot).ifPresent(forecast -> pages.forecast(own, forecast));
			}
			SeriesPages series = pages.build();
			sheet = new Sheet(series, alerts(real.topology(), series, unchanged(), real.topology().groups().values(), id -> true));
		}
		return sheet;
	}

	private Shadow unchanged() {
		try {
			return baseline.solve(Scenario.of(ALERTS), () -> false).unattended().outcome().before().shadow();
		} catch (ScenarioException e) {
			throw new IllegalStateException("an estate without changes cannot be solved: " + e.getMessage(), e);
		}
	}

	private SeriesPages sketched(Outcome outcome, Collection<Part> touched) {
		SeriesPages before = sheet().series;
		SeriesPages.Builder pages = before.next();
		Instant now = base().state().time();
		for (Part part : touched) {
			Stream.concat(part.projected().entrySet().stream().filter(entry -> !entry.getKey().isGroup()), part.demand().entrySet().stream()).forEach(entry -> {
				SeriesId id = entry.getKey();
				int known = before.slot(id);
				if (known < 0) {
					pages.value(pages.slot(id), now.toEpochMilli(), entry.getValue().at(now, .5));
					return;
				}
				Optional<Forecast> forecast = before.forecast(known);
				Optional<Bands> unchanged = Optional.ofNullable(outcome.before().shadow().projected().get(id)).filter(bands -> !id.isGroup()).or(() -> forecast.flatMap(Forecast::bands));
				pages.value(known, before.time(known), moved(before.value(known), unchanged, Optional.of(entry.getValue()), now));
				forecast.filter(one -> id.isGroup()).ifPresent(one -> pages.forecast(known, with(one, entry.getValue())));
			});
		}
		return pages.build();
	}

	private List<Alert> sketched(Topology topology, SeriesPages series, Outcome outcome, Collection<Part> touched) {
		Set<String> subjects = new HashSet<>();
		touched.forEach(part -> subjects.addAll(part.figures().keySet()));
		List<ScalingGroup> groups = topology.groups().values().stream().filter(group -> subjects.contains(SeriesId.GROUP_PREFIX + group.id())).toList();
		boolean lone = subjects.stream().anyMatch(subject -> !subject.startsWith(SeriesId.GROUP_PREFIX));
		List<Alert> alerts = new ArrayList<>(alerts(topology, series, outcome.after().shadow(), groups, id -> lone && topology.groupOf(id).isEmpty()));
		sheet().alerts.stream().filter(alert -> !subjects.contains(alert.subject()) && !(lone && topology.groupOf(alert.subject()).isEmpty() && !alert.subject().startsWith(SeriesId.GROUP_PREFIX)))
				.forEach(alerts::add);
		return alerts;
	}

	private WeaverState state(Outcome unattended, Outcome planned, SeriesPages series, List<Alert> alerts) {
		WeaverState real = base().state();
		ProvisioningReport report = real.report();
		if (planned.after().prices() != planned.before().prices()) {
			Map<String, Price> prices = new HashMap<>(report.prices());
			prices.putAll(planned.after().prices());
			report = new ProvisioningReport(report.spending(), report.drifts(), report.promotions(), prices);
		}
		return new WeaverState(real.estate(), real.name(), real.version(), real.time(), real.step(), planned.after().topology(), real.metrics(), series, unattended.after().shadow(),
				planned.after().shadow(), real.thresholds(), alerts, real.plans(), real.queue(), real.verdicts(), real.events(), real.anomalies(), real.modes(), real.killSwitch(), report,
				real.statuses());
	}

	/** Newest values and forecasts: each value is moved as the median of its bands is moved at present. */
	private SeriesPages series(Topology topology, Outcome outcome) {
		WeaverState real = base().state();
		SeriesPages before = real.series();
		Instant now = real.time();
		// an index of its own: the engine's grows on the engine's thread alone
		SeriesPages.Builder pages = SeriesPages.empty(new SeriesIndex()).next();
		for (int slot = 0; slot < before.size(); slot++) {
			SeriesId id = before.id(slot);
			Optional<Resource> resource = id.isGroup() ? Optional.empty() : topology.resource(id.subject());
			int own = pages.slot(id);
			if (resource.isPresent() && !resource.get().lifecycle().carriesLoad()) {
				continue;
			}
			Optional<Forecast> forecast = before.forecast(slot);
			Optional<Bands> unchanged = Optional.ofNullable(outcome.before().shadow().projected().get(id)).filter(bands -> !id.isGroup())
					.or(() -> forecast.flatMap(Forecast::bands));
			Optional<Bands> changed = Optional.ofNullable((id.isGroup() ? outcome.after().demand() : outcome.after().shadow().projected()).get(id));
			boolean goes = changed.isEmpty() && !id.isGroup() && outcome.before().shadow().projected().containsKey(id)
					&& topology.groupOf(id.subject()).isPresent();
			pages.value(own, before.time(slot), moved(before.value(slot), unchanged, changed, now));
			if (!goes) {
				forecast.map(one -> changed.filter(bands -> id.isGroup()).map(bands -> with(one, bands)).orElse(one)).ifPresent(one -> pages.forecast(own, one));
			}
		}
		outcome.after().shadow().projected().forEach((id, bands) -> {
			if (!id.isGroup() && before.slot(id) < 0 && topology.resource(id.subject()).filter(one -> one.lifecycle().carriesLoad()).isPresent()) {
				pages.value(pages.slot(id), now.toEpochMilli(), bands.at(now, .5));
			}
		});
		return pages.build();
	}

	private static double moved(double value, Optional<Bands> before, Optional<Bands> after, Instant now) {
		if (after.isEmpty() || before.isEmpty() || after.get() == before.get()) {
			return value;
		}
		double ratio = after.get().at(now, .5) / before.get().at(now, .5);
		return Double.isFinite(ratio) && !Double.isNaN(value) ? value * ratio : after.get().at(now, .5);
	}

	private static Forecast with(Forecast forecast, Bands bands) {
		return new Forecast(forecast.series(), forecast.issuedAt(), forecast.model(), forecast.modelVersion(), forecast.skill(), forecast.coverage(), forecast.samples(),
				Optional.of(bands), forecast.reason(), forecast.readyAt());
	}

	/** By the rules that raise real ones. Two rounds, since an alert is raised by two ticks in a row. */
	private List<Alert> alerts(Topology topology, SeriesPages series, Shadow unattended, Collection<ScalingGroup> groups, Predicate<String> resources) {
		WeaverState real = base().state();
		AlertProbes probes = new AlertProbes(real.thresholds());
		List<AlertBook.Probe> all = new ArrayList<>();
		groups.forEach(group -> probes.group(group, topology, real.metrics(), series, unattended, id -> base().leads().getOrDefault(id, Duration.ZERO), id -> BreachOdds.UNKNOWN, all::add));
		probes.resources(topology, real.metrics(), series, unattended, id -> BreachOdds.UNKNOWN, resources, all::add);
		AlertBook book = new AlertBook(ALERTS);
		for (int round = 0; round < 2; round++) {
			all.forEach(probe -> book.probe(probe, real.time()));
		}
		return book.alerts();
	}
}
