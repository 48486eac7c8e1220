// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.alert.Severity;
import io.shadowweaver.api.alert.Threshold;
import io.shadowweaver.api.forecast.Anomaly;
import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.metric.Event;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.Price;
import io.shadowweaver.api.provision.ProvisioningReport;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.state.GroupOutlook;
import io.shadowweaver.api.state.SeriesIndex;
import io.shadowweaver.api.state.SeriesPages;
import io.shadowweaver.api.state.Shadow;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.DemandTarget;
import io.shadowweaver.api.topology.Link;
import io.shadowweaver.api.topology.Placement;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Selector;
import io.shadowweaver.api.topology.Template;
import io.shadowweaver.api.topology.Topology;

/** Builds states by hand. */
final class TestEstate {
	static final Instant NOW = Instant.parse("2026-03-03T13:22:00Z");

	final Map<String, Resource> resources = new HashMap<>();
	final Map<String, Price> prices = new HashMap<>();
	final Map<String, ScalingGroup> groups = new HashMap<>();
	final Set<Link> links = new HashSet<>();
	final Map<SeriesId, Bands> unattended = new HashMap<>();
	final Map<SeriesId, Bands> planned = new HashMap<>();
	final Map<String, GroupOutlook> outlooks = new HashMap<>();
	final List<Alert> alerts = new ArrayList<>();
	final List<QueueEntry> queue = new ArrayList<>();
	final Map<String, Status> statuses = new HashMap<>();
	final List<Plan> plans = new ArrayList<>();
	final List<Event> events = new ArrayList<>();
	final List<Anomaly> anomalies = new ArrayList<>();
	final Map<SeriesId, Double> values = new HashMap<>();
	final Map<SeriesId, Instant> times = new HashMap<>();
	Instant now = NOW;
	long version = 1;

	TestEstate group(String id, int max) {
		groups.put(id, new ScalingGroup(id, id, Selector.of(Resource.TIER, id), ScalingGroup.Scaling.HORIZONTAL, ScalingGroup.Owner.WEAVER, 0, max, 1,
				Template.NONE, Placement.ANYWHERE, List.of(new DemandTarget("cpu", .7)), "traffic", Duration.ZERO));
		return this;
	}

	TestEstate live(String id, String tier, String region, String zone, double cpu) {
		resources.put(id, Resource.live(id, "vm", id, Map.of(Resource.TIER, tier, Resource.REGION, region, Resource.ZONE, zone), Map.of("cpu", 4.)));
		values.put(new SeriesId(id, "cpu"), cpu);
		return this;
	}

	/** Made for us by an account. */
	TestEstate made(String id, String account, String offer, Price price) {
		Resource before = resources.get(id);
		resources.put(id, before.with(Resource.PROVIDER, account).with(Resource.OFFER, offer).with(Resource.TOKEN, "t-" + id));
		prices.put(id, price);
		return this;
	}

	/** A forecast that is flat from the first minute to a day ahead: the median, and how far the other levels are from it. */
	TestEstate forecast(String id, double median, double spread) {
		SeriesId series = new SeriesId(id, "cpu");
		unattended.put(series, flat(median, spread));
		planned.put(series, flat(median, spread));
		return this;
	}

	static Bands flat(double median, double spread) {
		long[] leads = { 60_000, 3_600_000, 86_400_000 };
		float[] bands = new float[leads.length * Levels.COUNT];
		for (int lead = 0; lead < leads.length; lead++) {
			for (int level = 0; level < Levels.COUNT; level++) {
				bands[lead * Levels.COUNT + level] = (float) (median + (level - Levels.MEDIAN) * spread);
			}
		}
		return new Bands(NOW, leads, bands);
	}

	static Alert alert(String subject, Severity severity, Alert.State state, int minutes) {
		return new Alert("alert-" + subject, "cpu", subject, "cpu", severity, state, NOW.minusSeconds(60), NOW.plusSeconds(minutes * 60L),
				Optional.of(NOW.plusSeconds(minutes * 40L)), Optional.of(NOW.plusSeconds(minutes * 90L)), NOW.plusSeconds((minutes - 15) * 60L), .97,
				severity == Severity.CRITICAL ? .9 : .75, "", "", "", state == Alert.State.ACKNOWLEDGED ? "anna" : "",
				state == Alert.State.COVERED ? "plan-1" : "", List.of("raised"));
	}

	TestEstate unusual(String subject, Anomaly.Kind kind, int minutesAgo, double score) {
		anomalies.add(new Anomaly(new SeriesId(subject, "cpu"), NOW.minusSeconds(minutesAgo * 60L), kind, .93, .4, score, "far from what was expected"));
		return this;
	}

	WeaverState state() {
		SeriesPages.Builder series = SeriesPages.empty(new SeriesIndex()).next();
		values.forEach((id, value) -> series.value(series.slot(id), times.getOrDefault(id, now.minusSeconds(4)).toEpochMilli(), value));
		Map<String, Metric> metrics = new HashMap<>();
		Metric.standard().forEach(metric -> metrics.put(metric.id(), metric));
		List<Threshold> thresholds = List.of(new Threshold("cpu", "cpu", "", new Selector(Map.of()), .75, .9, .7, .9, ""));
		return new WeaverState("test", "Test estate", version, now, Duration.ofMinutes(1), new Topology(resources, links, groups), metrics,
				series.build(), new Shadow(Shadow.Kind.UNATTENDED, now, unattended, outlooks), new Shadow(Shadow.Kind.PLANNED, now, planned, outlooks),
				thresholds, alerts, plans, queue, List.of(), events, anomalies, Map.of(), false, new ProvisioningReport(List.of(), List.of(), List.of(), prices), statuses);
	}

	/** Three zones in two regions, with members of three groups in each. */
	static TestEstate fleet(int webs) {
		TestEstate estate = new TestEstate().group("web", 100).group("app", 100);
		for (int i = 1; i <= webs; i++) {
			String region = i % 2 == 0 ? "south" : "north";
			estate.live("web-" + i, "web", region, region + "-" + i % 3, .5);
			estate.live("app-" + i, "app", region, region + "-" + i % 3, .4);
		}
		estate.live("db-1", "db", "north", "north-0", .3);
		estate.links.add(new Link("group:web", "group:app", "calls"));
		return estate;
	}
}
