// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.topology.DemandTarget;
import io.shadowweaver.api.topology.InstanceCapacity;
import io.shadowweaver.api.topology.Placement;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Selector;
import io.shadowweaver.api.topology.Template;

/** Groups, offers and constant demand by chance, for properties. */
final class RandomGroups {
	private static final List<String> METRICS = List.of("requests", "cpu", "network.in");

	/**
	 * @param view   the group with constant demand
	 * @param offers what its account offers
	 */
	record Case(GroupView view, List<Offer> offers) {
	}

	private RandomGroups() {
	}

	static Case next(RandomGenerator random) {
		List<DemandTarget> targets = new ArrayList<>();
		int metrics = 1 + random.nextInt(3);
		for (int i = 0; i < metrics; i++) {
			targets.add(new DemandTarget(METRICS.get(i), .4 + .6 * random.nextDouble()));
		}
		List<String> zones = List.of("a", "b", "c").subList(0, 1 + random.nextInt(3));
		int max = 1 + random.nextInt(80);
		Placement placement = new Placement(random.nextBoolean() ? zones : List.of(), 1 + random.nextInt(2), random.nextInt(3) == 0 && zones.size() > 1);
		if (placement.survivesZoneLoss()) {
			placement = new Placement(zones, placement.maxSkew(), true);
		}
		List<Offer> offers = new ArrayList<>();
		List<String> ids = new ArrayList<>();
		for (int i = 0; i < 1 + random.nextInt(3); i++) {
			Map<String, Double> capacity = new HashMap<>();
			targets.forEach(target -> capacity.put(target.metric(), 10 + 200 * random.nextDouble()));
			double price = random.nextInt(5) == 0 ? Double.NaN : .05 + random.nextDouble();
			Duration median = Duration.ofSeconds(30 + random.nextInt(600));
			offers.add(new Offer("o" + i, "o" + i, capacity, random.nextInt(4) == 0 ? List.of() : zones, price, "EUR", random.nextInt(60), median, median.plusSeconds(random.nextInt(600))));
			ids.add("o" + i);
		}
		ScalingGroup group = new ScalingGroup("web", "web", Selector.of("tier", "web"), ScalingGroup.Scaling.HORIZONTAL, ScalingGroup.Owner.WEAVER, random.nextInt(max + 1), max, 1 + random.nextInt(3),
				new Template("cloud", ids, "", "", "", Map.of("tier", "web"), ""), placement, targets, "traffic", Duration.ZERO);
		List<Resource> members = new ArrayList<>();
		for (int i = 0; i < random.nextInt(8); i++) {
			Map<String, Double> capacity = new HashMap<>();
			targets.forEach(target -> capacity.put(target.metric(), 10 + 200 * random.nextDouble()));
			members.add(Resource.live("base-" + i, "vm", "base-" + i, Map.of("tier", "web", Resource.ZONE, zones.get(i % zones.size())), capacity));
		}
		List<InstanceCapacity> capacities = new ArrayList<>();
		if (random.nextBoolean()) {
			for (DemandTarget target : targets) {
				double median = offers.get(0).capacity().get(target.metric()) * target.target();
				capacities.add(new InstanceCapacity("web", "cloud", "o0", target.metric(), median, median * (.7 + .3 * random.nextDouble()), InstanceCapacity.Basis.LEARNED, Bed.START));
			}
		}
		List<DemandView> demand = new ArrayList<>();
		for (DemandTarget target : targets) {
			double level = 2000 * random.nextDouble() * random.nextDouble();
			double spread = 1 + .5 * random.nextDouble();
			demand.add(new DemandView(target.metric(), Bed.bands(Bed.START, spread, minute -> level), level * (.9 + .2 * random.nextDouble()), .2, .8));
		}
		return new Case(new GroupView(group, Mode.AUTO, members, capacities, demand, 0), offers);
	}

	/** The same group with other members, at another time. */
	static GroupView with(GroupView view, List<Resource> members, Instant now) {
		List<DemandView> demand = view.demand().stream().map(one -> new DemandView(one.metric(), one.demand().map(bands -> moved(bands, now)), one.observedNow(), one.skill(), one.coverage())).toList();
		return new GroupView(view.group(), view.mode(), members, view.capacities(), demand, view.staleShare());
	}

	private static Bands moved(Bands bands, Instant now) {
		long[] leads = new long[bands.leads()];
		float[] values = new float[bands.leads() * Levels.COUNT];
		for (int lead = 0; lead < leads.length; lead++) {
			leads[lead] = bands.leadMillis(lead);
			for (int level = 0; level < Levels.COUNT; level++) {
				values[lead * Levels.COUNT + level] = (float) bands.value(lead, level);
			}
		}
		return new Bands(now, leads, values);
	}
}
