// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnomaliesCommandTest {
	private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

	@TempDir
	Path directory;
	private final StringWriter out = new StringWriter();
	private final StringWriter err = new StringWriter();

	private int weave(String... arguments) {
		out.getBuffer().setLength(0);
		err.getBuffer().setLength(0);
		return WeaveCommand.run(arguments, new PrintWriter(out), new PrintWriter(err));
	}

	private List<String> lines() {
		return out.toString().lines().toList();
	}

	/** As other benchmarks have it: no T, no zone, one column called value. */
	private Path file(int rows) throws Exception {
		Random random = new Random(4);
		StringBuilder csv = new StringBuilder("timestamp,value\n");
		for (int i = 0; i < rows; i++) {
			csv.append(String.format(Locale.ROOT, "%s,%.3f%n", START.plusSeconds(300L * i).toString().replace('T', ' ').replace("Z", ""),
					50 + 10 * Math.sin(i * 2 * Math.PI / 288) + random.nextGaussian() + (i == 1500 ? 60 : 0)));
		}
		return Files.writeString(directory.resolve("rows" + rows + ".csv"), csv);
	}

	@Test
	void everySampleHasAScoreAndTheUnusualOneAHighOne() throws Exception {
		assertEquals(0, weave("anomalies", file(1600).toString()), err::toString);
		assertEquals("time,series,value,expected,score", lines().getFirst());
		assertEquals(1601, lines().size());
		assertEquals("", err.toString());
		String[] cells = lines().get(1501).split(",");
		assertEquals(START.plusSeconds(300L * 1500).toString(), cells[0]);
		assertEquals("value", cells[1]);
		assertTrue(Double.parseDouble(cells[2]) > 90);
		assertEquals(50 + 10 * Math.sin(1500 * 2 * Math.PI / 288), Double.parseDouble(cells[3]), 4);
		assertTrue(Double.parseDouble(cells[4]) > .5, lines().get(1501));
		assertEquals(0, weave("anomalies", file(1600).toString(), "--threshold", ".5"));
		assertTrue(lines().size() >= 2 && lines().size() < 20, lines().size() + " lines");
		assertTrue(lines().stream().anyMatch(line -> line.startsWith(cells[0])));
	}

	@Test
	void aShorterFileHasTheSameRows() throws Exception {
		weave("anomalies", file(1600).toString());
		List<String> whole = lines();
		weave("anomalies", file(1510).toString());
		assertEquals(whole.subList(0, 1511), lines());
	}

	@Test
	void manySeriesStandSideBySideInTheOrderOfTheFile() throws Exception {
		Path wide = Files.writeString(directory.resolve("wide.csv"), "time,web-1/cpu[%],web-1/requests\n" + "2026-03-02T00:00:00Z,7,100\n2026-03-02T00:05:00Z,8,101\n");
		assertEquals(0, weave("anomalies", wide.toString()), err::toString);
		assertEquals(List.of("time,series,value,expected,score", "2026-03-02T00:00:00Z,web-1/cpu,7,7,0.000000",
				"2026-03-02T00:00:00Z,web-1/requests,100,100,0.000000", "2026-03-02T00:05:00Z,web-1/cpu,8,7,0.000000",
				"2026-03-02T00:05:00Z,web-1/requests,101,100,0.000000"), lines());
	}

	@Test
	void whatIsWrongIsNamedAndTheRestIsScored() throws Exception {
		Path odd = Files.writeString(directory.resolve("odd.csv"), "time,a\n1772409600,1\n1772409600,2\n1772409500,3\nnoon,4\n1772409700,\n1772409710,x\n"
				+ "1772409720,5,6\n1772409730000,7\n2026-03-03T01:00:00+01:00,8\n2026-03-04,9\n");
		assertEquals(0, weave("anomalies", odd.toString()), err::toString);
		assertEquals(List.of("1", "2", "3", "5", "7", "8", "9"), lines().stream().skip(1).map(line -> line.split(",")[2]).toList());
		assertEquals("2026-03-03T00:00:00Z", lines().get(6).split(",")[0]);
		List<String> problems = err.toString().lines().toList();
		assertEquals(6, problems.size(), err::toString);
		assertTrue(problems.stream().allMatch(line -> line.matches("weave: .*odd\\.csv:\\d+: .*\\.")), err::toString);
		assertTrue(problems.get(2).contains(":5: 'noon'"), err::toString);
	}

	@Test
	void wrongUseIsCodeTwo() throws Exception {
		assertEquals(2, weave("anomalies", directory.resolve("absent.csv").toString()));
		assertEquals(2, weave("anomalies", Files.writeString(directory.resolve("x.csv"), "").toString()));
		assertEquals(2, weave("anomalies", Files.writeString(directory.resolve("y.csv"), "a,b\n1,2\n").toString()));
		assertEquals(2, weave("anomalies", Files.writeString(directory.resolve("z.csv"), "time,b,b\n1,2,3\n").toString()));
		assertTrue(err.toString().contains("z.csv:1:"), err::toString);
		assertEquals(2, weave("anomalies", file(3).toString(), "--threshold", "2"));
	}
}
