// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleUnaryOperator;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Levels;
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

	final ListedCloud cloud = new ListedCloud();
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
		this.directory = directory;
	}

	static ScalingGroup group(String id, int min, int max, int step, Placement placement) {
		return new ScalingGroup(id, id, Selector.of("tier", id), ScalingGroup.Scaling.HORIZONTAL, ScalingGroup.Owner.WEAVER, min, max, step,
				new Template("cloud", List.of("small"), "", "", "", Map.of("tier", id), ""), placement, List.of(new DemandTarget("requests", .8)), "traffic", Duration.ZERO);
	}

	Provisioner open() {
		provisioner = new Provisioner("test", directory, List.of(new Account("cloud", "listed", cloud)), settings, () -> now, this::ticks, executor, lease, nanos::get, failPoint);
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
		cloud.now = now;
		view = provisioner.step(now, List.of(groupView()), cloud::healthy);
		return view;
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
			members.add(member("base-" + i, "abc".substring(i % 3, i % 3 + 1)));
		}
		List.copyOf(cloud.machines.values()).stream().filter(machine -> cloud.healthy(machine.resource())).forEach(machine -> members.add(member(machine.resource(), machine.zone())));
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
