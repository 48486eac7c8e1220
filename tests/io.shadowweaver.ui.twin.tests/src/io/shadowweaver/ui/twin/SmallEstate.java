// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.alert.Severity;
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

/** A state of twelve machines in two zones; the first may breach in an hour. */
final class SmallEstate {
	static final Instant NOW = Instant.parse("2026-03-03T13:22:00Z");

	private SmallEstate() {
	}

	static WeaverState state(long version, boolean alerting) {
		return state(version, alerting, 12);
	}

	private static WeaverState state(long version, boolean alerting, int machines) {
		Map<String, Resource> resources = new HashMap<>();
		SeriesPages.Builder series = SeriesPages.empty(new SeriesIndex()).next();
		for (int i = 1; i <= machines; i++) {
			String id = "web-" + i;
			resources.put(id, Resource.live(id, "vm", id, Map.of(Resource.TIER, "web", Resource.REGION, "r", Resource.ZONE, "z" + i % 2), Map.of("cpu", 4.)));
			series.value(series.slot(new SeriesId(id, "cpu")), NOW.minusSeconds(3).toEpochMilli(), i % 14 / 14.);
		}
		List<Alert> alerts = alerting ? List.of(new Alert("a", "cpu", "web-1", "cpu", Severity.CRITICAL, Alert.State.OPEN, NOW, NOW.plusSeconds(3600),
				Optional.empty(), Optional.empty(), NOW.plusSeconds(3000), .95, .9, "", "", "", "", "", List.of())) : List.of();
		Map<SeriesId, io.shadowweaver.api.forecast.Bands> bands = Map.of(new SeriesId("web-1", "cpu"), flat());
		return new WeaverState("small", "Small estate", version, NOW, Duration.ofMinutes(1), new Topology(resources, Set.of(), Map.of()),
				Map.of("cpu", Metric.CPU, "memory", Metric.MEMORY), series.build(), new Shadow(Shadow.Kind.UNATTENDED, NOW, bands, Map.of()),
				new Shadow(Shadow.Kind.PLANNED, NOW, bands, Map.of()), List.of(), alerts, List.of(), List.of(), List.of(), List.of(), List.of(), Map.of(), false, ProvisioningReport.EMPTY,
				Map.of());
	}

	/** The same machines as a scaling group. */
	static WeaverState grouped() {
		return grouped(12);
	}

	/** So many machines as a scaling group. */
	static WeaverState grouped(int machines) {
		WeaverState alone = state(1, false, machines);
		ScalingGroup web = new ScalingGroup("web", "Web", Selector.of(Resource.TIER, "web"), ScalingGroup.Scaling.HORIZONTAL, ScalingGroup.Owner.WEAVER, 0, 99, 1, Template.NONE,
				Placement.ANYWHERE, List.of(new DemandTarget("cpu", .7)), "traffic", Duration.ZERO);
		return new WeaverState(alone.estate(), alone.name(), alone.version(), alone.time(), alone.step(), new Topology(alone.topology().resources(), Set.of(), Map.of("web", web)),
				alone.metrics(), alone.series(), alone.unattended(), alone.planned(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), Map.of(), false,
				ProvisioningReport.EMPTY, Map.of());
	}

	/** The group, which is called by a database, where requests are measured. */
	static WeaverState flowing() {
		WeaverState grouped = grouped();
		Map<String, Resource> resources = new HashMap<>(grouped.topology().resources());
		resources.put("db", Resource.live("db", "database", "db", Map.of(Resource.REGION, "r", Resource.ZONE, "z1"), Map.of()));
		SeriesPages.Builder series = grouped.series().next();
		series.value(series.slot(new SeriesId("group:web", "requests")), NOW.minusSeconds(3).toEpochMilli(), 300);
		return new WeaverState(grouped.estate(), grouped.name(), grouped.version(), grouped.time(), grouped.step(),
				new Topology(resources, Set.of(new io.shadowweaver.api.topology.Link("db", "group:web", "calls")), grouped.topology().groups()), grouped.metrics(),
				series.build(), grouped.unattended(), grouped.planned(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), Map.of(), false,
				ProvisioningReport.EMPTY, Map.of());
	}

	private static io.shadowweaver.api.forecast.Bands flat() {
		float[] values = new float[2 * io.shadowweaver.api.forecast.Levels.COUNT];
		java.util.Arrays.fill(values, .93f);
		return new io.shadowweaver.api.forecast.Bands(NOW, new long[] { 60_000, 86_400_000 }, values);
	}
}
