// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.integration;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.store.Lease;
import io.shadowweaver.api.topology.DemandTarget;
import io.shadowweaver.api.topology.Placement;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Selector;
import io.shadowweaver.api.topology.Template;
import io.shadowweaver.api.topology.TopologyChange;
import io.shadowweaver.provisioning.Account;
import io.shadowweaver.provisioning.DemandView;
import io.shadowweaver.provisioning.GroupView;
import io.shadowweaver.provisioning.Provisioner;
import io.shadowweaver.provisioning.ProvisioningSettings;
import io.shadowweaver.provisioning.ProvisioningView;

/**
 * One of several engines over one cloud: a provisioner with a journal of its own, and a lease. It sees four machines of 400 requests/s
 * each, and those that the cloud has made; what it calls is counted.
 */
final class RivalEngine implements AutoCloseable {
	private static final double SAFE = 4 * 400 * .8;
	private static final double[] SIGMAS = { -2.33, -1.96, -1.64, -1.28, -.67, 0, .67, 1.28, 1.64, 1.96, 2.33 };

	private final ScalingGroup group = new ScalingGroup("web", "web", Selector.of("tier", "web"), ScalingGroup.Scaling.HORIZONTAL, ScalingGroup.Owner.WEAVER, 1, 40, 1,
			new Template("cloud", List.of("web.small"), "", "", "", Map.of("tier", "web"), ""), Placement.ANYWHERE, List.of(new DemandTarget("requests", .8)), "traffic", Duration.ZERO);
	private final Counted cloud;
	private final Supplier<Instant> now;
	private final Lease lease;
	private final Provisioner provisioner;
	private final Queue<Runnable> waiting = new ArrayDeque<>();
	private boolean asleep;
	/** Demand as a multiple of what the four machines bear. */
	double load = .8;
	ProvisioningView view;

	RivalEngine(Path directory, CloudProvider cloud, Supplier<Instant> now, Lease lease) {
		this.cloud = new Counted(cloud);
		this.now = now;
		this.lease = lease;
		provisioner = new Provisioner("test", directory, List.of(new Account("cloud", "simulated", this.cloud)), ProvisioningSettings.defaults(), now::get, () -> now.get().toEpochMilli() * 1_000_000, this::execute, Optional.of(lease));
	}

	private void execute(Runnable task) {
		if (asleep) {
			waiting.add(task);
		} else {
			task.run();
		}
	}

	/** From now on its calls wait, as those of a process that is not scheduled. */
	void sleep() {
		asleep = true;
	}

	/** It goes on where it stopped. */
	void wake() {
		asleep = false;
		for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
			task.run();
		}
	}

	void step() throws PluginException {
		List<Resource> members = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			members.add(member("base-" + i));
		}
		cloud.other.list().stream().filter(machine -> !machine.token().isEmpty() && machine.state() == Instance.State.RUNNING).forEach(machine -> members.add(member(machine.resource())));
		Set<String> ids = members.stream().map(Resource::id).collect(Collectors.toSet());
		DemandView demand = new DemandView("requests", bands(), load * SAFE, .3, .8);
		view = provisioner.step(now.get(), List.of(new GroupView(group, Mode.AUTO, members, List.of(), List.of(demand), 0)), ids::contains);
	}

	private static Resource member(String id) {
		return Resource.live(id, "vm", id, Map.of("tier", "web"), Map.of("requests", 400.));
	}

	/** A demand that stays, with a narrow band. */
	private Bands bands() {
		long[] minutes = { 5, 10, 15, 30, 60, 360, 1440 };
		long[] leads = new long[minutes.length];
		float[] values = new float[minutes.length * Levels.COUNT];
		for (int lead = 0; lead < minutes.length; lead++) {
			leads[lead] = minutes[lead] * 60_000;
			for (int level = 0; level < Levels.COUNT; level++) {
				values[lead * Levels.COUNT + level] = (float) (load * SAFE * (1 + .01 * SIGMAS[level]));
			}
		}
		return new Bands(now.get(), leads, values);
	}

	/** How often it called for a machine. */
	int creations() {
		return cloud.creations;
	}

	Lease lease() {
		return lease;
	}

	/** Ends the engine and gives its lease up. */
	@Override
	public void close() {
		provisioner.close();
		lease.close();
	}

	/** Counts what is called. */
	private static final class Counted implements CloudProvider {
		private final CloudProvider other;
		private int creations;

		Counted(CloudProvider other) {
			this.other = other;
		}

		@Override
		public List<Offer> offers() throws PluginException {
			return other.offers();
		}

		@Override
		public List<Instance> list() throws PluginException {
			return other.list();
		}

		@Override
		public List<TopologyChange> discover() throws PluginException {
			return other.discover();
		}

		@Override
		public Instance create(CreateRequest request) throws PluginException {
			creations++;
			return other.create(request);
		}

		@Override
		public List<String> dryRun(CreateRequest request) throws PluginException {
			return other.dryRun(request);
		}

		@Override
		public void drain(String instance) throws PluginException {
			other.drain(instance);
		}

		@Override
		public void delete(String instance) throws PluginException {
			other.delete(instance);
		}

		@Override
		public void setSize(String name, int size) throws PluginException {
			other.setSize(name, size);
		}

		@Override
		public Duration settling() {
			return other.settling();
		}

		@Override
		public void close() {
			other.close();
		}
	}
}
