// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.kit.state.Snapshot;
import io.shadowweaver.kit.state.SnapshotFile;
import io.shadowweaver.platform.DefaultEstates;
import io.shadowweaver.server.ApiServer;
import io.shadowweaver.server.ServerSettings;

class SnapshotCommandTest {
	@TempDir
	Path directory;
	private StringWriter out = new StringWriter();
	private StringWriter err = new StringWriter();

	private int weave(String... arguments) {
		out = new StringWriter();
		err = new StringWriter();
		return WeaveCommand.run(arguments, new PrintWriter(out), new PrintWriter(err));
	}

	private String file(String name) {
		return directory.resolve(name).toString();
	}

	private String said() {
		return err.toString().strip();
	}

	@Test
	void aSourceIsSavedWithItsForecastsAndShown() throws Exception {
		assertEquals(0, weave("snapshot", "save", file("fleet.swsnap"), "--source", "simulated", "--set", "history=3d", "--filter", "kind:vm cpu>1% @+2h"), err::toString);
		Snapshot snapshot = SnapshotFile.read(directory.resolve("fleet.swsnap"));
		WeaverState state = snapshot.state();
		assertEquals(60, state.topology().resources().size());
		String metric = state.topology().groups().get("web").demand().getFirst().metric();
		assertTrue(state.series().forecast(SeriesId.ofGroup("web", metric)).orElseThrow().isPresent(), "the demand of the web servers has no forecast");
		assertEquals(Map.of("filter", "kind:vm cpu>1% @+2h"), snapshot.view());
		assertEquals(0, weave("snapshot", "show", file("fleet.swsnap")), err::toString);
		List<String> lines = out.toString().lines().toList();
		assertTrue(lines.stream().anyMatch(line -> line.matches("time +" + state.time())), out::toString);
		assertTrue(lines.stream().anyMatch(line -> line.matches("written +" + snapshot.written() + " by Shadow Weaver 1\\.0\\.0")), out::toString);
		assertTrue(lines.stream().anyMatch(line -> line.startsWith("topology ") && line.contains(" 60 resources, ")), out::toString);
		assertEquals(snapshot.models().size(), lines.stream().filter(line -> line.matches("model +\\S+ .*, \\d+ series")).count(), out::toString);
		assertTrue(!snapshot.models().isEmpty() && lines.stream().anyMatch(line -> line.matches("view filter +kind:vm cpu>1% @\\+2h")), out::toString);
	}

	@Test
	void anEstateOfARunningServerIsSavedAsItIs() throws Exception {
		try (Workplace workplace = Workplace.open(Optional.of(directory.resolve("data")))) {
			Weaver weaver = workplace.platform().open(DefaultEstates.simulated(1, Map.of("history", "1d")));
			SourceHistory.await(weaver, "simulated", state -> true);
			ServerSettings settings = ServerSettings.LOOPBACK.withPort(0);
			try (ApiServer server = new ApiServer(settings, workplace.platform()::estates, List::of, Optional.empty(), Clock.systemUTC())) {
				server.start();
				assertEquals(0, weave("snapshot", "save", file("now.swsnap"), "--server", server.uri().toString(), "--estate", "simulated"), err::toString);
				WeaverState state = SnapshotFile.read(directory.resolve("now.swsnap")).state();
				assertEquals(weaver.state().topology().resources().keySet(), state.topology().resources().keySet());
				assertEquals("simulated", state.estate());
				assertTrue(state.series().size() > 0 && !state.time().isAfter(weaver.state().time()));
				assertEquals(2, weave("snapshot", "save", file("other.swsnap"), "--server", server.uri().toString(), "--estate", "other"));
				assertTrue(said().equals("weave: There is no estate 'other'."), said());
				assertEquals(2, weave("snapshot", "save", file("other.swsnap"), "--server", server.uri().toString(), "--estate", "simulated", "--filter", "kind:vm load>3"));
				assertTrue(said().startsWith("weave: --filter: at 9: there is no metric 'load'; there is "), said());
			}
			assertEquals(2, weave("snapshot", "save", file("other.swsnap"), "--server", "localhost:1", "--estate", "simulated"));
			assertTrue(said().startsWith("weave: ") && said().contains("localhost:1"), said());
		}
		assertFalse(Files.exists(directory.resolve("other.swsnap")), "what cannot be saved leaves nothing");
	}

	private Path snapshot(String name) throws Exception {
		Path file = directory.resolve(name);
		SnapshotFile.write(file, Snapshot.of(WeaverState.initial("shop", "Shop", Instant.EPOCH, Duration.ofMinutes(1)), Map.of(), Instant.EPOCH, "1.0.0"));
		return file;
	}

	@Test
	void whatIsNoSnapshotOrCannotBeReadIsSaid() throws Exception {
		byte[] whole = Files.readAllBytes(snapshot("whole.swsnap"));
		Files.write(directory.resolve("cut.swsnap"), Arrays.copyOf(whole, whole.length / 2));
		assertEquals(2, weave("snapshot", "show", file("cut.swsnap")));
		assertTrue(said().contains("cut.swsnap is damaged or was cut off"), said());
		Files.writeString(directory.resolve("notes.txt"), "nothing of ours");
		assertEquals(2, weave("snapshot", "show", file("notes.txt")));
		assertTrue(said().contains("notes.txt is no snapshot of Shadow Weaver."), said());
		try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(directory.resolve("newer.swsnap")))) {
			zip.putNextEntry(new ZipEntry("snapshot.json"));
			zip.write("{\"format\":\"shadow-weaver-snapshot\",\"version\":7,\"product\":\"4.2.0\"}".getBytes(StandardCharsets.UTF_8));
		}
		assertEquals(2, weave("snapshot", "show", file("newer.swsnap")));
		assertTrue(said().contains("newer.swsnap is a snapshot of version 7, written by Shadow Weaver 4.2.0; versions up to 1 are understood here."), said());
		assertEquals(2, weave("snapshot", "show", file("none.swsnap")));
		assertTrue(said().contains("There is no file"), said());
		assertEquals("", out.toString());
	}

	@Test
	void wrongUseIsSaidAndAFileThatIsThereStays() throws Exception {
		Path file = snapshot("there.swsnap");
		byte[] before = Files.readAllBytes(file);
		assertEquals(2, weave("snapshot", "save", file.toString(), "--source", "simulated"));
		assertTrue(said().contains("is there already, and stays as it is"), said());
		assertArrayEquals(before, Files.readAllBytes(file));
		assertEquals(2, weave("snapshot"));
		assertTrue(said().contains("One of save and show is needed."), said());
		assertEquals(2, weave("snapshot", "save", file("a.swsnap")));
		assertTrue(said().contains("One of --server and --source is needed."), said());
		assertEquals(2, weave("snapshot", "save", file("a.swsnap"), "--server", "localhost"));
		assertTrue(said().contains("--estate is needed with --server."), said());
		assertEquals(2, weave("snapshot", "save", file("a.swsnap"), "--server", "http://weave.example.com", "--estate", "a"));
		assertTrue(said().contains("Without TLS the key could be read on the way"), said());
		assertEquals(2, weave("snapshot", "save", file("a.swsnap"), "--server", "localhost", "--estate", "a", "--key-from", "NO_SUCH_VARIABLE_HERE"));
		assertTrue(said().contains("NO_SUCH_VARIABLE_HERE is not set"), said());
		assertFalse(Files.exists(directory.resolve("a.swsnap")));
	}
}
