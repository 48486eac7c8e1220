// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.shadowweaver.bench.Figures;
import io.shadowweaver.bench.StreamReaders;
import io.shadowweaver.bench.StreamReaders.Kind;
import io.shadowweaver.server.ApiServer;

/**
 * From the state of a tick to the last byte of its event at each of many readers, which a process of their own has. All values of an
 * estate change in each tick. The next tick comes when all have the event.
 */
final class StreamBench {
	private static final int WARM = 4;

	private StreamBench() {
	}

	/** A thousand readers of each kind. */
	static void small(Path folder, int resources) throws Exception {
		try (ServedEstate estate = new ServedEstate(folder, resources)) {
			for (Kind kind : Kind.values()) {
				measure("api.stream." + resources + "." + kind.name().toLowerCase(java.util.Locale.ROOT), estate, kind, "", 1000, 12);
			}
		}
	}

	/** A thousand readers in gzip, and a few of whole states. */
	static void large(ServedEstate estate) throws Exception {
		measure("api.stream.10000.gzip", estate, Kind.GZIP, "", 1000, 5);
		measure("api.stream.10000.whole.1", estate, Kind.EVENTS, "?detail=whole", 1, 5);
		measure("api.stream.10000.whole.10", estate, Kind.EVENTS, "?detail=whole", 10, 5);
	}

	private static void measure(String name, ServedEstate estate, Kind kind, String query, int count, int ticks) throws Exception {
		Weaver weaver = estate.weaver();
		AtomicLong published = new AtomicLong();
		long direct = direct();
		Process readers = null;
		// subscribed before the streams are, so that this is called first
		try (AutoCloseable subscription = weaver.subscribe(state -> published.set(micros()))) {
			long began = micros();
			ProcessBuilder command = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-Xmx256m", "-cp", System.getProperty("java.class.path"),
					StreamReaders.class.getName(), Integer.toString(estate.server().uri().getPort()), "/api/v1/estates/" + ServedEstate.ID + "/events" + query, Integer.toString(count), kind.name());
			// options for this process may make the other one talk
			command.environment().remove("JDK_JAVA_OPTIONS");
			readers = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
			BufferedReader in = readers.inputReader();
			long[] first = round(in);
			Figures.print(name + ".first", first[0] / 1e6, "MB of the first event, at all " + count + " readers " + (first[first.length - 1] - began) / 1000 + " ms after the start of their process");
			double[] delays = new double[ticks * count];
			double[] steps = new double[ticks];
			double bytes = 0;
			long cpu = 0;
			long readersCpu = 0;
			for (int tick = -WARM; tick < ticks; tick++) {
				if (tick == 0) {
					cpu = Figures.processCpu() - Figures.threadCpu();
					readersCpu = readers.info().totalCpuDuration().orElseThrow().toNanos();
				}
				long start = micros();
				weaver.step();
				long stepped = micros();
				long at = published.get();
				long[] round = round(in);
				bytes = round[0];
				for (int i = 0; tick >= 0 && i < count; i++) {
					delays[tick * count + i] = (round[i + 1] - at) / 1e3;
				}
				if (tick >= 0) {
					steps[tick] = (stepped - start) / 1e3;
				}
			}
			cpu = Figures.processCpu() - Figures.threadCpu() - cpu;
			readersCpu = readers.info().totalCpuDuration().orElseThrow().toNanos() - readersCpu;
			Arrays.sort(delays);
			System.out.printf(java.util.Locale.ROOT, "%s.delay: %.0f ms (median), %.0f ms (.99), %.0f ms at most, from the state to the last byte at a reader%s; %.3f MB an event, %d readers, %d ticks%n", name,
					delays[delays.length / 2], delays[(int) Math.ceil(.99 * delays.length) - 1], delays[delays.length - 1], query.isEmpty() ? "; aim: 250 ms (.99)" : "", bytes / 1e6, count, ticks);
			Figures.print(name + ".cpu", cpu / 1e3 / ticks / count, "µs of the server's CPU an event and reader; the readers " + Math.round(readersCpu / 1e3 / ticks / count) + " µs");
			Figures.print(name + ".tick", steps, "ms a tick, before its state is there");
			if (count >= 1000) {
				long open = Figures.heap();
				long buffers = direct() - direct;
				readers.destroy();
				left(estate.server());
				Figures.print(name + ".memory", (open - Figures.heap()) / 1e3 / count, "kB of heap a stream");
				Figures.print(name + ".buffers", buffers / 1e3 / count, "kB of direct buffers a stream");
			}
		} finally {
			if (readers != null) {
				readers.destroy();
				readers.waitFor(10, TimeUnit.SECONDS);
				left(estate.server());
			}
		}
	}

	/** The bytes of an event, then when each reader had it, ascending. */
	private static long[] round(BufferedReader in) throws IOException {
		String line = in.readLine();
		if (line == null) {
			throw new IOException("the readers have ended");
		}
		long[] round = Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).toArray();
		Arrays.sort(round, 1, round.length);
		return round;
	}

	private static void left(ApiServer server) throws InterruptedException {
		for (int i = 0; i < 600 && server.streams() > 0; i++) {
			Thread.sleep(50);
		}
	}

	private static long direct() {
		return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream().filter(pool -> pool.getName().equals("direct")).mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
	}

	private static long micros() {
		return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
	}
}
