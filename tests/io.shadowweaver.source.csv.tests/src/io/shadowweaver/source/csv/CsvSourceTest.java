// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.source.csv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.shadowweaver.api.metric.Batch;
import io.shadowweaver.api.metric.Block;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;
import io.shadowweaver.api.metric.Unit;
import io.shadowweaver.api.plugin.Parameter;
import io.shadowweaver.api.plugin.ParameterType;
import io.shadowweaver.api.plugin.PluginContext;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.source.MetricSource;
import io.shadowweaver.api.source.SourceInfo;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.TopologyChange;

class CsvSourceTest {
	private static final List<Parameter> PARAMETERS = List.of(parameter("file", ParameterType.FILE, ""),
			parameter("warmup", ParameterType.STRING, "2/3"), parameter("step", ParameterType.DURATION, ""),
			parameter("groups", ParameterType.TEXT, ""), parameter("kind", ParameterType.STRING, "vm"), parameter("cores", ParameterType.NUMBER, "1"),
			parameter("counters", ParameterType.STRING, "auto"));

	@TempDir
	Path directory;

	private static Parameter parameter(String key, ParameterType type, String value) {
		return new Parameter(key, key, type, "", value, false, false, "");
	}

	private Path file(String... lines) throws IOException {
		return Files.write(directory.resolve("trace.csv"), List.of(lines));
	}

	private MetricSource open(Path file, String... settings) throws PluginException {
		Map<String, String> values = new HashMap<>(Map.of("file", file.toString()));
		for (int i = 0; i < settings.length; i += 2) {
			values.put(settings[i], settings[i + 1]);
		}
		return new CsvSourceFactory().open(Settings.of(PARAMETERS, values), new Context());
	}

	private record Context() implements PluginContext {
		@Override
		public String estate() {
			return "test";
		}

		@Override
		public InstantSource clock() {
			return InstantSource.system();
		}

		@Override
		public Path directory() {
			throw new UnsupportedOperationException();
		}

		@Override
		public <T> T shared(Class<T> type, Supplier<? extends T> create) {
			return create.get();
		}
	}

	private static Instant at(long minute) {
		return Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofMinutes(minute));
	}

	@Test
	void theFirstPartIsHistoryAndTheRestIsReplayed() throws Exception {
		List<String> lines = new ArrayList<>(List.of("time,web1/cpu[%],web1/network.in[KB/s],db/latency[ms]"));
		for (int i = 0; i < 90; i++) {
			lines.add(at(i) + "," + i + "," + (i % 10 == 5 ? "" : 2 * i) + ",7.5");
		}
		try (MetricSource source = open(file(lines.toArray(String[]::new)))) {
			SourceInfo info = source.info();
			assertEquals(Duration.ofMinutes(1), info.step());
			assertEquals(at(0), info.earliest().orElseThrow());
			assertEquals(at(89), info.latest().orElseThrow());
			assertEquals(at(60), info.start().orElseThrow());
			List<Batch> history = new ArrayList<>();
			source.backfill(info.earliest().get(), info.start().get(), history::add, Progress.NONE);
			assertEquals(1, history.size());
			Batch batch = history.getFirst();
			assertEquals(List.of(Metric.CPU, Metric.NETWORK_IN, Metric.LATENCY), batch.metrics());
			assertEquals(List.of("web1", "db"), batch.changes().stream().map(change -> ((TopologyChange.ResourceSeen) change).resource().id()).toList());
			Block cpu = batch.blocks().getFirst();
			assertEquals(new SeriesId("web1", "cpu"), cpu.id());
			assertEquals(60, cpu.series().length());
			assertEquals(.59, cpu.series().values()[59], 1e-12);
			assertEquals(Double.NaN, batch.blocks().get(1).series().values()[15]);
			assertEquals(32_000, batch.blocks().get(1).series().values()[16]);
			assertEquals(.0075, batch.blocks().get(2).series().values()[3], 1e-12);

			assertEquals(List.of(at(60)), times(source.poll(at(60))));
			assertTrue(source.poll(at(60).plusSeconds(59)).isEmpty());
			Batch next = source.poll(at(75));
			assertEquals(15, next.ticks().size());
			assertArrayEquals(new double[] { .65, Double.NaN, .0075 }, next.ticks().get(4).values(), 1e-12);
			assertEquals(at(89), times(source.poll(at(1000))).getLast());
			assertTrue(source.poll(at(2000)).isEmpty());
		}
	}

	private static List<Instant> times(Batch batch) {
		return batch.ticks().stream().map(Tick::time).toList();
	}

	@Test
	void withoutBackfillThePollDescribesWhatThereIs() throws Exception {
		try (MetricSource source = open(file("time,a/cpu", "0,.5", "60,.6", "120,.7"), "warmup", "0")) {
			Batch first = source.poll(Instant.EPOCH);
			assertEquals(List.of(Metric.CPU), first.metrics());
			assertEquals(1, first.changes().size());
			assertEquals(1, first.ticks().size());
			assertEquals(List.of(), source.poll(Instant.ofEpochSecond(60)).metrics());
		}
	}

	@Test
	void totalsAreSaidToBeTotalsAndTheirMetricIsTheRate() throws Exception {
		Path file = file("time,a/http_requests_total,a/sent[MB],a/cpu", "0,10,1,.5", "60,20,2,.6");
		try (MetricSource found = open(file, "warmup", "0"); MetricSource named = open(file, "warmup", "0", "counters", "sent"); MetricSource none = open(file, "warmup", "0", "counters", "none")) {
			Batch auto = found.poll(Instant.EPOCH);
			assertEquals(Set.of("http_requests_total"), auto.counters());
			assertEquals(Unit.REQUESTS_PER_SECOND, auto.metrics().getFirst().unit());
			Batch chosen = named.poll(Instant.EPOCH);
			assertEquals(Set.of("sent"), chosen.counters());
			assertEquals(Unit.BYTES_PER_SECOND, chosen.metrics().get(1).unit());
			assertEquals(1e6, chosen.ticks().getFirst().values()[1]);
			assertEquals(Set.of(), none.poll(Instant.EPOCH).counters());
		}
		assertTrue(message(() -> open(file, "counters", "Sent")).contains("'Sent'"));
	}

	@Test
	void aPublicTraceNeedsNoMetricAndMayCountInMilliseconds() throws Exception {
		Path file = file("period,count,load", "1998-04-30 21:30:00,2,50", "893971860000,11,60");
		try (MetricSource source = open(file, "warmup", "0")) {
			Batch batch = source.poll(Instant.parse("1998-04-30T21:31:00Z"));
			assertEquals(List.of(new SeriesId("count", "value"), new SeriesId("load", "value")), batch.ticks().getLast().series());
			assertArrayEquals(new double[] { 11, 60 }, batch.ticks().getLast().values(), 1e-9);
			assertEquals(Instant.parse("1998-04-30T21:31:00Z"), batch.ticks().getLast().time());
		}
	}

	@Test
	void whatIsWrongIsToldWithLineAndReasonAndTheRestGoesOn() throws Exception {
		Path file = file("time,a/cpu[%],b/cpu[MB],c/thing[furlong],e/[%],d/cpu[%],d/cpu[%]", //
				"2026-01-01T00:00:00Z,1,1,1,1,1,1", // 2
				"2026-01-01T00:01:00Z,NaN,1,1,1,2,1", // 3
				"2026-01-01T00:02:00Z,abc,1,1,1,3,1", // 4
				"2026-01-01T00:01:30Z,5,1,1,1,1,1", // 5 back
				"2026-01-01T00:02:00Z,5,1,1,1,1,1", // 6 stands
				"yesterday,5,1,1,1,1,1", // 7
				"2026-01-01T00:03:00Z,5", // 8
				"2026-01-01T00:03:00Z,Infinity,1,1,1,5,1,9", // 9
				"", "# a comment", "2026-01-01T00:04:00Z,6,1,1,1,6,1"); // 12
		try (MetricSource source = open(file, "warmup", "1")) {
			List<Batch> history = new ArrayList<>();
			source.backfill(at(0), at(10), history::add, Progress.NONE);
			List<String> problems = history.stream().flatMap(batch -> batch.problems().stream()).toList();
			List<String> expected = List.of(":1: column 3 'b/cpu[MB]' has the unit MB, which does not fit cpu (a ratio or %)",
					":1: column 4 'c/thing[furlong]' has the unknown unit 'furlong'", ":1: column 5 'e/[%]' is not <resource>/<metric>[unit]",
					":1: column 7 'd/cpu[%]' is there twice", ":3: 'NaN' of a/cpu is not a finite number", ":4: 'abc' of a/cpu is not",
					":5: time goes back from 2026-01-01T00:02:00Z to 2026-01-01T00:01:30Z", ":6: time stands still at 2026-01-01T00:02:00Z",
					":7: 'yesterday' is no time", ":8: the row has 2 cells, the header has 7", ":9: the row has 8 cells");
			assertEquals(expected.size(), problems.size(), problems.toString());
			for (int i = 0; i < expected.size(); i++) {
				assertTrue(problems.get(i).startsWith(file + expected.get(i)), problems.get(i) + " should be " + expected.get(i));
			}
			Block a = history.getFirst().blocks().getFirst();
			assertArrayEquals(new double[] { .01, Double.NaN, Double.NaN, Double.NaN, .06 }, a.series().values(), 1e-12);
			Block d = history.getFirst().blocks().get(1);
			assertArrayEquals(new double[] { .01, .02, .03, Double.NaN, .06 }, d.series().values(), 1e-12);
			assertEquals(List.of(), source.poll(at(4)).problems(), "they are told once");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "timer,a/cpu;1,1|:1: the first column must be 'time'", "time;1|:1: there is no column besides",
			"time,a/;1,1|:1: column 2 'a/' is not <resource>/<metric>[unit]", "time,a/cpu|:2: there is no row", "time,a/cpu;x,1|:2: 'x' is no time",
			"time,a/CPU;1,1|:1: column 2 'a/CPU' has the metric 'CPU'", "time,group:a/cpu;1,1|:1: column 2 'group:a/cpu' names no resource",
			"time,\"a/cpu;1,1|:1: the header cannot be read" })
	void anUnusableFileIsRefused(String content, String reason) throws Exception {
		Path file = file(content.split(";"));
		try (MetricSource source = open(file)) {
			String message = assertThrows(PluginException.class, source::info).getMessage();
			assertTrue(message.startsWith(file + reason), message);
		}
		assertTrue(assertThrows(PluginException.class, () -> CsvTrace.read(file)).getMessage().startsWith(file + reason));
	}

	@Test
	void settingsThatAreWrongAreNamed() throws Exception {
		Path file = file("time,a/cpu", "1,1");
		assertTrue(message(() -> open(directory.resolve("none"))).contains("none"));
		assertTrue(message(() -> open(file, "warmup", "lots")).contains("warmup"));
		assertTrue(message(() -> open(file, "warmup", "1.5")).contains("warmup"));
		assertTrue(message(() -> open(file, "groups", "a=b\nweb")).contains("line 2"));
		assertTrue(message(() -> open(file, "groups", "(=b")).contains("line 1"));
		assertTrue(message(() -> open(file, "cores", "0")).contains("cores"));
		assertTrue(message(() -> open(file, "step", "0s")).contains("step"));
		Files.write(file, new byte[0]);
		assertTrue(message(() -> open(file).info()).contains(":1: the file is empty"));
	}

	private static String message(org.junit.jupiter.api.function.Executable call) {
		return assertThrows(PluginException.class, call).getMessage();
	}

	@Test
	void irregularTimesComeOnTheGrid() throws Exception {
		CsvTrace trace = CsvTrace.read(file("time,a/x", "100,1", "110.4,2", "119.2,3", "130,4", "158,5", "161,6"));
		assertEquals(Duration.ofSeconds(10), CsvTrace.read(file("time,a/x", "100,1", "110,2", "120,3", "150,4")).step());
		assertEquals(Duration.ofMillis(10_400), trace.step());
		assertEquals(Instant.ofEpochSecond(100), trace.blocks().getFirst().series().start());
		assertArrayEquals(new double[] { 1, 2, 3, 4, Double.NaN, Double.NaN, 6 }, trace.blocks().getFirst().series().values());
		assertArrayEquals(new double[] { 1, 3, 4, 6 }, CsvTrace.read(file("time,a/x", "100,1", "110.4,2", "119.2,3", "130,4", "158,5", "161,6"),
				Duration.ofSeconds(20)).blocks().getFirst().series().values());
	}

	@ParameterizedTest
	@CsvSource({ "2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00", "2026-01-01T00:00:00", "2026-01-01 00:00:00", "2026-01-01T00:00", "2026-01-01T00:00Z",
			"2026-01-01", "1767225600", "1767225600.0", "1.7672256e9" })
	void allWaysToWriteATime(String text) {
		assertEquals(at(0).toEpochMilli(), CsvTime.parse(text));
	}

	@ParameterizedTest
	@CsvSource({ "2026-13-01", "1e99", "1767225600000000", "12:00", "2026-01-01T00:00:00+xx", "1769x" })
	void whatIsNoTime(String text) {
		assertTrue(assertThrows(IllegalArgumentException.class, () -> CsvTime.parse(text)).getMessage().contains(text));
	}

	@Test
	void strictReadingStopsAtTheFirstProblem() throws Exception {
		Path file = file("time,a/cpu[%]", "1,1", "2,oops", "x,1");
		assertEquals(file + ":3: 'oops' of a/cpu is not a finite number; it becomes a gap.", message(() -> CsvTrace.read(file)));
		List<String> problems = new ArrayList<>();
		assertEquals(2, CsvTrace.readLenient(file, Duration.ZERO, problems::add).blocks().getFirst().series().length());
		assertEquals(2, problems.size());
	}

	@Test
	void namesThatFitAPatternFormAGroup() throws Exception {
		Path file = file("time,web-1/cpu,web-2/cpu,db-1/memory,other/cpu", "1,1,1,1,1", "2,1,1,1,1");
		try (MetricSource source = open(file, "groups", "web-.*=web\n\ndb-\\d+=data", "kind", "host", "cores", "4", "warmup", "0")) {
			List<TopologyChange> changes = source.poll(Instant.ofEpochSecond(1)).changes();
			List<Resource> resources = changes.stream().filter(TopologyChange.ResourceSeen.class::isInstance)
					.map(change -> ((TopologyChange.ResourceSeen) change).resource()).toList();
			List<ScalingGroup> groups = changes.stream().filter(TopologyChange.GroupSeen.class::isInstance)
					.map(change -> ((TopologyChange.GroupSeen) change).group()).toList();
			assertEquals(4, resources.size());
			assertEquals("host", resources.getFirst().kind());
			assertEquals(4, resources.getFirst().capacity("cpu"));
			assertEquals(List.of("web", "data"), groups.stream().map(ScalingGroup::id).toList());
			assertEquals(List.of("web-1", "web-2"), resources.stream().filter(groups.getFirst().members()::matches).map(Resource::id).toList());
			assertEquals(ScalingGroup.Scaling.NONE, groups.get(1).scaling());
		}
	}

	@Test
	void packedFilesAndByteOrderMarksAreRead() throws Exception {
		Path packed = directory.resolve("trace.csv.gz");
		try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
			out.write("time,a/cpu\n1,1\n2,2\n".getBytes(StandardCharsets.UTF_8));
		}
		assertEquals(2, CsvTrace.read(packed).blocks().getFirst().series().length());
		assertEquals(1, CsvTrace.read(Files.writeString(directory.resolve("bom.csv"), "\ufefftime,a/cpu\n1,1\n")).blocks().size());
		Path broken = Files.write(directory.resolve("broken.gz"), new byte[] { 1, 2, 3, 4 });
		assertTrue(message(() -> CsvTrace.read(broken)).contains("broken.gz"));
	}

	@Test
	void aMillionRowsAreStreamed() throws Exception {
		Path large = directory.resolve("large.csv");
		int rows = 1_000_000;
		try (BufferedWriter out = Files.newBufferedWriter(large)) {
			out.write("time,a/cpu[%],b/cpu[%]\n");
			for (int i = 0; i < rows; i++) {
				out.write(i * 60L + "," + i % 100 + "," + (i + 50) % 100 + "\n");
			}
		}
		long before = used();
		try (MetricSource source = open(large, "warmup", "90%")) {
			SourceInfo info = source.info();
			assertEquals(900_000L * 60, info.start().orElseThrow().getEpochSecond());
			long[] samples = new long[1];
			long[] largest = new long[1];
			source.backfill(info.earliest().orElseThrow(), info.start().get(), batch -> {
				samples[0] += batch.blocks().stream().mapToLong(block -> block.series().count()).sum();
				largest[0] = Math.max(largest[0], used() - before);
			}, Progress.NONE);
			assertEquals(1_800_000, samples[0]);
			assertTrue(largest[0] < 60_000_000, "bytes in use: " + largest[0]);
			int ticks = 0;
			for (Batch batch = source.poll(Instant.ofEpochSecond(rows * 60L)); !batch.isEmpty(); batch = source.poll(Instant.ofEpochSecond(rows * 60L))) {
				ticks += batch.ticks().size();
			}
			assertEquals(100_000, ticks);
		}
	}

	private static long used() {
		System.gc();
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}
}
