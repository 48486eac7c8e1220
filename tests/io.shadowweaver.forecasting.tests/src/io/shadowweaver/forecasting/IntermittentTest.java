// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Levels;

/** Series that are often 0. */
class IntermittentTest {
	private static final Duration STEP = Duration.ofMinutes(5);
	private static final int LEADS = 5;

	private static List<Candidate> models() {
		List<Candidate> models = new ArrayList<>(Memory.product());
		models.add(Memory.candidate("intermittent", "intermittent.Intermittent"));
		return models;
	}

	/** The share of values at leads up to an hour that are not above each level. */
	private static double[] below(Memory memory, int from, int to) {
		double[] below = new double[Levels.COUNT];
		double[] values = memory.values.get(memory.ids().getFirst());
		int count = 0;
		try (Forecaster forecaster = memory.forecaster(models(), ForecastSettings.defaults(STEP), Runnable::run)) {
			for (int i = from; i < to; i++) {
				memory.tick(forecaster, i);
				Bands bands = forecaster.forecast(memory.ids(), memory.time(i)).getFirst().bands().orElseThrow();
				for (int lead = 0; lead < LEADS; lead++) {
					int at = i + (int) (bands.leadMillis(lead) / STEP.toMillis());
					if (i >= from + 500 && at < to && Double.isFinite(values[at])) {
						for (int level = 0; level < Levels.COUNT; level++) {
							below[level] += values[at] <= bands.value(lead, level) ? 1 : 0;
						}
						count++;
					}
				}
			}
			System.out.println(forecaster.quality(memory.ids().getFirst()).model());
		}
		int all = count;
		return Arrays.stream(below).map(share -> share / all).toArray();
	}

	private static void check(double[] below) {
		System.out.println("not above the levels: " + Arrays.toString(below));
		for (int level = Levels.MEDIAN + 1; level < Levels.COUNT; level++) {
			// capacity is decided on the tail; nearer to the middle many values are equal
			assertEquals(Levels.level(level), below[level], Levels.level(level) < .9 ? .06 : .04, "level " + Levels.level(level));
		}
	}

	@Test
	void oftenZeroIsJudgedBySquaresAndItsUpperQuantilesAreRight() {
		Random random = new Random(2);
		double[] values = new double[4500];
		Arrays.setAll(values, i -> random.nextDouble() < .6 ? 0 : 5 + 20 * random.nextDouble());
		Memory memory = new Memory(STEP).with("a", values);
		memory.known = 2500;
		Past past = new Past(new LeadPlan(ForecastSettings.defaults(STEP)), memory.range(memory.ids().getFirst(), Memory.START, memory.time(2500)),
				Math.floorDiv(memory.time(2499).toEpochMilli(), STEP.toMillis()));
		assertTrue(past.isIntermittent());
		try (Forecaster forecaster = memory.forecaster(models(), ForecastSettings.defaults(STEP), Runnable::run)) {
			memory.tick(forecaster, 2500);
			Quality quality = forecaster.quality(memory.ids().getFirst());
			assertTrue(quality.why().contains("Errors count by their squares, since 60 % of its steps are 0."), quality::why);
			assertTrue(quality.model().contains("intermittent"), quality::model);
		}
		check(below(memory, 2500, 4400));
	}

	@Test
	void aBurstyMachineOfBitbrainsIsCovered() throws IOException {
		Path file = Path.of(System.getProperty("shadowweaver.data", "../shared/data")).resolve("bitbrains/5min_2013-08_net_rx_kbps.csv.gz");
		assumeTrue(Files.isReadable(file), () -> "the trace " + file + " is absent");
		String row;
		try (BufferedReader in = new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
			row = in.lines().filter(line -> line.startsWith("42,")).findFirst().orElseThrow();
		}
		double[] values = Arrays.stream(row.split(",", -1)).skip(1).mapToDouble(cell -> cell.isEmpty() ? Double.NaN : Double.parseDouble(cell)).toArray();
		check(below(new Memory(STEP).with("a", values), 3000, 6000));
	}
}
