// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.gl;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.alert.Severity;
import io.shadowweaver.api.alert.Threshold;
import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.provision.ProvisioningReport;
import io.shadowweaver.api.state.GroupOutlook;
import io.shadowweaver.api.state.SeriesIndex;
import io.shadowweaver.api.state.SeriesPages;
import io.shadowweaver.api.state.Shadow;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Construction;
import io.shadowweaver.api.topology.DemandTarget;
import io.shadowweaver.api.topology.Lifecycle;
import io.shadowweaver.api.topology.Link;
import io.shadowweaver.api.topology.Placement;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Selector;
import io.shadowweaver.api.topology.Template;
import io.shadowweaver.api.topology.Topology;

/** A state of an estate whose web tier will be overloaded in 43 minutes, of any size; the same for the same size. */
final class SyntheticEstate {
	static final Instant NOW = Instant.parse("2026-03-03T13:22:00Z");
	private static final String[] TIERS = { "lb", "web", "app", "cache", "queue", "db" };
	private static final String[] KINDS = { "loadbalancer", "vm", "vm", "cache", "queue", "database" };
	private static final double[] SHARES = { .06, .40, .30, .08, .04, .12 };
	private static final double[] RISES = { .05, .38, .16, -.1, .0, .04 };
	private static final double[] FLOWS = { 900, 900, 420, 1200, 60, 150 };
	private static final long[] LEADS = { 5, 10, 15, 30, 60, 360, 1440 };

	private final Random random = new Random(7);
	private final Map<String, Resource> resources = new HashMap<>();
	private final Map<String, ScalingGroup> groups = new HashMap<>();
	private final Set<Link> links = new HashSet<>();
	private final Map<SeriesId, Bands> unattended = new HashMap<>();
	private final Map<SeriesId, Bands> planned = new HashMap<>();
	private final List<Alert> alerts = new ArrayList<>();
	private final SeriesPages.Builder series = SeriesPages.empty(new SeriesIndex()).next();

	private SyntheticEstate() {
	}

	static WeaverState of(int count) {
		return new SyntheticEstate().make(count);
	}

	private WeaverState make(int count) {
		for (int tier = 0; tier < TIERS.length; tier++) {
			tier(tier, Math.max(2, (int) Math.round(count * SHARES[tier])));
		}
		for (int i = 0; i + 1 < TIERS.length; i++) {
			links.add(new Link("group:" + TIERS[i], "group:" + TIERS[i + 1], "calls"));
		}
		coming("web-new-1", Lifecycle.BUILDING, .6, NOW.plusSeconds(1500));
		coming("web-new-2", Lifecycle.BUILDING, .3, NOW.plusSeconds(3000));
		coming("web-new-3", Lifecycle.QUEUED, 0, NOW.plusSeconds(2000));
		coming("web-new-4", Lifecycle.PLANNED, 0, NOW.plusSeconds(2400));
		Map<String, Metric> metrics = new HashMap<>();
		Metric.standard().forEach(metric -> metrics.put(metric.id(), metric));
		List<Threshold> thresholds = List.of(new Threshold("cpu", "cpu", "", new Selector(Map.of()), .75, .9, .7, .9, ""));
		int web = (int) resources.keySet().stream().filter(id -> id.startsWith("web-") && !id.contains("new")).count();
		GroupOutlook outlook = new GroupOutlook("web", List.of(NOW.plusSeconds(600), NOW.plusSeconds(2580)), List.of(web, web), List.of(web, web + 3));
		return new WeaverState("synthetic", "Synthetic estate", 1, NOW, Duration.ofMinutes(1), new Topology(resources, links, groups), metrics,
				series.build(), new Shadow(Shadow.Kind.UNATTENDED, NOW, unattended, Map.of("web", outlook)),
				new Shadow(Shadow.Kind.PLANNED, NOW, planned, Map.of()), thresholds, alerts, List.of(), List.of(), List.of(), List.of(), List.of(), Map.of(), false, ProvisioningReport.EMPTY,
				Map.of());
	}

	private void tier(int tier, int count) {
		String name = TIERS[tier];
		boolean scales = name.equals("web") || name.equals("app");
		groups.put(name, new ScalingGroup(name, name, Selector.of(Resource.TIER, name), scales ? ScalingGroup.Scaling.HORIZONTAL : ScalingGroup.Scaling.NONE,
				ScalingGroup.Owner.WEAVER, 1, count + 6, 1, Template.NONE, Placement.ANYWHERE, List.of(new DemandTarget("cpu", .7)), "traffic", Duration.ZERO));
		series.value(series.slot(new SeriesId("group:" + name, "requests")), NOW.minusSeconds(4).toEpochMilli(), FLOWS[tier]);
		unattended.put(new SeriesId("group:" + name, "requests"), bands(FLOWS[tier], FLOWS[tier] * RISES[tier], FLOWS[tier] * .1));
		planned.put(new SeriesId("group:" + name, "requests"), bands(FLOWS[tier], FLOWS[tier] * RISES[tier], FLOWS[tier] * .1));
		for (int i = 0; i < count; i++) {
			String id = name + "-" + (i + 1);
			String region = i % 2 == 0 ? "north" : "south";
			String zone = region + "-" + "abc".charAt(i / 2 % 3);
			double cores = name.equals("db") ? 16 : name.equals("lb") ? 2 : 4;
			resources.put(id, Resource.live(id, KINDS[tier], id, Map.of(Resource.REGION, region, Resource.ZONE, zone, Resource.TIER, name),
					Map.of("cpu", cores)));
			double now = Math.clamp(.32 + .28 * random.nextDouble() + (name.equals("web") ? .12 : 0), .05, 1.2);
			boolean stale = i == 3 && name.equals("app");
			series.value(series.slot(new SeriesId(id, "cpu")), NOW.minusSeconds(stale ? 900 : 4).toEpochMilli(), now);
			double rise = RISES[tier] * (.7 + .6 * random.nextDouble());
			SeriesId series = new SeriesId(id, "cpu");
			unattended.put(series, bands(now, rise, .05 + .06 * random.nextDouble()));
			planned.put(series, bands(now, rise * (name.equals("web") ? .75 : 1), .05 + .06 * random.nextDouble()));
			if (name.equals("web") && i % 5 == 0 && i < 60) {
				alert(id, i);
			}
		}
	}

	private void alert(String id, int i) {
		Alert.State state = i == 5 ? Alert.State.COVERED : i == 10 ? Alert.State.ACKNOWLEDGED : Alert.State.OPEN;
		alerts.add(new Alert("alert-" + id, "cpu", id, "cpu", i % 2 == 0 ? Severity.CRITICAL : Severity.WARNING, state, NOW.minusSeconds(120),
				NOW.plusSeconds(2580 + i * 60), Optional.of(NOW.plusSeconds(1800)), Optional.empty(), NOW.plusSeconds(1680 + i * 60), .97, .9, "", "", "",
				state == Alert.State.ACKNOWLEDGED ? "anna" : "", state == Alert.State.COVERED ? "plan-1" : "", List.of("raised")));
	}

	private void coming(String id, Lifecycle lifecycle, double progress, Instant eta) {
		resources.put(id, new Resource(id, "vm", id, "", Map.of(Resource.REGION, "north", Resource.ZONE, "north-b", Resource.TIER, "web"),
				Map.of("cpu", 4.), lifecycle, Optional.of(new Construction("plan-1", NOW.plusSeconds(1680), NOW.plusSeconds(2580), eta, progress))));
		planned.put(new SeriesId(id, "cpu"), bands(0.6, .1, .08));
	}

	private static Bands bands(double now, double rise, double spread) {
		long[] leads = new long[LEADS.length];
		float[] values = new float[LEADS.length * Levels.COUNT];
		for (int lead = 0; lead < LEADS.length; lead++) {
			leads[lead] = LEADS[lead] * 60_000;
			double share = Math.min(1, LEADS[lead] / 60.);
			for (int level = 0; level < Levels.COUNT; level++) {
				double z = Math.log(Levels.level(level) / (1 - Levels.level(level))) / 1.7;
				values[lead * Levels.COUNT + level] = (float) Math.max(0, now + rise * share + spread * Math.sqrt(share) * z);
			}
		}
		return new Bands(NOW, leads, values);
	}
}
