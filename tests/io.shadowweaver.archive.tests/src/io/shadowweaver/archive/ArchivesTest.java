// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.store.BlobStore;
import io.shadowweaver.history.MetricHistory;
import io.shadowweaver.history.Retention;

/** Archives of an estate with history, states, journal and what does not belong into one. */
class ArchivesTest {
	private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
	private static final InstantSource CLOCK = () -> START.plus(Duration.ofDays(2));
	private static final Duration STEP = Duration.ofMinutes(1);
	private static final List<SeriesId> IDS = IntStream.range(0, 20).mapToObj(i -> new SeriesId("host-" + i, "cpu")).toList();
	private static final Set<String> FILES = Set.of("estate.json", "forecasts.bin", "provisioning/journal", "plugins/cloud/machines.tsv", "empty");

	@TempDir
	private Path directory;
	private Path estate;
	private Path copy;

	@BeforeEach
	void make() throws IOException {
		estate = directory.resolve("estates/e");
		copy = directory.resolve("copies/e");
		Files.createDirectories(copy.getParent());
		write("estate.json", "{\"id\": \"e\"}".getBytes(StandardCharsets.UTF_8));
		byte[] states = new byte[3 * Chunks.SIZE + 1234];
		new Random(1).nextBytes(states);
		write("forecasts.bin", states);
		write("provisioning/journal", "one\ntwo\ncut sho".getBytes(StandardCharsets.UTF_8));
		write("provisioning/journal.lock", "locked".getBytes(StandardCharsets.UTF_8));
		write("plugins/cloud/machines.tsv", "m\t1\n".getBytes(StandardCharsets.UTF_8));
		write("plugins/lease/lease", "7".getBytes(StandardCharsets.UTF_8));
		write("secrets.json", "never".getBytes(StandardCharsets.UTF_8));
		write("estate123.tmp", "draft".getBytes(StandardCharsets.UTF_8));
		write("empty", new byte[0]);
		try (MetricHistory made = open(estate)) {
			ticks(made, 0, 2_000);
		}
	}

	private void write(String name, byte[] bytes) throws IOException {
		Files.createDirectories(estate.resolve(name).getParent());
		Files.write(estate.resolve(name), bytes);
	}

	private static MetricHistory open(Path estate) {
		return MetricHistory.open(estate.resolve("history"), Retention.DEFAULT, CLOCK);
	}

	private static void ticks(MetricHistory history, int from, int to) {
		for (int tick = from; tick < to; tick++) {
			int now = tick;
			history.append(new Tick(START.plus(STEP.multipliedBy(tick)), IDS, IDS.stream().mapToDouble(id -> Math.round(100 * Math.sin(IDS.indexOf(id) + now * .01))).toArray()), STEP);
		}
	}

	private void same() throws IOException {
		try (Stream<Path> all = Files.walk(copy)) {
			Set<String> found = all.filter(Files::isRegularFile).map(file -> copy.relativize(file).toString()).filter(name -> !name.startsWith("history")).collect(Collectors.toCollection(TreeSet::new));
			assertEquals(new TreeSet<>(FILES), found);
		}
		for (String name : FILES) {
			byte[] expected = name.endsWith("journal") ? "one\ntwo\n".getBytes(StandardCharsets.UTF_8) : Files.readAllBytes(estate.resolve(name));
			assertArrayEquals(expected, Files.readAllBytes(copy.resolve(name)), name);
		}
		try (MetricHistory one = open(estate); MetricHistory other = open(copy)) {
			assertEquals(one.series(), other.series());
			assertEquals(one.stats().samples(), other.stats().samples());
			for (SeriesId id : IDS) {
				for (Duration step : List.of(STEP, Duration.ofMinutes(5), Duration.ofHours(1))) {
					assertArrayEquals(one.range(id, START, START.plus(Duration.ofDays(4)), step).values(), other.range(id, START, START.plus(Duration.ofDays(4)), step).values());
				}
			}
		}
		try (Stream<Path> beside = Files.list(copy.getParent())) {
			assertEquals(List.of(copy), beside.toList(), "nothing is left beside it");
		}
	}

	private BlobStore files() throws Exception {
		return TestStores.open("filesystem", TestStores.settings("filesystem", directory, "store"));
	}

	private BufferedReader start(String what, Path of, String id, Map<String, String> settings) throws IOException {
		List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
				"-Dshadowweaver.root=" + System.getProperty("shadowweaver.root", "../.."), "-cp", System.getProperty("java.class.path"), KilledProcess.class.getName(), what, of.toString(), id));
		settings.forEach((key, value) -> command.add(key + "=" + value));
		child = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
		return new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
	}

	private Process child;

	/** Kills the process once it has stored or fetched so many objects. */
	private void killAt(int objects, BufferedReader said) throws Exception {
		try (said) {
			String line;
			do {
				line = said.readLine();
			} while (line != null && !line.equals(Integer.toString(objects)));
			assertEquals(Integer.toString(objects), line);
		} finally {
			child.destroyForcibly();
			assertTrue(child.waitFor(10, TimeUnit.SECONDS));
		}
		assertEquals(128 + 9, child.exitValue());
	}

	@ParameterizedTest
	@ValueSource(strings = { "filesystem", "azure-blob", "swift" })
	@Timeout(180)
	void killedInTheMiddleItGoesOnWhereItWas(String id) throws Exception {
		Map<String, String> settings = TestStores.settings(id, directory, "archive-" + UUID.randomUUID());
		killAt(5, start("archive", estate, id, settings));
		try (WatchedStore store = new WatchedStore(TestStores.open(id, settings))) {
			Archives archives = new Archives(store, CLOCK);
			assertEquals(List.of(), archives.list(""), "an archive without a manifest is none");
			assertThrows(PluginException.class, () -> archives.newest("e"));
			int before = store.list("parts/").size();
			assertTrue(before >= 5, before + " parts were stored");
			Archived archived = archives.create(estate, "e", Progress.NONE);
			assertTrue(archived.skipped() > 0 && archived.stored() > 0, archived::toString);
			assertEquals(store.list("").size() - before, store.stored, "what was there is not stored again");
			assertEquals(List.of(archived.name()), archives.list("e").stream().map(Archived::name).toList());
			assertEquals(START.plus(STEP.multipliedBy(1_999)), archived.newest());
			killAt(8, start("restore", copy, id, settings));
			assertFalse(Files.exists(copy), "nothing is half restored");
			store.fetched = 0;
			archives.restore(archived.name(), copy, false, Progress.NONE);
			assertTrue(store.fetched <= store.list("parts/").size() - 3, "what was fetched is not fetched again: " + store.fetched + " of " + store.list("parts/").size());
		}
		same();
	}

	@Test
	void aLaterArchiveStoresOnlyWhatIsNew() throws Exception {
		try (WatchedStore store = new WatchedStore(files())) {
			Archives archives = new Archives(store, CLOCK);
			Archived first = archives.create(estate, "e", Progress.NONE);
			Archived again = new Archives(store, () -> CLOCK.instant().plusSeconds(60)).create(estate, "e", Progress.NONE);
			assertEquals(0, again.stored());
			assertEquals(first.bytes(), again.bytes());
			try (MetricHistory made = open(estate)) {
				ticks(made, 2_000, 2_100);
			}
			Archived later = new Archives(store, () -> CLOCK.instant().plusSeconds(120)).create(estate, "e", Progress.NONE);
			assertTrue(later.stored() < first.stored() / 10, later::toString);
			assertEquals(3, archives.list("e").size());
			assertEquals(later.name(), archives.newest("e").name());
			archives.restore(later.name(), copy, false, Progress.NONE);
			same();
		}
	}

	@Test
	void aRunningEstateIsArchivedWithWholeTicks() throws Exception {
		try (BlobStore store = files(); MetricHistory made = open(estate)) {
			Thread writer = Thread.ofPlatform().start(() -> ticks(made, 2_000, 2_600));
			Archived archived = new Archives(store, CLOCK).create(estate, "e", Progress.NONE);
			writer.join();
			new Archives(store, CLOCK).restore(archived.name(), copy, false, Progress.NONE);
			try (MetricHistory other = open(copy)) {
				Instant last = other.last(IDS.getFirst()).orElseThrow();
				assertEquals(archived.newest(), last);
				for (SeriesId id : IDS) {
					assertEquals(last, other.last(id).orElseThrow());
					assertArrayEquals(made.range(id, START, last.plus(STEP)).values(), other.range(id, START, last.plus(STEP)).values());
				}
			}
		}
	}

	@Test
	void aStoreThatIsFullMakesNoArchiveAndKeepsWhatIsThere() throws Exception {
		try (WatchedStore store = new WatchedStore(files())) {
			Archives archives = new Archives(store, CLOCK);
			store.room = 4;
			PluginException full = assertThrows(PluginException.class, () -> archives.create(estate, "e", Progress.NONE));
			assertTrue(full.getMessage().contains("the disk is full"), full.getMessage());
			assertEquals(List.of(), archives.list(""));
			store.room = Integer.MAX_VALUE;
			archives.create(estate, "e", Progress.NONE);
			assertEquals(store.list("").size(), store.stored);
		}
	}

	@Test
	void cancelledItStopsAndIsNoArchive() throws Exception {
		try (WatchedStore store = new WatchedStore(files())) {
			Progress cancels = new Progress() {
				@Override
				public void report(double fraction, String what) {
					assertTrue(fraction >= 0 && fraction <= 1);
				}

				@Override
				public boolean isCancelled() {
					return store.stored >= 3;
				}
			};
			PluginException stopped = assertThrows(PluginException.class, () -> new Archives(store, CLOCK).create(estate, "e", cancels));
			assertTrue(stopped.getMessage().contains("cancelled"), stopped.getMessage());
			assertEquals(List.of(), new Archives(store, CLOCK).list(""));
			Archived archived = new Archives(store, CLOCK).create(estate, "e", Progress.NONE);
			Progress atOnce = new Progress() {
				@Override
				public void report(double fraction, String what) {
					// nobody watches
				}

				@Override
				public boolean isCancelled() {
					return true;
				}
			};
			assertThrows(PluginException.class, () -> new Archives(store, CLOCK).restore(archived.name(), copy, false, atOnce));
			assertFalse(Files.exists(copy));
		}
	}

	private static void replace(BlobStore store, String name, byte[] bytes) throws PluginException {
		store.put(name, new ByteArrayInputStream(bytes), bytes.length);
	}

	private static byte[] bytes(BlobStore store, String name) throws PluginException, IOException {
		try (InputStream in = store.get(name)) {
			return in.readAllBytes();
		}
	}

	private void refuses(Archives archives, String name, String why) throws IOException {
		PluginException refused = assertThrows(PluginException.class, () -> archives.restore(name, copy, false, Progress.NONE));
		assertTrue(refused.getMessage().contains(why), refused.getMessage());
		assertFalse(Files.exists(copy), "nothing is half restored");
		forget();
	}

	/** Forgets what was fetched, so that all of it is fetched again. */
	private void forget() throws IOException {
		Path beside = copy.resolveSibling("e.restoring");
		if (Files.exists(beside)) {
			try (Stream<Path> all = Files.walk(beside)) {
				for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
					Files.delete(path);
				}
			}
		}
	}

	@Test
	void damageIsFoundAndNothingIsRestored() throws Exception {
		try (BlobStore store = files()) {
			Archives archives = new Archives(store, CLOCK);
			String name = archives.create(estate, "e", Progress.NONE).name();
			for (String part : store.list("parts/")) {
				byte[] whole = bytes(store, part);
				byte[] flipped = whole.clone();
				flipped[flipped.length / 2] ^= 4;
				replace(store, part, flipped);
				refuses(archives, name, "damaged: " + part);
				replace(store, part, java.util.Arrays.copyOf(whole, whole.length - 1));
				refuses(archives, name, "damaged: " + part);
				store.delete(part);
				refuses(archives, name, "missing");
				replace(store, part, whole);
			}
			byte[] manifest = bytes(store, name);
			byte[] flipped = manifest.clone();
			flipped[40] ^= 1;
			replace(store, name, flipped);
			refuses(archives, name, "checksum does not fit");
			store.delete(name);
			refuses(archives, name, "holds no archive");
			replace(store, name, manifest);
			archives.restore(name, copy, false, Progress.NONE);
			same();
		}
	}

	private String manifest(BlobStore store, String json) throws PluginException {
		byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
		String name = "archives/e/20260303T000000Z-" + Sha256.of(bytes) + ".json";
		replace(store, name, bytes);
		return name;
	}

	@Test
	void aManifestThatIsNewerOrLeadsAstrayIsRefused() throws Exception {
		try (BlobStore store = files()) {
			Archives archives = new Archives(store, CLOCK);
			String name = archives.create(estate, "e", Progress.NONE).name();
			String json = new String(bytes(store, name), StandardCharsets.UTF_8);
			refuses(archives, manifest(store, json.replace("\"version\" : 1", "\"version\" : 2")), "version 2");
			refuses(archives, manifest(store, json.replace("\"estate.json\"", "\"../../outside\"")), "must not");
			refuses(archives, manifest(store, json.replace("\"estate.json\"", "\"history/CURRENT\"")), "of a history");
			refuses(archives, manifest(store, "{\"format\": \"something else\"}"), "no manifest");
			refuses(archives, manifest(store, "not json"), "cannot be read");
			refuses(archives, manifest(store, "{\"format\": \"shadow-weaver-archive\", \"version\": 1}"), "cannot be read");
			refuses(archives, "parts/aa/bb", "not the name of an archive");
		}
	}

	@Test
	void whatIsThereIsReplacedOnlyWhenAskedAndMovedAside() throws Exception {
		try (BlobStore store = files()) {
			Archives archives = new Archives(store, CLOCK);
			String name = archives.create(estate, "e", Progress.NONE).name();
			Files.createDirectories(copy);
			assertEquals(copy, archives.restore(name, copy, false, Progress.NONE), "an empty one is taken");
			Files.writeString(copy.resolve("mine"), "kept");
			PluginException refused = assertThrows(PluginException.class, () -> archives.restore(name, copy, false, Progress.NONE));
			assertTrue(refused.getMessage().contains("is not empty"), refused.getMessage());
			try (MetricHistory running = open(copy)) {
				PluginException busy = assertThrows(PluginException.class, () -> archives.restore(name, copy, true, Progress.NONE));
				assertTrue(busy.getMessage().contains("is open"), busy.getMessage());
				assertEquals(20, running.series().size());
			}
			Path former = archives.restore(name, copy, true, Progress.NONE);
			assertEquals("kept", Files.readString(former.resolve("mine")));
			assertFalse(Files.exists(copy.resolve("mine")));
		}
	}

	@Test
	void nothingToArchiveIsASentence() throws Exception {
		try (BlobStore store = files()) {
			Archives archives = new Archives(store, CLOCK);
			assertThrows(PluginException.class, () -> archives.create(directory.resolve("nowhere"), "e", Progress.NONE));
			assertThrows(PluginException.class, () -> archives.create(Files.createDirectories(directory.resolve("none")), "e", Progress.NONE));
			assertThrows(PluginException.class, () -> archives.create(estate, "../e", Progress.NONE));
			Files.writeString(estate.resolve("history/CURRENT"), "MANIFEST-999999\n");
			PluginException damaged = assertThrows(PluginException.class, () -> archives.create(estate, "e", Progress.NONE));
			assertTrue(damaged.getMessage().contains("history"), damaged.getMessage());
			assertEquals(List.of(), archives.list(""));
		}
	}
}
