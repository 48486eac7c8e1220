// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.simulated;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.RefusedException;
import io.shadowweaver.api.topology.Lifecycle;
import io.shadowweaver.api.topology.TopologyChange;

/** The simulated cloud through the eyes of a customer. */
final class SimulatedProvider implements CloudProvider {
	private final SimulatedCloud cloud;

	SimulatedProvider(SimulatedCloud cloud) {
		this.cloud = cloud;
	}

	@Override
	public List<Offer> offers() {
		return cloud.offers();
	}

	@Override
	public List<Instance> list() {
		return cloud.list();
	}

	/** Machines that take load: the cloud knows them by the health checks of its balancers. */
	@Override
	public List<TopologyChange> discover() {
		Instant now = cloud.now();
		List<TopologyChange> changes = new ArrayList<>();
		for (Machine machine : cloud.machines()) {
			Tier tier = Roster.tierOf(machine);
			if (tier != null && machine.carriesLoad(now)) {
				changes.add(new TopologyChange.ResourceSeen(FleetTopology.resource(machine, tier,
						machine.isDraining(now) ? Lifecycle.DRAINING : Lifecycle.LIVE)));
			}
		}
		return changes;
	}

	@Override
	public Instance create(CreateRequest request) throws PluginException {
		return cloud.create(request);
	}

	@Override
	public List<String> dryRun(CreateRequest request) throws PluginException {
		cloud.check(request);
		return List.of("create " + request.name() + " from " + request.offer() + " in " + request.zone() + " with " + new TreeMap<>(request.metadata()));
	}

	/** Its machines drain when they are deleted. */
	@Override
	public void drain(String instance) {
		// nothing hands load to a machine but the cloud itself, which stops that at the deletion
	}

	@Override
	public void delete(String instance) throws PluginException {
		cloud.delete(instance);
	}

	@Override
	public void setSize(String group, int size) throws PluginException {
		throw new RefusedException("The simulated cloud owns no group '" + group + "': its groups are scaled member by member.");
	}

	@Override
	public Duration settling() {
		return cloud.settling();
	}

	@Override
	public void close() {
		cloud.release();
	}
}
