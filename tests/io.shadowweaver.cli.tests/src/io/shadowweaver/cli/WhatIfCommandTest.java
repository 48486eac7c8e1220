// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhatIfCommandTest {
	@TempDir
	Path directory;
	private final StringWriter out = new StringWriter();
	private final StringWriter err = new StringWriter();

	private int weave(String... arguments) {
		return WeaveCommand.run(arguments, new PrintWriter(out), new PrintWriter(err));
	}

	private String scenario(String name, String changes) throws Exception {
		return Files.writeString(directory.resolve(name + ".json"), "{\"version\": 1, \"name\": \"" + name + "\", \"changes\": [" + changes + "]}").toString();
	}

	@Test
	void scenariosAreComparedAndABreachFailsThePipeline() throws Exception {
		String calm = scenario("calm", "{\"type\": \"scale\", \"group\": \"web\", \"factor\": 4}");
		String rush = scenario("rush", "{\"type\": \"traffic\", \"on\": \"group:web\", \"factor\": 5}");
		assertEquals(3, weave("whatif", calm, rush, "--stack", "--source", "simulated", "--set", "history=3d", "--fail-on", "breach"), err::toString);
		List<String> lines = out.toString().lines().toList();
		assertTrue(lines.getFirst().startsWith("scenario,subject,metric,median,high,critical"), lines.getFirst());
		double now = median(lines, "now");
		// idle machines use something too, and another metric may come nearest to its threshold
		assertTrue(median(lines, "calm") < now / 2, lines.toString());
		assertTrue(median(lines, "rush") > 3 * now, lines.toString());
		assertTrue(median(lines, "calm + rush") < 2 * now, lines.toString());
		assertTrue(lines.stream().anyMatch(line -> line.startsWith("rush,group:app,")), "load goes on to the next tier");
	}

	private static double median(List<String> lines, String scenario) {
		return lines.stream().filter(line -> line.startsWith(scenario + ",group:web,")).mapToDouble(line -> Double.parseDouble(line.split(",")[3])).findFirst().orElseThrow();
	}

	@Test
	void aScenarioThatDoesNotFitLeavesNoTable() throws Exception {
		String gone = scenario("gone", "{\"type\": \"remove\", \"resource\": \"web-of-last-year\"}");
		assertEquals(2, weave("whatif", gone, "--source", "simulated", "--set", "history=3d"));
		assertEquals("", out.toString());
		assertTrue(err.toString().contains("scenario 'gone', change 1: there is no resource web-of-last-year"), err::toString);
		assertEquals(2, weave("whatif", scenario("wrong", "{\"type\": \"traffic\", \"on\": \"estate\", \"factor\": -1}"), "--source", "simulated"));
		assertTrue(err.toString().contains("wrong.json: change 1: factor must be 0 to 1000"), err::toString);
	}
}
