// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.topology.DemandTarget;
import io.shadowweaver.api.topology.Placement;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Selector;
import io.shadowweaver.api.topology.Template;
import io.shadowweaver.api.store.Lease;

/**
 * A provisioner over a {@link ListedCloud} and one group {@code web} of members of 100 requests/s each, of which 80 are safe; its
 * demand is a function of the minutes since the start. Machines of the cloud that carry traffic become members.
 */
final class Bed implements AutoCloseable {
	static final Instant START = Instant.parse("2026-03-02T06:00:00Z");
	static final double SAFE = 80;

	static final String OTHER = "other";

	final ListedCloud cloud;
	/** A second account; empty for none. */
	final Optional<ListedCloud> other;
	/** Has a second group over the same provisioner; {@code null} for none. */
	Bed peer;
	final Path directory;
	Executor executor = Runnable::run;
	final AtomicLong nanos = new AtomicLong();
	ProvisioningSettings settings = ProvisioningSettings.defaults();
	Mode mode = Mode.AUTO;
	FailPoint failPoint = FailPoint.NONE;
	Optional<Lease> lease = Optional.empty();
	ScalingGroup group = group("web", 1, 40, 1, Placement.ANYWHERE);
	int base = 4;
	/** Median demand by minutes since the start. */
	DoubleUnaryOperator demand = minute -> 4 * SAFE * .8;
	/** The .9 quantile is so much above the median. */
	double spread = 1.05;
	double skill = .3;
	double coverage = .8;
	double stale;
	boolean measured = true;
	Instant now = START;
	private Duration jumped = Duration.ZERO;
	Provisioner provisioner;
	ProvisioningView view;

	Bed(Path directory) {
		this(directory, new ListedCloud(), Optional.empty());
	}

	Bed(Path directory, ListedCloud cloud, Optional<ListedCloud> other) {
		this.directory = directory;
		this.cloud = cloud;
		this.other = other;
	}

	static ScalingGroup group(String id, int min, int max, int step, Placement placement) {
		return new ScalingGroup(id, id, Selector.of("tier", id), ScalingGroup.Scaling.HORIZONTAL, ScalingGroup.Owner.WEAVER, min, max, step,
				new Template("cloud", List.of("small"), "", "", "", Map.of("tier", id), ""), placement, List.of(new DemandTarget("requests", .8)), "traffic", Duration.ZERO);
	}

	Provisioner open() {
		List<Account> accounts = new ArrayList<>(List.of(new Account("cloud", "listed", cloud)));
		other.ifPresent(second -> accounts.add(new Account(OTHER, "listed", second)));
		provisioner = new Provisioner("test", directory, accounts, settings, () -> now, this::ticks, executor, lease, nanos::get, failPoint);
		return provisioner;
	}

	/** The clock is set, while no time passes. */
	void jump(Duration by) {
		now = now.plus(by);
		jumped = jumped.plus(by);
	}

	private long ticks() {
		return Duration.between(START, now.minus(jumped)).toNanos();
	}

	/** One tick at the time that it is. */
	ProvisioningView step() {
		if (provisioner == null) {
			open();
		}
		clouds().forEach(one -> one.now = now);
		List<GroupView> views = new ArrayList<>(List.of(groupView()));
		if (peer != null) {
			peer.now = now;
			views.add(peer.groupView());
		}
		view = provisioner.step(now, views, this::healthy);
		return view;
	}

	List<ListedCloud> clouds() {
		return Stream.concat(Stream.of(cloud), other.stream()).toList();
	}

	private boolean healthy(String resource) {
		return clouds().stream().anyMatch(one -> one.healthy(resource));
	}

	/** Machines of all accounts that are this group's, by their ids. */
	Map<String, Instance> machines() {
		Map<String, Instance> machines = new TreeMap<>();
		clouds().forEach(one -> one.machines.forEach((id, machine) -> {
			if (group.id().equals(machine.tags().get("tier"))) {
				machines.put(id, machine);
			}
		}));
		return machines;
	}

	/** Those of them that carry traffic. */
	List<Instance> carrying() {
		return machines().values().stream().filter(machine -> healthy(machine.resource())).toList();
	}

	/** So many ticks, a minute each. */
	ProvisioningView run(int minutes) {
		for (int i = 0; i < minutes; i++) {
			now = now.plusSeconds(60);
			step();
		}
		return view;
	}

	GroupView groupView() {
		double minute = Duration.between(START, now).toMillis() / 60e3;
		double observed = measured ? demand.applyAsDouble(minute) : Double.NaN;
		return new GroupView(group, mode, members(), List.of(), List.of(new DemandView("requests", bands(now, spread, ahead -> demand.applyAsDouble(minute + ahead)), observed, skill, coverage)), stale);
	}

	List<Resource> members() {
		List<Resource> members = new ArrayList<>();
		for (int i = 0; i < base; i++) {
			members.add(member((group.id().equals("web") ? "" : group.id() + "-") + "base-" + i, "abc".substring(i % 3, i % 3 + 1)));
		}
		carrying().forEach(machine -> members.add(member(machine.resource(), machine.zone())));
		return members;
	}

	Resource member(String id, String zone) {
		return Resource.live(id, "vm", id, Map.of("tier", group.id(), Resource.ZONE, zone, Resource.REGION, "r"), Map.of("requests", 100.));
	}

	/** Bands whose .9 quantile is {@code spread} times the median at the standard leads. */
	static Bands bands(Instant origin, double spread, DoubleUnaryOperator median) {
		long[] minutes = { 5, 10, 15, 30, 60, 360, 1440 };
		long[] leads = new long[minutes.length];
		float[] values = new float[minutes.length * Levels.COUNT];
		for (int lead = 0; lead < minutes.length; lead++) {
			leads[lead] = minutes[lead] * 60_000;
			double middle = median.applyAsDouble(minutes[lead]);
			for (int level = 0; level < Levels.COUNT; level++) {
				double sigmas = new double[] { -2.33, -1.96, -1.64, -1.28, -.67, 0, .67, 1.28, 1.64, 1.96, 2.33 }[level];
				values[lead * Levels.COUNT + level] = (float) (middle * (1 + (spread - 1) * sigmas / 1.28));
			}
		}
		return new Bands(origin, leads, values);
	}

	Plan plan() {
		return view.plans().get(0);
	}

	QueueEntry entry(int index) {
		return view.queue().get(index);
	}

	long creations() {
		return cloud.log.stream().filter(line -> line.startsWith("create")).count();
	}

	/** As after a crash: the old one is dropped as it is; only its hold on the file goes, which the end of a process would do. */
	void crash() {
		provisioner.abandon();
		provisioner = null;
	}

	@Override
	public void close() {
		if (provisioner != null) {
			provisioner.close();
		}
	}
}
