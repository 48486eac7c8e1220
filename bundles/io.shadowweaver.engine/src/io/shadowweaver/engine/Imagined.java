// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
import io.shadowweaver.api.topology.Topology;
import io.shadowweaver.engine.whatif.Base;
import io.shadowweaver.engine.whatif.Outcome;
import io.shadowweaver.engine.whatif.Scenario;
import io.shadowweaver.engine.whatif.ScenarioException;
import io.shadowweaver.engine.whatif.WhatIf;
import io.shadowweaver.provisioning.BreachOdds;

/**
 * A scenario solved as a whole estate: what is shown in place of the real one, live and shadow. Immutable.
 *
 * @param outcome if nobody acts: the figures of both sides
 * @param state   the estate as it would be: topology, newest values, forecasts of demand, both shadows, alerts, prices. Plans, queue, verdicts
 *                and statuses are those of the real estate
 */
public record Imagined(Outcome outcome, WeaverState state) {
	private static final String ALERTS = "whatif";

	/**
	 * Solves a scenario. Pure: any thread.
	 *
	 * @throws ScenarioException naming the change that does not fit the estate, and why
	 */
	public static Imagined of(Base base, Scenario scenario) throws ScenarioException {
		Outcome unattended = WhatIf.solve(base, scenario, Shadow.Kind.UNATTENDED);
		Outcome planned = WhatIf.solve(base, scenario, Shadow.Kind.PLANNED);
		WeaverState real = base.state();
		// what is on its way in reality stands in the planned side alone
		Topology topology = planned.after().topology();
		SeriesPages series = series(real, topology, planned);
		List<Alert> alerts = alerts(base, topology, series, unattended.after().shadow());
		Map<String, Price> prices = new HashMap<>(real.report().prices());
		prices.putAll(planned.after().prices());
		ProvisioningReport report = new ProvisioningReport(real.report().spending(), real.report().drifts(), real.report().promotions(), prices);
		return new Imagined(unattended, new WeaverState(real.estate(), real.name(), real.version(), real.time(), real.step(), topology, real.metrics(), series,
				unattended.after().shadow(), planned.after().shadow(), real.thresholds(), alerts, real.plans(), real.queue(), real.verdicts(), real.events(), real.anomalies(),
				real.modes(), real.killSwitch(), report, real.statuses()));
	}

	/** Newest values and forecasts: each value is moved as the median of its bands is moved at present. */
	private static SeriesPages series(WeaverState real, Topology topology, Outcome outcome) {
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
		if (after.isEmpty() || before.isEmpty()) {
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
	private static List<Alert> alerts(Base base, Topology topology, SeriesPages series, Shadow unattended) {
		WeaverState real = base.state();
		AlertBook book = new AlertBook(ALERTS);
		AlertProbes probes = new AlertProbes(real.thresholds());
		for (int round = 0; round < 2; round++) {
			probes.each(topology, real.metrics(), series, unattended, group -> base.leads().getOrDefault(group, Duration.ZERO), id -> BreachOdds.UNKNOWN,
					probe -> book.probe(probe, real.time()));
		}
		return book.alerts();
	}
}
