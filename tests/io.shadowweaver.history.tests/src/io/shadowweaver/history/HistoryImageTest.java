// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.history;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;

/** Images of a history that is being written, and histories made of them. */
class HistoryImageTest {
	private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
	private static final Duration STEP = Duration.ofMinutes(1);
	private static final InstantSource CLOCK = () -> START.plus(Duration.ofDays(3));
	private static final List<SeriesId> IDS = IntStream.range(0, 90).mapToObj(i -> new SeriesId("host-" + i, "cpu")).toList();

	@TempDir
	private Path directory;

	/** A process that writes for ever, a line a tick. */
	static final class Writer {
		private Writer() {
		}

		public static void main(String[] args) {
			try (MetricHistory history = open(Path.of(args[0]))) {
				for (int tick = 0;; tick++) {
					history.append(tick(tick), STEP);
					if (tick % 150 == 149) {
						// flushes, so that logs and files go while an image is taken
						history.compact();
					}
					System.out.println(tick);
				}
			}
		}
	}

	private static MetricHistory open(Path directory) {
		return MetricHistory.open(directory, Retention.DEFAULT, CLOCK);
	}

	private static Tick tick(int number) {
		double[] values = IDS.stream().mapToDouble(id -> value(IDS.indexOf(id), number)).toArray();
		return new Tick(START.plus(STEP.multipliedBy(number)), IDS, values);
	}

	private static double value(int series, int tick) {
		return Math.round(1000 * Math.sin(series + tick * .01)) / 10.;
	}

	private Map<String, byte[]> image(Path of) throws IOException {
		Map<String, byte[]> parts = new LinkedHashMap<>();
		try (HistoryImage image = HistoryImage.of(of)) {
			for (String part : image.parts()) {
				ByteArrayOutputStream bytes = new ByteArrayOutputStream();
				image.write(part, bytes);
				parts.put(part, bytes.toByteArray());
			}
		}
		return parts;
	}

	private Path restored(String name, Map<String, byte[]> parts) throws IOException {
		Path folder = directory.resolve(name);
		try (HistoryRestore restore = new HistoryRestore(folder)) {
			for (byte[] part : parts.values()) {
				restore.read(new ByteArrayInputStream(part));
			}
		}
		return folder;
	}

	private static void same(MetricHistory one, MetricHistory other) {
		assertEquals(one.series(), other.series());
		assertEquals(one.stats().samples(), other.stats().samples());
		for (SeriesId id : one.series()) {
			assertEquals(one.last(id), other.last(id));
			assertEquals(one.first(id), other.first(id));
			for (Duration step : List.of(STEP, Duration.ofMinutes(5), Duration.ofHours(1))) {
				Series expected = one.range(id, START, START.plus(Duration.ofDays(9)), step);
				Series found = other.range(id, START, START.plus(Duration.ofDays(9)), step);
				assertEquals(expected.start(), found.start());
				assertArrayEquals(expected.values(), found.values());
			}
		}
	}

	@Test
	void aHistoryOfItsPartsIsTheSameAndGoesOn() throws Exception {
		Path source = directory.resolve("source");
		try (MetricHistory history = open(source)) {
			for (int tick = 0; tick < 3_200; tick++) {
				history.append(tick(tick), STEP);
			}
			Map<String, byte[]> parts = image(source);
			assertTrue(parts.keySet().containsAll(List.of("raw.2026-03-01", "raw.2026-03-02", "rows", "columns", "five_minutes.2026-03")), parts.keySet()::toString);
			try (MetricHistory copy = open(restored("copy", parts))) {
				same(history, copy);
				for (int tick = 3_200; tick < 3_500; tick++) {
					history.append(tick(tick), STEP);
					copy.append(tick(tick), STEP);
				}
				same(history, copy);
			}
			Map<String, byte[]> later = image(source);
			assertArrayEquals(parts.get("raw.2026-03-01"), later.get("raw.2026-03-01"), "a day that is over has the same bytes");
		}
	}

	@Test
	@Timeout(120)
	void anImageOfWhatAnotherProcessWritesHoldsWholeTicks() throws Exception {
		Path source = directory.resolve("source");
		Process writer = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp",
				System.getProperty("java.class.path"), Writer.class.getName(), source.toString()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
		List<Map<String, byte[]>> images = new ArrayList<>();
		List<Integer> acknowledged = new ArrayList<>();
		try (BufferedReader said = new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
			for (int i = 0; i < 6; i++) {
				int last = -1;
				while (last < (i + 1) * 250) {
					last = Integer.parseInt(said.readLine());
				}
				acknowledged.add(last);
				images.add(image(source));
			}
		} finally {
			writer.destroyForcibly();
			assertTrue(writer.waitFor(10, TimeUnit.SECONDS));
		}
		for (int i = 0; i < images.size(); i++) {
			try (MetricHistory copy = open(restored("copy-" + i, images.get(i)))) {
				Instant last = copy.last(IDS.getFirst()).orElseThrow();
				int ticks = (int) Duration.between(START, last).dividedBy(STEP) + 1;
				assertTrue(ticks > acknowledged.get(i), "tick " + acknowledged.get(i) + " was acknowledged before the image, which ends at " + (ticks - 1));
				for (int series = 0; series < IDS.size(); series++) {
					int of = series;
					assertEquals(last, copy.last(IDS.get(series)).orElseThrow(), "all series end at one tick");
					assertArrayEquals(IntStream.range(0, ticks).mapToDouble(tick -> value(of, tick)).toArray(), copy.range(IDS.get(series), START, last.plus(STEP)).values());
				}
			}
		}
	}

	@Test
	void brokenPartsAreNamed() throws Exception {
		Path source = directory.resolve("source");
		try (MetricHistory history = open(source)) {
			for (int tick = 0; tick < 300; tick++) {
				history.append(tick(tick), STEP);
			}
		}
		byte[] whole = image(source).get("columns");
		try (HistoryRestore restore = new HistoryRestore(directory.resolve("copy"))) {
			assertFails(restore, Arrays.copyOf(whole, whole.length - 5), "cut short");
			assertFails(restore, "{\"not\": \"a part\"}".getBytes(StandardCharsets.UTF_8), "no part of a history");
			byte[] newer = whole.clone();
			newer[7] = 9;
			assertFails(restore, newer, "version 9");
			byte[] huge = whole.clone();
			huge[huge.length - 4] = 0x7f;
			assertFails(restore, huge, "entry of");
		}
		assertThrows(HistoryException.class, () -> HistoryImage.of(directory.resolve("nothing")));
	}

	private static void assertFails(HistoryRestore restore, byte[] part, String why) {
		IOException refused = assertThrows(IOException.class, () -> restore.read(new ByteArrayInputStream(part)));
		assertTrue(refused.getMessage().contains(why), refused.getMessage());
	}
}
