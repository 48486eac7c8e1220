// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.shadowweaver.api.alert.Threshold;
import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.provision.ProvisioningReport;
import io.shadowweaver.api.state.SeriesIndex;
import io.shadowweaver.api.state.SeriesPages;
import io.shadowweaver.api.state.Shadow;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.DemandTarget;
import io.shadowweaver.api.topology.Placement;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Selector;
import io.shadowweaver.api.topology.Template;
import io.shadowweaver.api.topology.Topology;
import io.shadowweaver.engine.Imagined;
import io.shadowweaver.engine.whatif.Base;
import io.shadowweaver.engine.whatif.Scenario;
import io.shadowweaver.engine.whatif.ScenarioException;

/** An estate of groups of 200 machines whose demand rises, with both shadows, and the ticks that follow. */
final class LargeEstate {
	static final Instant NOW = Instant.parse("2026-03-03T13:22:00Z");
	private static final int MEMBERS = 200;

	private LargeEstate() {
	}

	/** The first tick. */
	static WeaverState of(int machines) {
		Map<String, Resource> resources = new HashMap<>();
		Map<String, ScalingGroup> groups = new HashMap<>();
		SeriesPages.Builder series = SeriesPages.empty(new SeriesIndex()).next();
		for (int group = 0; group < machines / MEMBERS; group++) {
			String tier = "g" + group;
			double load = .25 + .6 * group / (machines / MEMBERS);
			for (int i = 0; i < MEMBERS; i++) {
				String id = tier + "-" + i;
				resources.put(id, Resource.live(id, "vm", id, Map.of(Resource.TIER, tier, Resource.REGION, "r" + group % 2, Resource.ZONE, "z" + i % 3), Map.of("cpu", 4.)));
				series.value(series.slot(new SeriesId(id, "cpu")), NOW.minusSeconds(3).toEpochMilli(), load);
			}
			groups.put(tier, new ScalingGroup(tier, tier, Selector.of(Resource.TIER, tier), ScalingGroup.Scaling.HORIZONTAL, ScalingGroup.Owner.WEAVER, 0, 999, 1, Template.NONE,
					Placement.ANYWHERE, List.of(new DemandTarget("cpu", .7)), "traffic", Duration.ZERO));
			SeriesId demand = SeriesId.ofGroup(tier, "cpu");
			series.value(series.slot(demand), NOW.minusSeconds(3).toEpochMilli(), load * MEMBERS * 4);
			series.forecast(series.slot(demand), new Forecast(demand, NOW, "naive", "1", .2, .8, 100, Optional.of(rising(load * MEMBERS * 4)), "", Optional.empty()));
		}
		WeaverState plain = state(1, new Topology(resources, Set.of(), groups), series.build(), Shadow.empty(Shadow.Kind.UNATTENDED, NOW), Shadow.empty(Shadow.Kind.PLANNED, NOW));
		Base base = new Base(plain, Map.of(), Map.of(), Map.of());
		try {
			WeaverState woven = Imagined.of(base, Scenario.of("as it is")).state();
			return state(1, plain.topology(), plain.series(), woven.unattended(), woven.planned());
		} catch (ScenarioException e) {
			throw new AssertionError(e);
		}
	}

	/** The next tick, in which a tenth of the values are others. */
	static WeaverState next(WeaverState state) {
		SeriesPages.Builder series = state.series().next();
		for (int slot = (int) (state.version() % 10); slot < state.series().size(); slot += 10) {
			series.value(slot, state.series().time(slot), state.series().value(slot) * (state.version() % 2 == 0 ? 1.1 : 1 / 1.1));
		}
		return state(state.version() + 1, state.topology(), series.build(), state.unattended(), state.planned());
	}

	private static WeaverState state(long version, Topology topology, SeriesPages series, Shadow unattended, Shadow planned) {
		return new WeaverState("large", "Large estate", version, NOW, Duration.ofMinutes(1), topology, Map.of("cpu", Metric.CPU), series, unattended, planned,
				List.of(new Threshold("cpu", "cpu", "", new Selector(Map.of()), .75, .9, .7, .9, "")), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), Map.of(), false,
				ProvisioningReport.EMPTY, Map.of());
	}

	private static Bands rising(double now) {
		long[] minutes = { 5, 15, 30, 60, 180, 360, 720, 1440 };
		long[] leads = new long[minutes.length];
		float[] values = new float[minutes.length * Levels.COUNT];
		for (int lead = 0; lead < leads.length; lead++) {
			leads[lead] = minutes[lead] * 60_000;
			for (int level = 0; level < Levels.COUNT; level++) {
				values[lead * Levels.COUNT + level] = (float) (now * (1 + .02 * lead + .02 * (level - Levels.MEDIAN)));
			}
		}
		return new Bands(NOW, leads, values);
	}
}
