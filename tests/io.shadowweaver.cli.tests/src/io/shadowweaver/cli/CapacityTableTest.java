// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.replay.GroupPast;
import io.shadowweaver.replay.Policy;

class CapacityTableTest {
	private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
	private static final Duration STEP = Duration.ofMinutes(5);
	private static final Duration LEAD = Duration.ofMinutes(10);
	private final StringWriter out = new StringWriter();
	private final StringWriter err = new StringWriter();

	private static Series wave(int length) {
		Random random = new Random(1);
		double[] values = new double[length];
		Arrays.setAll(values, t -> 50 + 20 * Math.sin(2 * Math.PI * t / 288) + random.nextGaussian());
		return Series.of(START, STEP, values);
	}

	@Test
	void oneRowASeriesPolicyAndTarget() throws Exception {
		CapacityTable.Question question = new CapacityTable.Question(LEAD, "10m", List.of(.01, .03), List.of("1%", "3%"), 0, EnumSet.allOf(Policy.class));
		int replayed = new CapacityTable(List.of(), question).print(List.of(new CapacityTable.Demand(new SeriesId("a", "requests"), Metric.REQUESTS, wave(1000)),
				new CapacityTable.Demand(new SeriesId("b", "requests"), Metric.REQUESTS, Series.of(START, STEP, 1, -1))), new PrintWriter(out), new PrintWriter(err));
		assertEquals(1, replayed);
		List<String> lines = out.toString().lines().toList();
		assertEquals("series,policy,lead,target,violations,over_provision,shortfall,longest_breach,changes_per_day", lines.getFirst());
		assertEquals(1 + 2 * 10, lines.size());
		assertTrue(lines.get(1).startsWith("a/requests,shadow,10m,1%,"), lines.get(1));
		assertTrue(lines.getLast().startsWith("a/requests,clairvoyant,10m,3%,0,0,0,0,"), lines.getLast());
		assertTrue(err.toString().startsWith("weave: b/requests: "), err::toString);
	}

	@Test
	void whatWasThereStandsBesideTheRule() throws Exception {
		Series demand = wave(1000);
		double[] there = new double[1000];
		Arrays.fill(there, 100);
		GroupPast past = new GroupPast(SeriesId.ofGroup("web", "cpu"), Metric.CPU, demand, Series.of(START, STEP, there), 4);
		assertEquals(1, new TrialTable(List.of(), LEAD, "10m", List.of(.01), List.of("1%"), 0, null).print(List.of(past), new PrintWriter(out), new PrintWriter(err)));
		List<String> lines = out.toString().lines().toList();
		String[] cells = lines.getLast().split(",");
		assertEquals(TrialTable.COLUMNS.length, cells.length);
		assertEquals("group:web/cpu,10m,1%,4", String.join(",", Arrays.copyOf(cells, 4)));
		assertEquals("7500", cells[15]);
		assertEquals("0", cells[12]);
		assertEquals(List.of("weave: group:web/cpu, target 1%: 25 % of the past are done.", "weave: group:web/cpu, target 1%: 50 % of the past are done.",
				"weave: group:web/cpu, target 1%: 75 % of the past are done."), err.toString().lines().toList());
	}

	@Test
	void anInterruptCancelsATrial() {
		GroupPast past = new GroupPast(SeriesId.ofGroup("web", "cpu"), Metric.CPU, wave(1000), Series.empty(START, STEP, "not known"), 4);
		TrialTable table = new TrialTable(List.of(), LEAD, "10m", List.of(.01), List.of("1%"), 0, null);
		Thread.currentThread().interrupt();
		try {
			assertThrows(CancellationException.class, () -> table.print(List.of(past), new PrintWriter(out), new PrintWriter(err)));
		} finally {
			Thread.interrupted();
		}
		assertEquals(String.join(",", TrialTable.COLUMNS), out.toString().strip());
	}

	@Test
	void sharesArePercentOrFractions() throws Exception {
		assertEquals(List.of(.003, .01, .03), Durations.shares("--target", List.of(".3%", " 1%", ".03")));
		for (String wrong : List.of("0%", "100%", "x", "-1%", "")) {
			assertTrue(assertThrows(PluginException.class, () -> Durations.shares("--target", List.of(wrong))).getMessage().startsWith("--target"));
		}
		assertEquals(LEAD, Durations.parse("--capacity-lead", "10m"));
		assertThrows(PluginException.class, () -> Durations.parse("--capacity-lead", "soon"));
		assertThrows(PluginException.class, () -> Durations.parse("--capacity-lead", "0s"));
	}

	@Test
	void figuresHaveSixDigits() {
		assertEquals("0.00991757", CapacityTable.number(.009917568));
		assertEquals("0", CapacityTable.number(0));
		assertEquals("", CapacityTable.number(Double.NaN));
		assertEquals("120", CapacityTable.number(120));
	}
}
