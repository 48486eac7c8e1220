// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.source.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.metric.Batch;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.plugin.Parameter;
import io.shadowweaver.api.plugin.ParameterType;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.source.MetricSource;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.TopologyChange;

class HostSourceTest {
	private static final Duration STEP = Duration.ofSeconds(5);

	/** A machine whose counters a test sets. */
	private static final class Probe implements HostProbe {
		private Processor processor = new Processor(100, 1000);
		private Memory memory = new Memory(16_000, 4_000);
		private List<Interface> interfaces = List.of(new Interface("eth0", 1_000, 2_000, 1_000_000_000));
		private List<Disk> disks = List.of(new Disk("/", "ext4", 100, 50, 40), new Disk("/snap", "squashfs", 10, 0, 0), new Disk("/data", "xfs", 1000, 100, 100));
		private RuntimeException broken;

		@Override
		public String name() {
			return "box";
		}

		@Override
		public String system() {
			return "TestOS 1";
		}

		@Override
		public int cores() {
			return 4;
		}

		@Override
		public Processor processor() {
			if (broken != null) {
				throw broken;
			}
			return processor;
		}

		@Override
		public Memory memory() {
			return memory;
		}

		@Override
		public List<Interface> interfaces() {
			return interfaces;
		}

		@Override
		public List<Disk> disks() {
			return disks;
		}
	}

	private final Probe probe = new Probe();
	private final HostSource source = new HostSource(probe, STEP);

	private static Instant at(double seconds) {
		return Instant.parse("2026-01-01T00:00:00Z").plusMillis((long) (seconds * 1000));
	}

	private double[] values(double seconds) {
		return source.poll(at(seconds)).ticks().getFirst().values();
	}

	private static Resource resource(Batch batch) {
		return ((TopologyChange.ResourceSeen) batch.changes().getFirst()).resource();
	}

	@Test
	void theFirstSampleHasNoRates() {
		Batch first = source.poll(at(0));
		assertEquals(List.of(Metric.CPU, Metric.MEMORY, Metric.NETWORK_IN, Metric.NETWORK_OUT, Metric.DISK), first.metrics());
		assertArrayEquals(new double[] { Double.NaN, .75, Double.NaN, Double.NaN, .9 }, first.ticks().getFirst().values());
		Resource box = resource(first);
		assertEquals("box", box.id());
		assertEquals("host", box.kind());
		assertEquals("local", box.label(Resource.REGION));
		assertEquals("local", box.label(Resource.ZONE));
		assertEquals(Map.of("cpu", 4., "memory", 16_000., "network.in", 125e6, "network.out", 125e6, "disk", 1000.), box.capacity());
		assertEquals(List.of(), first.problems());
	}

	@Test
	void ratesAreDifferencesOverTheTimeThatPassed() {
		source.poll(at(0));
		probe.processor = new HostProbe.Processor(100 + 300, 1000 + 1200);
		probe.interfaces = List.of(new HostProbe.Interface("eth0", 1_000 + 5_000, 2_000 + 10_000, 1_000_000_000));
		double[] second = values(5);
		assertArrayEquals(new double[] { .25, .75, 1000, 2000, .9 }, second);
		probe.processor = new HostProbe.Processor(401, 2200 + 4);
		probe.interfaces = List.of(new HostProbe.Interface("eth0", 6_000 + 6_000, 12_000, 1_000_000_000));
		assertArrayEquals(new double[] { .25, .75, 1000, 0, .9 }, values(11));
	}

	@Test
	void countersThatBeginAnewOrComeNewAreNoTraffic() {
		source.poll(at(0));
		probe.interfaces = List.of(new HostProbe.Interface("eth0", 10, 20, 1_000_000_000), new HostProbe.Interface("eth1", 1 << 30, 1 << 30, 0));
		assertEquals(0, values(5)[2]);
		probe.interfaces = List.of(new HostProbe.Interface("eth0", 510, 20, 1_000_000_000), new HostProbe.Interface("eth1", (1 << 30) + 500, 1 << 30, 0));
		assertEquals(200, values(10)[2]);
	}

	@Test
	void samplesAreOnTheGridAndOnceASlot() {
		assertEquals(at(0), source.poll(at(1.3)).ticks().getFirst().time());
		assertTrue(source.poll(at(4.9)).isEmpty());
		assertEquals(at(5), source.poll(at(5.1)).ticks().getFirst().time());
		assertTrue(source.poll(at(3)).isEmpty(), "a clock that goes back");
		assertTrue(source.pollInterval().compareTo(STEP) < 0);
		assertEquals(STEP, source.info().step());
		assertFalse(source.info().hasOwnTime());
	}

	@Test
	void whatCannotBeReadIsSaidOnceAndTheRestGoesOn() {
		probe.broken = new IllegalStateException("no /proc/stat");
		probe.interfaces = List.of(new HostProbe.Interface("eth0", 0, 0, -1));
		probe.disks = List.of();
		probe.memory = new HostProbe.Memory(0, 0);
		Batch first = source.poll(at(0));
		assertEquals(4, first.problems().size(), first.problems().toString());
		assertTrue(first.problems().getFirst().contains("processor") && first.problems().getFirst().contains("no /proc/stat"));
		assertTrue(first.problems().stream().anyMatch(problem -> problem.contains("link speed")));
		assertEquals(Map.of("cpu", 4.), resource(first).capacity());
		probe.broken = null;
		probe.memory = new HostProbe.Memory(100, 50);
		Batch second = source.poll(at(5));
		assertEquals(List.of(), second.problems());
		assertEquals(100, resource(second).capacity("memory"), "a capacity that becomes known is reported");
		assertEquals(List.of(), source.poll(at(10)).changes());
	}

	@Test
	void thisMachineIsReal() throws Exception {
		List<Parameter> parameters = List.of(new Parameter("step", "Step", ParameterType.DURATION, "", "5s", false, false, ""));
		assertTrue(assertThrows(PluginException.class, () -> new HostSourceFactory().open(Settings.of(parameters, Map.of("step", "10ms")), null)).getMessage()
				.contains("step"));
		try (MetricSource real = new HostSourceFactory().open(Settings.of(parameters, Map.of("step", "1s")), null)) {
			Instant begin = Instant.now();
			Batch first = real.poll(begin);
			Resource machine = resource(first);
			assertTrue(machine.capacity("cpu") >= 1, "cores " + machine.capacity());
			assertTrue(machine.capacity("memory") > 1e8, "memory " + machine.capacity());
			// Something to measure: work for a second.
			long work = 0;
			long until = System.nanoTime() + 1_100_000_000;
			while (System.nanoTime() < until) {
				work++;
			}
			assertTrue(work > 0);
			double[] values = real.poll(begin.plusMillis(1_100)).ticks().getFirst().values();
			assertTrue(values[0] > 0 && values[0] <= 1, "cpu " + values[0]);
			assertTrue(values[1] > 0 && values[1] < 1, "memory " + values[1]);
			if (Files.isReadable(Path.of("/proc/net/dev"))) {
				boolean network = Files.readAllLines(Path.of("/proc/net/dev")).stream().skip(2)
						.anyMatch(line -> line.strip().startsWith("eth") || line.strip().startsWith("en"));
				assertTrue(!network || values[2] >= 0, "network in " + values[2]);
			}
		}
	}
}
