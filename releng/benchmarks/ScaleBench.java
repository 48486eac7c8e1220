// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.simulated;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.topology.DemandTarget;
import io.shadowweaver.api.topology.InstanceCapacity;
import io.shadowweaver.api.topology.Placement;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Selector;
import io.shadowweaver.api.topology.Template;
import io.shadowweaver.bench.Figures;
import io.shadowweaver.provisioning.Account;
import io.shadowweaver.provisioning.DemandView;
import io.shadowweaver.provisioning.GroupView;
import io.shadowweaver.provisioning.Provisioner;
import io.shadowweaver.provisioning.ProvisioningSettings;

/**
 * The six scenarios of the scalability report of Kubernetes' Cluster Autoscaler (kubernetes/autoscaler,
 * cluster-autoscaler/proposals/scalability_tests.md), with machines instead of nodes and demand instead of pods, at 1,000 machines on the
 * simulated cloud. A step is what an iteration is there, which takes at most 10 s by that report. Guards on how much may change at once
 * are opened, since it has none.
 */
final class ScaleBench {
	private static final Instant START = Instant.parse("2026-03-02T06:00:00Z");
	private static final Duration TICK = Duration.ofSeconds(15);
	private static final double SAFE = 400 * .8;
	private static final int NODES = 1000;

	/** One group over its cloud, and what its steps took. */
	private final class Run implements AutoCloseable {
		final SimulatedCloud cloud;
		final Provisioner provisioner;
		final List<Double> millis = new ArrayList<>();
		final Set<String> foreign = new HashSet<>();
		ScalingGroup web = group("web", 1, NODES + 200, "web.small");
		boolean blocked;
		Instant now = START;

		Run(String name, boolean scaleIn) throws Exception {
			cloud = new SimulatedCloud(() -> now, 7);
			CloudSettings plain = CloudSettings.defaults();
			cloud.configure(new CloudSettings(plain.leadMedian(), plain.leadP95(), 5000, Duration.ofSeconds(30), plain.settling(), 1, 0, 0, 0, 0, 0, 0, Duration.ZERO), null);
			ProvisioningSettings open = ProvisioningSettings.defaults();
			open = open.with(new ProvisioningSettings.Limits(.45, -1, 0, Duration.ofSeconds(30), 10_000, 10_000, 2 * NODES, 1e6, 10_000, Double.POSITIVE_INFINITY, "", List.of(), 0));
			provisioner = new Provisioner("bench", Files.createDirectories(folder.resolve(name)), List.of(new Account("simulated", "simulated", new SimulatedProvider(cloud))),
					scaleIn ? open.withScaleIn(Set.of("web")) : open, () -> now, Runnable::run);
		}

		/** Machines that nobody here made: they count, and are never removed. */
		void foreign(int count) {
			for (int i = 0; i < count; i++) {
				foreign.add("foreign-" + i);
			}
		}

		int members() {
			return live().size();
		}

		private List<Resource> live() {
			List<Resource> live = new ArrayList<>();
			foreign.forEach(id -> live.add(member(id, "a", "")));
			cloud.machines().stream().filter(machine -> !machine.token().isEmpty() && machine.carriesLoad(now)).forEach(machine -> live.add(member(machine.resource(), machine.zone(), machine.offer())));
			return live;
		}

		/** For so many minutes, with a demand by the minute of so many machines' worth. */
		void run(int minutes, DoubleUnaryOperator machines) {
			for (int tick = 0; tick < minutes * 60 / TICK.toSeconds(); tick++) {
				double minute = tick * TICK.toSeconds() / 60.;
				List<Resource> live = live();
				Set<String> healthy = new HashSet<>();
				live.forEach(member -> healthy.add(member.id()));
				List<GroupView> views = new ArrayList<>(List.of(view(web, live, machines.applyAsDouble(minute) * SAFE)));
				if (blocked) {
					views.add(view(group("stuck", 0, NODES, "gone.large"), List.of(member("stuck-0", "a", "")), NODES * SAFE));
				}
				long begun = System.nanoTime();
				provisioner.step(now, views, healthy::contains);
				millis.add((System.nanoTime() - begun) / 1e6);
				now = now.plus(TICK);
			}
		}

		void print(String name, int expected) {
			double[] steps = millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
			System.out.printf(Locale.ROOT, "provision.scale.%s: %d machines, expected %d; a step takes %.1f ms (median), %.1f ms (.99), %.1f ms at most, of %d%n", name, members(), expected,
					steps[steps.length / 2], steps[(int) (steps.length * .99)], steps[steps.length - 1], steps.length);
		}

		@Override
		public void close() {
			provisioner.close();
		}
	}

	private final Path folder;

	private ScaleBench(Path folder) {
		this.folder = folder;
	}

	/** {@code FOLDER}. */
	public static void main(String[] arguments) throws Exception {
		new ScaleBench(Path.of(arguments[0])).all();
	}

	private static ScalingGroup group(String id, int min, int max, String offer) {
		return new ScalingGroup(id, id, Selector.of(Resource.TIER, id), ScalingGroup.Scaling.HORIZONTAL, ScalingGroup.Owner.WEAVER, min, max, 1,
				new Template("simulated", List.of(offer), "", "", "", Map.of(Resource.TIER, id), ""), Placement.ANYWHERE, List.of(new DemandTarget("requests", .8)), "traffic", Duration.ZERO);
	}

	private static Resource member(String id, String zone, String offer) {
		Map<String, String> labels = new HashMap<>(Map.of(Resource.TIER, "web", Resource.ZONE, zone, Resource.PROVIDER, "simulated"));
		if (!offer.isEmpty()) {
			labels.put(Resource.OFFER, offer);
		}
		return Resource.live(id, "vm", id, labels, Map.of("requests", 400.));
	}

	private static GroupView view(ScalingGroup group, List<Resource> live, double demand) {
		List<InstanceCapacity> known = List.of(new InstanceCapacity(group.id(), "simulated", "web.small", "requests", SAFE, SAFE, InstanceCapacity.Basis.DECLARED, START));
		return new GroupView(group, Mode.AUTO, live, known, List.of(new DemandView("requests", bands(demand), demand, .3, .8)), 0);
	}

	/** Constant, and nearly certain: what comes is not what is measured here. */
	private static Bands bands(double demand) {
		long[] leads = { 300_000, 3_600_000, 86_400_000 };
		float[] values = new float[leads.length * Levels.COUNT];
		for (int lead = 0; lead < leads.length; lead++) {
			for (int level = 0; level < Levels.COUNT; level++) {
				values[lead * Levels.COUNT + level] = (float) (demand * (1 + 1e-4 * (level - Levels.MEDIAN)));
			}
		}
		return new Bands(START, leads, values);
	}

	private void all() throws Exception {
		// what is observed is served with 5 % more, so a little less is asked for than machines are expected
		double full = NODES / 1.05 - .5;
		try (Run run = new Run("up", false)) {
			run.foreign(1);
			run.run(2, minute -> .5);
			run.millis.clear();
			run.run(30, minute -> full);
			run.print("1-scales-up-at-all", NODES);
		}
		try (Run run = new Run("previous", false)) {
			run.foreign(1);
			run.run(2, minute -> .5);
			run.millis.clear();
			run.run(30, minute -> minute < 1.5 ? .7 * full : full);
			run.print("2-scales-up-while-handling-previous-load", NODES);
		}
		// to be removed, demand with a margin of 10 % must fit into the rest
		double rest = 1 / 1.1;
		try (Run run = new Run("empty", true)) {
			run.run(40, minute -> full);
			run.millis.clear();
			run.run(60, minute -> 699.5 * rest);
			run.print("3-scales-down-empty-nodes", 700);
		}
		try (Run run = new Run("underutilized", true)) {
			run.run(40, minute -> full);
			run.web = group("web", 970, NODES + 200, "web.small");
			run.millis.clear();
			run.run(60, minute -> 580);
			run.print("4-scales-down-underutilized-nodes", 970);
		}
		try (Run run = new Run("unremovable", true)) {
			run.foreign(NODES);
			run.run(60, minute -> 720);
			run.print("5-does-not-scale-down-unremovable-nodes", NODES);
		}
		try (Run run = new Run("unschedulable", false)) {
			run.foreign(1);
			run.blocked = true;
			run.run(2, minute -> .5);
			run.millis.clear();
			run.run(30, minute -> full);
			run.print("6-ignores-what-cannot-be-made", NODES);
		}
	}
}
