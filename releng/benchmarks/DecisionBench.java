// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CloudProviderFactory;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.source.MetricSourceFactory;
import io.shadowweaver.api.topology.Template;
import io.shadowweaver.api.topology.TopologyChange;
import io.shadowweaver.provisioning.ProvisioningSettings;

/**
 * From a sample to an intent in the journal: wall and CPU time from when a source has handed over the row of a tick in which some groups
 * are busier than they can carry, until their cloud is called, which comes after the intent was forced to the disk. The whole engine works
 * on all series in between, in one thread; of its models the cheap one.
 */
final class DecisionBench {
	/** Its machines run and never carry traffic: after their deadline they are given up and removed, and the next surge needs others. */
	private static final class Idle implements CloudProvider {
		private final SyntheticSource source;
		final List<Double> millis = new ArrayList<>();
		final List<Double> cpu = new ArrayList<>();
		private final Map<String, Instance> machines = new LinkedHashMap<>();
		private int made;

		Idle(SyntheticSource source) {
			this.source = source;
		}

		@Override
		public List<Offer> offers() {
			List<Offer> offers = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				offers.add(new Offer("offer-" + i, "offer-" + i, Map.of("cpu", 2. + 2 * i, "memory", 16e9, "requests", 1000.), List.of("z0", "z1", "z2"), .05 + .047 * i, "EUR", 10_000,
						Duration.ofMinutes(2), Duration.ofMinutes(3 + i)));
			}
			return offers;
		}

		@Override
		public List<Instance> list() {
			return List.copyOf(machines.values());
		}

		@Override
		public List<TopologyChange> discover() {
			return List.of();
		}

		@Override
		public Instance create(CreateRequest request) {
			millis.add((System.nanoTime() - source.handed()) / 1e6);
			// rows are handed over and clouds are called on one thread here
			cpu.add((ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - source.handedCpu()) / 1e6);
			Instance machine = new Instance("i" + ++made, request.name(), request.token(), "vm-" + made, request.offer(), request.zone(), Instance.State.RUNNING, Instant.EPOCH, request.metadata(), "");
			machines.put(machine.id(), machine);
			return machine;
		}

		@Override
		public List<String> dryRun(CreateRequest request) {
			return List.of();
		}

		@Override
		public void drain(String instance) {
			// it carries nothing
		}

		@Override
		public void delete(String instance) {
			machines.remove(instance);
		}

		@Override
		public void setSize(String group, int size) {
			throw new IllegalStateException("nobody else owns " + group);
		}

		@Override
		public Duration settling() {
			return Duration.ofSeconds(1);
		}

		@Override
		public void close() {
			// nothing is open
		}
	}

	private DecisionBench() {
	}

	/** {@code FOLDER SERIES…}. */
	public static void main(String[] arguments) throws Exception {
		for (int i = 1; i < arguments.length; i++) {
			measure(Path.of(arguments[0]).resolve(arguments[i]), Integer.parseInt(arguments[i]));
		}
	}

	private static void measure(Path folder, int wanted) throws Exception {
		Template template = new Template("cloud", List.of(), "", "", "", Map.of("tier", "any"), "");
		SyntheticSource source = new SyntheticSource(wanted, template, Math.max(1, wanted / 5000));
		Idle cloud = new Idle(source);
		Connection samples = new Connection("memory", "memory", "Memory", Map.of());
		Connection account = new Connection("cloud", "memory", "Cloud", Map.of());
		Map<String, Mode> modes = new HashMap<>();
		for (int group = 0; group < source.groups(); group++) {
			modes.put("tier-" + group, Mode.AUTO);
		}
		EstateConfig config = new EstateConfig("bench", "Bench", List.of(samples), List.of(account), List.of(), 1, Duration.ZERO, modes, List.of(), List.of());
		MetricSourceFactory sources = (settings, context) -> source;
		CloudProviderFactory clouds = (settings, context) -> cloud;
		EstateParts parts = new EstateParts(Files.createDirectories(folder), Instant::now, List.of(new EstateParts.Part<>(samples, () -> sources, Settings.of(List.of(), Map.of()))),
				List.of(new EstateParts.Part<>(account, () -> clouds, Settings.of(List.of(), Map.of()))), List.of(),
				FleetRun.models().stream().filter(candidate -> candidate.id().equals("naive")).toList(), Runnable::run);
		try (Weaver weaver = new Weaver(config, parts, settings(), false, id -> true)) {
			weaver.prepare();
			int ticks = Math.max(20, Math.min(120, 1_200_000 / wanted));
			for (int tick = 0; tick < 20; tick++) {
				weaver.step();
			}
			cloud.millis.clear();
			cloud.cpu.clear();
			double[] steps = new double[ticks];
			for (int tick = 0; tick < ticks; tick++) {
				long begun = System.nanoTime();
				weaver.step();
				steps[tick] = (System.nanoTime() - begun) / 1e6;
			}
			double[] millis = cloud.millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
			double[] cpu = cloud.cpu.stream().mapToDouble(Double::doubleValue).sorted().toArray();
			Arrays.sort(steps);
			System.out.printf(Locale.ROOT, "provision.decision.%d: %.0f ms (median), %.0f ms (.99), %.0f ms at most, of CPU %.0f ms and %.0f ms (.99), from the sample to the journalled intent, of %d intents in %d ticks of %d groups; a whole tick %.0f ms%n",
					wanted, at(millis, .5), at(millis, .99), at(millis, 1), at(cpu, .5), at(cpu, .99), millis.length, ticks, source.groups(), at(steps, .5));
		}
	}

	private static double at(double[] sorted, double level) {
		return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, Math.ceil(level * sorted.length))];
	}

	/** What would keep a benchmark from planning again is opened. */
	private static ProvisioningSettings settings() {
		return ProvisioningSettings.defaults()
				.with(new ProvisioningSettings.Limits(.45, Double.NEGATIVE_INFINITY, 0, Duration.ZERO, 1_000_000, 1_000_000, 30, .5, 1_000_000, Double.POSITIVE_INFINITY, "", List.of(), 0))
				.with(new ProvisioningSettings.Oversight(Integer.MAX_VALUE, Double.POSITIVE_INFINITY, Duration.ofDays(7), Duration.ofDays(30)));
	}
}
