// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.whatif;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import io.shadowweaver.api.alert.Threshold;
import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.Price;
import io.shadowweaver.api.provision.ProvisioningReport;
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
import io.shadowweaver.provisioning.DemandView;
import io.shadowweaver.provisioning.GroupView;

/**
 * An estate of any size with groups that call each other, members of several sizes and imbalances, some that come, and lone resources; demand has
 * a daily shape. The same for the same seed. Public, since benchmarks measure it.
 */
public final class RandomEstate {
	/** The present of all of them. */
	public static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
	private static final long MINUTE = 60_000;

	private final Random random;
	private final Map<String, Resource> resources = new LinkedHashMap<>();
	private final Map<String, ScalingGroup> groups = new LinkedHashMap<>();
	private final Set<Link> links = new HashSet<>();
	private final Map<SeriesId, Double> values = new LinkedHashMap<>();
	private final Map<SeriesId, Bands> forecasts = new HashMap<>();
	private final Map<String, Price> prices = new HashMap<>();
	private final Map<String, GroupUse> use = new HashMap<>();
	private final Map<String, Duration> leads = new HashMap<>();

	private RandomEstate(long seed) {
		random = new Random(seed);
	}

	/**
	 * @param seed      of all that is random
	 * @param resources how many, about; at least 20
	 * @param typical   members of a group on average
	 */
	public static Base of(long seed, int resources, int typical) {
		return new RandomEstate(seed).make(resources, typical);
	}

	private Base make(int count, int typical) {
		while (resources.size() < count * .9) {
			int members = Math.max(2, (int) (typical * (.3 + 1.4 * random.nextDouble())));
			group("g" + groups.size(), Math.min(members, (int) Math.max(2, count * .9 - resources.size())));
		}
		List<String> ids = new ArrayList<>(groups.keySet());
		for (int i = 1; i < ids.size(); i++) {
			// each is called by some that came before: no circles
			for (int calls = random.nextInt(3); calls > 0; calls--) {
				links.add(new Link("group:" + ids.get(random.nextInt(i)), "group:" + ids.get(i), "calls"));
			}
		}
		while (resources.size() < count) {
			String id = "lone-" + resources.size();
			resources.put(id, Resource.live(id, "vm", id, Map.of(Resource.ZONE, "z" + random.nextInt(3)), Map.of("cpu", 8.)));
			double level = .2 + .5 * random.nextDouble();
			values.put(new SeriesId(id, "cpu"), level);
			forecasts.put(new SeriesId(id, "cpu"), bands(level, .05, coarse()));
		}
		return base();
	}

	private void group(String id, int members) {
		double load = .3 + .5 * random.nextDouble();
		double cores = 0;
		double rate = 0;
		Map<String, Double> shares = new HashMap<>();
		for (int i = 0; i < members; i++) {
			String name = id + "-" + i;
			double size = random.nextInt(4) == 0 ? 8 : 4;
			boolean comes = random.nextInt(40) == 0 && i > 1;
			Map<String, String> labels = Map.of(Resource.TIER, id, Resource.ZONE, "z" + i % 3);
			Map<String, Double> capacity = Map.of("cpu", size, "requests", size * 50);
			resources.put(name, comes ? new Resource(name, "vm", name, "", labels, capacity, Lifecycle.BUILDING,
					Optional.of(new Construction("p", NOW.minusSeconds(60), NOW.plusSeconds(3600), NOW.plusSeconds(600 + random.nextInt(7200)), .3))) : Resource.live(name, "vm", name, labels, capacity));
			prices.put(name, Price.of(size * .05, "EUR"));
			if (!comes) {
				double share = .8 + .4 * random.nextDouble();
				shares.put(name, share);
				values.put(new SeriesId(name, "cpu"), load * share);
				values.put(new SeriesId(name, "requests"), load * share * size * 50);
				cores += size;
				rate += size * 50;
			}
		}
		groups.put(id, new ScalingGroup(id, id, Selector.of(Resource.TIER, id), ScalingGroup.Scaling.HORIZONTAL, ScalingGroup.Owner.WEAVER, 0, 100_000, 1, Template.NONE,
				Placement.ANYWHERE, List.of(new DemandTarget("cpu", .7)), "traffic", Duration.ZERO));
		demand(id, "cpu", cores * load);
		demand(id, "requests", rate * load);
		values.put(SeriesId.ofGroup(id, "latency"), .02 + .05 * random.nextDouble());
		use.put(id, new GroupUse(Map.of("cpu", .05), Map.of("cpu", shares)));
		leads.put(id, Duration.ofMinutes(5 + random.nextInt(30)));
	}

	private void demand(String group, String metric, double now) {
		values.put(SeriesId.ofGroup(group, metric), now);
		forecasts.put(SeriesId.ofGroup(group, metric), bands(now, now * .04, dense()));
	}

	/** Every 5 minutes for an hour, every quarter to six hours, every half hour to a day: what groups have in a large estate. */
	private static long[] dense() {
		List<Long> leads = new ArrayList<>();
		for (long minute = 5; minute <= 24 * 60; minute += minute < 60 ? 5 : minute < 360 ? 15 : 30) {
			leads.add(minute * MINUTE);
		}
		return leads.stream().mapToLong(Long::longValue).toArray();
	}

	private static long[] coarse() {
		return new long[] { 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, 60 * MINUTE, 360 * MINUTE, 1440 * MINUTE };
	}

	private Bands bands(double now, double spread, long[] leads) {
		double swing = .1 + .3 * random.nextDouble();
		double phase = 2 * Math.PI * random.nextDouble();
		float[] bands = new float[leads.length * Levels.COUNT];
		for (int lead = 0; lead < leads.length; lead++) {
			double hours = leads[lead] / (60. * MINUTE);
			double median = now * (1 + swing * (Math.sin(phase + hours * Math.PI / 12) - Math.sin(phase)) / 2);
			for (int level = 0; level < Levels.COUNT; level++) {
				double wide = spread * Math.sqrt(1 + hours);
				bands[lead * Levels.COUNT + level] = (float) Math.max(0, median + Math.log(Levels.level(level) / (1 - Levels.level(level))) / 1.7 * wide);
			}
		}
		return new Bands(NOW, leads, bands);
	}

	private Base base() {
		SeriesPages.Builder series = SeriesPages.empty(new SeriesIndex()).next();
		values.forEach((id, value) -> series.value(series.slot(id), NOW.toEpochMilli(), value));
		forecasts.forEach((id, bands) -> series.forecast(series.slot(id), new Forecast(id, NOW, "seasonal", "1", .2, .8, 100, Optional.of(bands), "", Optional.empty())));
		Map<String, Metric> metrics = new HashMap<>();
		Metric.standard().forEach(metric -> metrics.put(metric.id(), metric));
		Topology topology = new Topology(resources, links, groups);
		WeaverState state = new WeaverState("random", "Random estate", 1, NOW, Duration.ofMinutes(1), topology, metrics, series.build(), Shadow.empty(Shadow.Kind.UNATTENDED, NOW),
				Shadow.empty(Shadow.Kind.PLANNED, NOW), List.of(new Threshold("cpu", "cpu", "", new Selector(Map.of()), .75, .9, .7, .9, "")), List.of(), List.of(), List.of(),
				List.of(), List.of(), List.of(), Map.of(), false, new ProvisioningReport(List.of(), List.of(), List.of(), prices), Map.of());
		Map<String, GroupView> views = new HashMap<>();
		groups.values().forEach(group -> views.put(group.id(), new GroupView(group, Mode.OBSERVE, topology.liveMembers(group.id()), List.of(),
				List.of(new DemandView("cpu", forecasts.get(SeriesId.ofGroup(group.id(), "cpu")), values.get(SeriesId.ofGroup(group.id(), "cpu")), .2, .8)), 0)));
		return new Base(state, use, views, leads);
	}
}
