// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

class WeaveCommandTest {
	@TempDir
	Path directory;
	private final StringWriter out = new StringWriter();
	private final StringWriter err = new StringWriter();

	private int weave(String... arguments) {
		return WeaveCommand.run(arguments, new PrintWriter(out), new PrintWriter(err));
	}

	/** A day of five-minute samples with an hourly wave. */
	private Path file() throws Exception {
		StringBuilder csv = new StringBuilder("time,web-1/cpu[%],young/cpu[%]\n");
		Instant start = Instant.parse("2026-03-02T00:00:00Z");
		for (int i = 0; i < 288; i++) {
			csv.append(String.format(Locale.ROOT, "%s,%.3f,%s%n", start.plusSeconds(300L * i), 50 + 20 * Math.sin(i * 2 * Math.PI / 12),
					i > 286 ? "7" : ""));
		}
		return Files.writeString(directory.resolve("day.csv"), csv);
	}

	@Test
	void forecastPrintsOneRowAStepAndSeries() throws Exception {
		assertEquals(0, weave("forecast", file().toString(), "--horizon", "24", "--quantiles", ".1,.5,.90"), err::toString);
		List<String> lines = out.toString().lines().toList();
		assertEquals("time,series,model,q0.1,q0.5,q0.9", lines.getFirst());
		List<String> web = lines.stream().filter(line -> line.contains(",web-1/cpu,")).toList();
		assertEquals(24, web.size());
		assertTrue(web.getFirst().startsWith("2026-03-03T00:00:00Z,web-1/cpu,"), web.getFirst());
		double worst = 0;
		for (int i = 0; i < web.size(); i++) {
			String[] cells = web.get(i).split(",");
			double low = Double.parseDouble(cells[3]);
			double median = Double.parseDouble(cells[4]);
			double high = Double.parseDouble(cells[5]);
			assertTrue(low <= median && median <= high, web.get(i));
			worst = Math.max(worst, Math.abs(median - (50 + 20 * Math.sin(i * 2 * Math.PI / 12))));
		}
		// in the file's own unit, per cent, and with its wave
		assertTrue(worst < 5, "the median is off by " + worst);
	}

	@Test
	void aSeriesWithoutForecastIsALineOnTheErrorStream() throws Exception {
		assertEquals(0, weave("forecast", file().toString(), "--horizon", "2"));
		assertTrue(err.toString().contains("young/cpu") || out.toString().contains("young/cpu"), err::toString);
		StringBuilder csv = new StringBuilder("time,a/cpu\n2026-03-02T00:00:00Z,\n2026-03-02T00:05:00Z,\n");
		assertEquals(0, weave("forecast", Files.writeString(directory.resolve("empty.csv"), csv).toString(), "--horizon", "2"), err::toString);
		assertTrue(err.toString().lines().anyMatch(line -> line.startsWith("weave: a/cpu: ")), err::toString);
	}

	@Test
	void jsonHasTheSameFields() throws Exception {
		assertEquals(0, weave("forecast", file().toString(), "--horizon", "3", "--format", "json", "--model", "naive"), err::toString);
		JsonNode rows = new ObjectMapper().readTree(out.toString());
		JsonNode first = rows.get(0);
		assertEquals("web-1/cpu", first.get("series").asText());
		assertEquals("naive", first.get("model").asText());
		assertTrue(first.get("q0.1").asDouble() <= first.get("q0.9").asDouble());
		assertEquals("2026-03-03T00:00:00Z", first.get("time").asText());
	}

	@Test
	void aWrongRowIsNamedWithFileAndLine() throws Exception {
		Path bad = Files.writeString(directory.resolve("bad.csv"),
				"time,a/cpu[%]\n2026-03-02T00:00:00Z,1\n2026-03-02T00:05:00Z,abc\n2026-03-02T00:10:00Z,3\n");
		assertEquals(2, weave("forecast", bad.toString(), "--horizon", "2"));
		assertTrue(err.toString().contains("bad.csv:3") && err.toString().contains("abc"), err::toString);
		assertEquals("", out.toString());
	}

	@Test
	void wrongUseIsExitCodeTwoAndASentence() throws Exception {
		assertEquals(2, weave("forecast", directory.resolve("absent.csv").toString(), "--horizon", "2"));
		assertEquals(2, weave("forecast", file().toString(), "--horizon", "0"));
		assertEquals(2, weave("forecast", file().toString(), "--horizon", "2", "--quantiles", "1.5"));
		assertEquals(2, weave("forecast", file().toString(), "--horizon", "2", "--model", "oracle"));
		assertEquals(2, weave("forecast", file().toString(), "--horizon", "2", "--step", "7m"));
		assertEquals(2, weave("forecats"));
		assertTrue(err.toString().contains("oracle") && err.toString().contains("--step"), err::toString);
		assertEquals("", out.toString());
	}

	@Test
	void replayComparesPolicies() throws Exception {
		assertEquals(0, weave("replay", file().toString(), "--capacity-lead", "10m", "--target", ".3%,3%", "--policy", "shadow,last,clairvoyant", "--series",
				"web-*"), err::toString);
		List<String> lines = out.toString().lines().toList();
		assertEquals("series,policy,lead,target,violations,over_provision,shortfall,longest_breach,changes_per_day", lines.getFirst());
		assertEquals(1 + 3 * 2, lines.size());
		assertTrue(lines.get(3).startsWith("web-1/cpu,clairvoyant,10m,.3%,0,0,0,0,"), out::toString);
	}

	@Test
	void replayTellsWrongRowsAndGoesOn() throws Exception {
		Path twice = Files.writeString(directory.resolve("twice.csv"), Files.readString(file()).replaceFirst("(?m)^(2026-03-02T01:00:00Z,.*)$", "$1\n$1"));
		assertEquals(0, weave("replay", twice.toString(), "--capacity-lead", "10m", "--policy", "static", "--series", "web-1/cpu"), err::toString);
		assertTrue(err.toString().contains("twice.csv:15") && err.toString().contains("stands still"), err::toString);
		assertEquals(2, out.toString().lines().count());
		assertEquals(2, weave("replay", twice.toString()));
		assertEquals(2, weave("replay", "--capacity-lead", "10m"));
		assertEquals(2, weave("replay", twice.toString(), "--capacity-lead", "10m", "--policy", "oracle"));
		assertEquals(2, weave("replay", twice.toString(), "--capacity-lead", "10m", "--target", "0%"));
		assertEquals(2, weave("replay", twice.toString(), "--capacity-lead", "10m", "--series", "none"));
	}

	@Test
	void replayOfASourceTriesARuleOnItsGroups() {
		assertEquals(0, weave("replay", "--source", "simulated", "--set", "history=3d", "--capacity-lead", "10m"), err::toString);
		List<String> lines = out.toString().lines().toList();
		assertTrue(lines.getFirst().startsWith("series,lead,target,unit,right,late,in_vain,missed,"), out::toString);
		assertTrue(lines.size() > 1 && lines.stream().skip(1).allMatch(line -> line.startsWith("group:")), out::toString);
	}

	@Test
	void backtestJudgesEveryModel() throws Exception {
		assertEquals(0, weave("backtest", file().toString(), "--horizon", "6", "--origins", "4", "--model", "naive,ets"), err::toString);
		List<String> lines = out.toString().lines().toList();
		assertTrue(lines.getFirst().startsWith("series,model,kind,horizon,wape,mase,pinball,coverage98,"), out::toString);
		assertTrue(lines.stream().anyMatch(line -> line.startsWith("web-1/cpu,naive,single,6,")), out::toString);
		assertTrue(lines.stream().anyMatch(line -> line.contains(",chosen,6,")), out::toString);
		assertEquals(2, weave("backtest", file().toString(), "--horizon", "0"));
		assertEquals(2, weave("backtest", file().toString(), "--horizon", "6", "--model", "oracle"));
	}

	@Test
	void helpSaysWhatTheAutomaticChoiceOfAForecastLeavesOut() {
		assertEquals(0, weave("forecast", "--help"));
		assertTrue(out.toString().replaceAll("\\s+", " ").contains("a model that learns from all series together, such as lstm, is trained only where it is named"),
				out::toString);
	}

	@Test
	void helpAndPlugins() {
		assertEquals(0, weave("--help"));
		assertTrue(out.toString().contains("serve") && out.toString().contains("forecast"), out::toString);
		assertEquals(0, weave("plugins", "--load"));
		assertTrue(out.toString().lines().anyMatch(line -> line.matches("metricSources +simulated +OK .*")), out::toString);
		assertTrue(out.toString().lines().anyMatch(line -> line.matches("forecastModels +seasonal-naive +OK .*")), out::toString);
	}

	@Test
	void serveWeavesTheFleetAndClosesCleanly() {
		assertEquals(0, weave("serve", "--estate", "simulated", "--speed", "3600", "--set", "history=2d", "--ticks", "5"), err::toString);
		List<String> lines = out.toString().lines().toList();
		assertTrue(lines.stream().filter(line -> line.contains("resources=60")).count() >= 4, out::toString);
		assertEquals("Closed Simulated fleet.", lines.getLast());
	}

	@Test
	void aBitbrainsSeriesIsAnswered() throws Exception {
		Path trace = Path.of(System.getProperty("shadowweaver.data", "../shared/data"), "bitbrains", "5min_2013-08_cpu_pct.csv.gz");
		assumeTrue(Files.exists(trace), trace + " is not there");
		StringBuilder csv = new StringBuilder();
		try (BufferedReader reader = new BufferedReader(
				new InputStreamReader(new GZIPInputStream(Files.newInputStream(trace)), StandardCharsets.UTF_8))) {
			Optional<String> machine = reader.lines().filter(line -> line.chars().filter(c -> c == ',').count() > 8000).skip(1).findFirst();
			String[] cells = machine.orElseThrow().split(",", -1);
			csv.append("time,vm").append(cells[0]).append("/cpu[%]\n");
			for (int i = 1; i < cells.length; i++) {
				csv.append(Instant.parse("2013-08-01T00:00:00Z").plusSeconds(300L * (i - 1))).append(',').append(cells[i]).append('\n');
			}
		}
		assertEquals(0, weave("forecast", Files.writeString(directory.resolve("vm.csv"), csv).toString(), "--horizon", "12"), err::toString);
		assertEquals(13, out.toString().lines().count(), err::toString);
	}
}
