// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;

/** The history in a process of its own that is killed, or has no room left. */
class CrashTest {
	private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
	private static final Duration STEP = Duration.ofSeconds(15);
	private static final int SERIES = 200;
	private static final InstantSource CLOCK = () -> START;

	@TempDir
	Path directory;

	/**
	 * Appends ticks for ever and prints each when it is acknowledged; begins behind what is there. A second argument is the
	 * most bytes that a file may have.
	 */
	static final class Writer {
		private Writer() {
		}

		public static void main(String[] arguments) throws Exception {
			List<SeriesId> ids = ids();
			if (arguments.length > 1) {
				// The native library is unpacked first: it is larger.
				org.rocksdb.RocksDB.loadLibrary();
				int code = new ProcessBuilder("prlimit", "--pid", "" + ProcessHandle.current().pid(), "--fsize=" + arguments[1]).start().waitFor();
				if (code != 0) {
					throw new IllegalStateException("prlimit failed: " + code);
				}
			}
			MetricHistory history = MetricHistory.open(Path.of(arguments[0]), Retention.DEFAULT, CLOCK);
			long t = history.last(ids.getFirst()).map(last -> Duration.between(START, last).dividedBy(STEP) + 1).orElse(0L);
			for (;; t++) {
				try {
					history.append(new Tick(START.plus(STEP.multipliedBy(t)), ids, row(t)), STEP);
				} catch (HistoryException e) {
					System.out.println("failed " + e.getMessage());
					System.exit(7);
				}
				System.out.println(t);
			}
		}
	}

	private static List<SeriesId> ids() {
		return IntStream.range(0, SERIES).mapToObj(i -> new SeriesId("r" + i, "cpu")).toList();
	}

	private static double[] row(long t) {
		Random random = new Random(t);
		return IntStream.range(0, SERIES).mapToDouble(i -> random.nextInt(100000) / 1000.).toArray();
	}

	private Process start(String... more) throws IOException {
		List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-Xmx256m",
				"-XX:-UsePerfData", "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), Writer.class.getName(), directory.toString()));
		command.addAll(List.of(more));
		return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
	}

	private void check(long acknowledged, String when) {
		try (MetricHistory history = MetricHistory.open(directory, Retention.DEFAULT, CLOCK)) {
			List<SeriesId> ids = ids();
			double[][] rows = new double[(int) acknowledged + 1][];
			for (int t = 0; t < rows.length; t++) {
				rows[t] = row(t);
			}
			for (int i = 0; i < SERIES; i++) {
				Series series = history.range(ids.get(i), START, Instant.MAX);
				assertEquals(START, series.start());
				assertTrue(series.length() > acknowledged, when + ": " + ids.get(i) + " ends at " + series.end() + ", tick " + acknowledged + " was acknowledged");
				for (int t = 0; t <= acknowledged; t++) {
					assertEquals(rows[t][i], series.values()[t], when + ": " + ids.get(i) + " at tick " + t);
				}
				assertEquals(history.last(ids.getFirst()), history.last(ids.get(i)), when + ": a tick was written in part");
			}
		}
	}

	@Test
	@Timeout(120)
	void aKillInMidWriteLosesNoAcknowledgedTick() throws Exception {
		Random random = new Random(11);
		long acknowledged = -1;
		for (int round = 0; round < 4; round++) {
			Process process = start();
			try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
				long target = acknowledged + 60 + random.nextInt(250);
				String line;
				while (acknowledged < target && (line = out.readLine()) != null) {
					acknowledged = Long.parseLong(line);
				}
				assertTrue(process.isAlive(), "the writer died by itself");
				// By its handle: the process itself would close the stream.
				process.toHandle().destroyForcibly();
				// What it had printed before it died was acknowledged too.
				while ((line = out.readLine()) != null) {
					acknowledged = line.matches("\\d+") ? Math.max(acknowledged, parse(line, acknowledged)) : acknowledged;
				}
			}
			assertEquals(128 + 9, process.waitFor(), "it was killed, not closed");
			check(acknowledged, "round " + round);
		}
	}

	/** The last line may be cut: then it is smaller than the one before. */
	private static long parse(String line, long before) {
		long value = Long.parseLong(line);
		return value == before + 1 ? value : before;
	}

	@Test
	@Timeout(120)
	void noRoomIsASentenceAndNothingIsHalfWritten() throws Exception {
		assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "needs prlimit, whose limit stands for a disk without room");
		Process process = start("300000");
		long acknowledged = -1;
		String failed = "";
		try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
			for (String line; (line = out.readLine()) != null;) {
				if (line.startsWith("failed ")) {
					failed = line;
				} else {
					acknowledged = Long.parseLong(line);
				}
			}
		}
		assertTrue(process.waitFor(30, TimeUnit.SECONDS));
		assertEquals(7, process.exitValue(), "it must fail with an exception of its own: " + failed);
		assertTrue(failed.contains("The history in " + directory + " cannot be written: "), failed);
		assertTrue(acknowledged > 10, "some were written before: " + acknowledged);
		check(acknowledged, "without room");
		try (MetricHistory history = MetricHistory.open(directory, Retention.DEFAULT, CLOCK)) {
			assertTrue(history.append(new Tick(history.last(ids().getFirst()).orElseThrow().plus(STEP), ids(), row(1)), STEP).isComplete());
		}
	}
}
