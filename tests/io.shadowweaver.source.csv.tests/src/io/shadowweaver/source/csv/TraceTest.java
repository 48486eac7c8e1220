// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.source.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.metric.SeriesId;

/** What {@code releng/trace} writes is what this source reads. */
@Timeout(120)
class TraceTest {
	private static final Path DATA = Path.of(System.getProperty("shadowweaver.data", "../../../shared/data"));

	@TempDir
	Path directory;

	@BeforeEach
	void data() {
		assumeTrue(Files.isDirectory(DATA.resolve("bitbrains")), "the public traces are not in " + DATA.toAbsolutePath().normalize());
	}

	private record Outcome(int code, String errors) {
	}

	private Outcome trace(String name, Path out) throws Exception {
		Path tool = Path.of(System.getProperty("shadowweaver.root", "../..")).resolve("releng/trace");
		Path errors = directory.resolve("errors");
		Process process = new ProcessBuilder(tool.toString(), name, "-o", out.toString(), "--data", DATA.toString())
				.redirectError(errors.toFile()).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
		return new Outcome(process.waitFor(), Files.readString(errors, StandardCharsets.UTF_8));
	}

	@Test
	void aMachineOfBitbrains() throws Exception {
		Path out = directory.resolve("vm.csv");
		assertEquals(new Outcome(0, ""), trace("bitbrains-cpu/2", out));
		CsvTrace trace = CsvTrace.read(out);
		assertEquals(Duration.ofMinutes(5), trace.step());
		assertEquals(List.of(new SeriesId("vm2", "cpu")), trace.blocks().stream().map(block -> block.id()).toList());
		double[] values = trace.blocks().getFirst().series().values();
		// The data says how many slots of August each machine has.
		String row = Files.readAllLines(DATA.resolve("bitbrains/vms.csv")).stream().filter(line -> line.startsWith("2,")).findFirst().orElseThrow();
		assertEquals(Integer.parseInt(row.substring(row.lastIndexOf(',') + 1)), trace.blocks().getFirst().series().count());
		assertFalse(Double.isNaN(values[values.length - 1]), "no rows without a value at the end");
		assertTrue(Arrays.stream(values).filter(value -> !Double.isNaN(value)).allMatch(value -> value >= 0 && value <= 1.5), "a ratio");
	}

	@Test
	void aSeriesOfM4() throws Exception {
		Path out = directory.resolve("h1.csv");
		assertEquals(0, trace("m4/H1", out).code());
		CsvTrace trace = CsvTrace.read(out);
		assertEquals(Duration.ofHours(1), trace.step());
		assertEquals(605, trace.blocks().getFirst().series().values()[0]);
		assertEquals(700, trace.blocks().getFirst().series().length());
	}

	@Test
	void aNameThatIsNotThereIsASentence() throws Exception {
		Path out = directory.resolve("none.csv");
		assertEquals(2, trace("bitbrains-cpu/3", out).code());
		assertFalse(Files.exists(out));
		Outcome unknown = trace("unknown", out);
		assertEquals(2, unknown.code());
		assertTrue(unknown.errors().contains("there is no trace 'unknown'"), unknown.errors());
	}
}
