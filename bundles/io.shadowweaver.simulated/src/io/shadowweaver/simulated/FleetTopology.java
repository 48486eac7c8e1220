// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.simulated;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.topology.DemandTarget;
import io.shadowweaver.api.topology.Lifecycle;
import io.shadowweaver.api.topology.Link;
import io.shadowweaver.api.topology.Placement;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Selector;
import io.shadowweaver.api.topology.Template;
import io.shadowweaver.api.topology.TopologyChange;

/** The simulated fleet as topology: its scaling groups, links and resources. */
final class FleetTopology {
	private static final int WEB_MAX = 60;
	private static final int APP_MAX = 48;

	private FleetTopology() {
	}

	/**
	 * Groups and links, which never change.
	 *
	 * @param provider id of the connection by which new members are made
	 */
	static List<TopologyChange> fixed(String provider) {
		List<TopologyChange> changes = new ArrayList<>();
		for (Tier tier : Tier.values()) {
			changes.add(new TopologyChange.GroupSeen(group(tier, provider)));
		}
		link(changes, Tier.LB, Tier.WEB, "calls");
		link(changes, Tier.WEB, Tier.APP, "calls");
		link(changes, Tier.WEB, Tier.CACHE, "calls");
		link(changes, Tier.APP, Tier.DB, "calls");
		link(changes, Tier.APP, Tier.QUEUE, "calls");
		String primary = Tier.DB.id + "-" + Tier.ZONES.get(0);
		for (String zone : Tier.ZONES.subList(1, Tier.ZONES.size())) {
			changes.add(new TopologyChange.LinkSeen(new Link(primary, Tier.DB.id + "-" + zone, "replicates")));
		}
		return changes;
	}

	private static void link(List<TopologyChange> changes, Tier from, Tier to, String kind) {
		changes.add(new TopologyChange.LinkSeen(
				new Link(SeriesId.GROUP_PREFIX + from.id, SeriesId.GROUP_PREFIX + to.id, kind)));
	}

	/** The scaling group of a tier. */
	static ScalingGroup group(Tier tier, String provider) {
		int size = tier.perZone * Tier.ZONES.size();
		int max = switch (tier) {
		case WEB -> WEB_MAX;
		case APP -> APP_MAX;
		default -> size;
		};
		List<String> offers = Offers.all().stream().filter(type -> type.onSale() && type.tier().equals(tier.id))
				.map(Offers.Type::id).toList();
		Template template = tier.scales ? new Template(provider, offers, tier.id + "-image", "", "",
				Map.of(Resource.TIER, tier.id), "pool/" + tier.id) : Template.NONE;
		return new ScalingGroup(tier.id, tier.title, Selector.of(Resource.TIER, tier.id),
				tier.scales ? ScalingGroup.Scaling.HORIZONTAL : ScalingGroup.Scaling.NONE, ScalingGroup.Owner.WEAVER, size, max, 1,
				template, new Placement(Tier.ZONES, 1, false),
				List.of(new DemandTarget(Metric.REQUESTS.id(), .65), new DemandTarget(Metric.CPU.id(), .70)), "traffic",
				Duration.ofSeconds(90));
	}

	/** A machine as a resource. */
	static Resource resource(Machine machine, Tier tier, Lifecycle lifecycle) {
		Map<String, String> labels = new HashMap<>(machine.tags());
		labels.put(Resource.REGION, machine.zone().substring(0, machine.zone().length() - 1));
		labels.put(Resource.ZONE, machine.zone());
		labels.put(Resource.PROVIDER, SimulatedCloud.NAME);
		labels.put(Resource.INSTANCE, machine.id());
		labels.put(Resource.OFFER, machine.offer());
		if (!machine.token().isEmpty()) {
			labels.put(Resource.TOKEN, machine.token());
		}
		return Resource.live(machine.resource(), tier.kind, machine.resource(), labels, Offers.find(machine.offer()).capacity())
				.with(lifecycle);
	}
}
