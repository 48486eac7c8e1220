// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.source.host;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import io.shadowweaver.api.metric.Batch;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.source.BatchSink;
import io.shadowweaver.api.source.MetricSource;
import io.shadowweaver.api.source.SourceInfo;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.TopologyChange;

/**
 * This machine as one resource. Rates are the difference of two readings, so the first sample has none. A figure that
 * cannot be read is a gap, said once; the others go on.
 */
final class HostSource implements MetricSource {
	private static final List<Metric> METRICS = List.of(Metric.CPU, Metric.MEMORY, Metric.NETWORK_IN, Metric.NETWORK_OUT, Metric.DISK);
	/** Always full, or not a disk. */
	private static final Set<String> NO_DISK = Set.of("squashfs", "iso9660", "udf", "tmpfs", "devtmpfs", "ramfs", "efivarfs", "fuse.snapfuse");
	/** A share is measured in ticks and pages; more digits would be noise that only takes space. */
	private static final double DIGITS = 1e4;
	private static final long LEAST_SPEED = 1_000_000;
	private static final long MOST_SPEED = 10_000_000_000_000L;

	private final HostProbe probe;
	private final Duration step;
	private final Set<String> told = new HashSet<>();
	private final Map<String, Double> capacity = new HashMap<>();
	private List<String> problems = new ArrayList<>();
	private List<SeriesId> series = List.of();
	private Resource reported;
	private long lastSlot = Long.MIN_VALUE;
	private Instant before;
	private HostProbe.Processor processorBefore;
	private Map<String, HostProbe.Interface> interfacesBefore = Map.of();

	HostSource(HostProbe probe, Duration step) {
		this.probe = probe;
		this.step = step;
	}

	@Override
	public SourceInfo info() {
		return SourceInfo.live(step, Optional.empty());
	}

	/** More often than the step, so that no slot is missed when a poll is a little late. */
	@Override
	public Duration pollInterval() {
		Duration quarter = step.dividedBy(4);
		return quarter.compareTo(Duration.ofSeconds(1)) < 0 ? quarter : Duration.ofSeconds(1);
	}

	@Override
	public void backfill(Instant from, Instant to, BatchSink sink, Progress progress) {
		// A machine remembers nothing.
	}

	@Override
	public Batch poll(Instant now) {
		long slot = Math.floorDiv(now.toEpochMilli(), step.toMillis());
		if (slot <= lastSlot) {
			return Batch.EMPTY;
		}
		lastSlot = slot;
		double[] values = new double[METRICS.size()];
		values[0] = read("processor", this::cpu);
		values[1] = read("memory", this::memory);
		double[] network = network(before == null ? 0 : Duration.between(before, now).toNanos() / 1e9);
		values[2] = network[0];
		values[3] = network[1];
		values[4] = read("disk", this::disk);
		before = now;
		List<Metric> metrics = reported == null ? METRICS : List.of();
		List<TopologyChange> changes = describe();
		List<String> said = problems;
		problems = new ArrayList<>();
		return new Batch(metrics, List.of(), List.of(new Tick(Instant.ofEpochMilli(slot * step.toMillis()), series, values)), changes, List.of(), said);
	}

	private double read(String what, Supplier<Double> figure) {
		try {
			return figure.get();
		} catch (RuntimeException | LinkageError e) {
			say(what, "The " + what + " of this machine cannot be read: " + e.getMessage() + ".");
			return Double.NaN;
		}
	}

	private void say(String key, String sentence) {
		if (told.add(key)) {
			problems.add(sentence);
		}
	}

	private double cpu() {
		HostProbe.Processor now = probe.processor();
		HostProbe.Processor then = processorBefore;
		processorBefore = now;
		if (then == null) {
			return Double.NaN;
		}
		long total = now.total() - then.total();
		return total <= 0 ? Double.NaN : share((double) (now.busy() - then.busy()) / total);
	}

	private double memory() {
		HostProbe.Memory now = probe.memory();
		if (now.total() <= 0) {
			say("memory", "The memory of this machine is not known here.");
			return Double.NaN;
		}
		capacity.put(Metric.MEMORY.id(), (double) now.total());
		return share(1 - (double) now.available() / now.total());
	}

	private double[] network(double seconds) {
		double[] rates = { Double.NaN, Double.NaN };
		List<HostProbe.Interface> interfaces;
		try {
			interfaces = probe.interfaces();
		} catch (RuntimeException | LinkageError e) {
			say("network", "The network of this machine cannot be read: " + e.getMessage() + ".");
			return rates;
		}
		if (interfaces.isEmpty()) {
			say("network", "This machine shows no network interface besides its loopback.");
			return rates;
		}
		long received = 0;
		long sent = 0;
		double speed = 0;
		Map<String, HostProbe.Interface> now = new HashMap<>();
		for (HostProbe.Interface one : interfaces) {
			now.put(one.name(), one);
			// A counter that is new or began anew says nothing about this span.
			HostProbe.Interface then = interfacesBefore.getOrDefault(one.name(), one);
			received += Math.max(0, one.received() - then.received());
			sent += Math.max(0, one.sent() - then.sent());
			boolean known = one.bitsPerSecond() >= LEAST_SPEED && one.bitsPerSecond() <= MOST_SPEED;
			speed += known ? one.bitsPerSecond() / 8. : 0;
		}
		if (speed > 0) {
			capacity.put(Metric.NETWORK_IN.id(), speed);
			capacity.put(Metric.NETWORK_OUT.id(), speed);
		} else {
			say("speed", "The link speed of this machine is not known, so its network shows bytes a second but no utilisation.");
		}
		if (!interfacesBefore.isEmpty() && seconds > 0) {
			rates[0] = Math.rint(received / seconds);
			rates[1] = Math.rint(sent / seconds);
		}
		interfacesBefore = now;
		return rates;
	}

	private double disk() {
		double fullest = Double.NaN;
		for (HostProbe.Disk one : probe.disks()) {
			long used = one.total() - one.free();
			if (one.total() <= 0 || used < 0 || used + one.usable() <= 0 || NO_DISK.contains(one.type())) {
				continue;
			}
			double share = (double) used / (used + one.usable());
			if (!(share <= fullest)) {
				fullest = share;
				capacity.put(Metric.DISK.id(), (double) one.total());
			}
		}
		if (Double.isNaN(fullest)) {
			say("disk", "This machine shows no disk.");
		}
		return share(fullest);
	}

	private static double share(double value) {
		return Math.rint(Math.clamp(value, 0., 1.) * DIGITS) / DIGITS;
	}

	private List<TopologyChange> describe() {
		read("processor count", () -> {
			capacity.put(Metric.CPU.id(), (double) probe.cores());
			return 0.;
		});
		if (reported == null) {
			String[] facts = { "localhost", "" };
			read("name", () -> {
				String name = probe.name();
				facts[0] = name == null || name.isBlank() ? facts[0] : name.strip();
				facts[1] = probe.system();
				return 0.;
			});
			series = METRICS.stream().map(metric -> new SeriesId(facts[0], metric.id())).toList();
			reported = Resource.live(facts[0], "host", facts[0], Map.of(Resource.REGION, "local", Resource.ZONE, "local", "os", facts[1]), Map.of());
		}
		Resource now = Resource.live(reported.id(), reported.kind(), reported.name(), reported.labels(), capacity);
		boolean same = now.equals(reported);
		reported = now;
		return same ? List.of() : List.of(new TopologyChange.ResourceSeen(now));
	}

	@Override
	public void close() {
		// Nothing is held open.
	}
}
