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
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.forecast.Levels;

/** Replays of public traces. */
class TraceTest {
	private static List<String> lines(String name) throws IOException {
		Path file = Path.of(System.getProperty("shadowweaver.data", "../shared/data")).resolve(name);
		assumeTrue(Files.isReadable(file), () -> "the trace " + file + " is absent");
		try (BufferedReader in = new BufferedReader(
				new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
			return in.lines().toList();
		}
	}

	private record Outcome(double[] coverage, double[] relativeToNaive, double[] relativeToSeasonal, int absent) {
	}

	/** Replays all series of a memory from a sample on and judges leads up to an hour. */
	private static Outcome replay(Memory memory, int from, int to, int day) {
		int leads = 5;
		double[] inside = new double[leads];
		double[] all = new double[leads];
		double[] error = new double[leads];
		double[] naive = new double[leads];
		double[] seasonal = new double[leads];
		int absent = 0;
		try (Forecaster forecaster = memory.forecaster(Memory.product(), ForecastSettings.defaults(memory.step), Runnable::run)) {
			for (int i = from; i < to; i++) {
				memory.tick(forecaster, i);
				for (Forecast forecast : forecaster.forecast(memory.ids(), memory.time(i))) {
					if (!forecast.isPresent()) {
						absent++;
						continue;
					}
					double[] values = memory.values.get(forecast.series());
					Bands bands = forecast.bands().orElseThrow();
					for (int lead = 0; lead < leads; lead++) {
						int at = i + (int) (bands.leadMillis(lead) / memory.step.toMillis());
						if (at < to && !Double.isNaN(values[at] + values[i] + values[at - day])) {
							all[lead]++;
							inside[lead] += values[at] >= bands.value(lead, 3) && values[at] <= bands.value(lead, 7) ? 1 : 0;
							error[lead] += Math.abs(values[at] - bands.value(lead, Levels.MEDIAN));
							naive[lead] += Math.abs(values[at] - values[i]);
							seasonal[lead] += Math.abs(values[at] - values[at - day]);
						}
					}
				}
			}
		}
		for (int lead = 0; lead < leads; lead++) {
			inside[lead] /= all[lead];
			naive[lead] = error[lead] / naive[lead];
			seasonal[lead] = error[lead] / seasonal[lead];
		}
		Outcome outcome = new Outcome(inside, naive, seasonal, absent);
		System.out.println("coverage " + Arrays.toString(outcome.coverage) + ", error ÷ naive's " + Arrays.toString(outcome.relativeToNaive)
				+ ", ÷ seasonal naive's " + Arrays.toString(outcome.relativeToSeasonal));
		return outcome;
	}

	@Test
	void requestsOfAWebServerByTheMinute() throws IOException {
		double[] values = lines("web/nasa_jul_aug_1995_per_minute.txt.gz").stream().mapToDouble(Double::parseDouble).toArray();
		Memory memory = new Memory(Duration.ofMinutes(1)).with("nasa", Arrays.copyOf(values, 17 * 1440));
		Outcome outcome = replay(memory, 14 * 1440, 17 * 1440, 1440);
		assertEquals(0, outcome.absent);
		for (int lead = 0; lead < 5; lead++) {
			assertTrue(outcome.coverage[lead] > .72 && outcome.coverage[lead] < .88, "coverage " + Arrays.toString(outcome.coverage));
			assertTrue(outcome.relativeToNaive[lead] < .95, "against naive " + Arrays.toString(outcome.relativeToNaive));
			assertTrue(outcome.relativeToSeasonal[lead] < .8, "against seasonal naive " + Arrays.toString(outcome.relativeToSeasonal));
		}
	}

	@Test
	void requestsOfAWorldCupByTheMinute() throws IOException {
		List<String> lines = lines("web/worldcup98_per_minute.csv.gz");
		double[] values = lines.stream().skip(1).mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(',') + 1))).toArray();
		Memory memory = new Memory(Duration.ofMinutes(1)).with("wc", Arrays.copyOfRange(values, 10 * 1440, 27 * 1440));
		Outcome outcome = replay(memory, 14 * 1440, 17 * 1440, 1440);
		for (int lead = 0; lead < 5; lead++) {
			assertTrue(outcome.coverage[lead] > .72 && outcome.coverage[lead] < .88, "coverage " + Arrays.toString(outcome.coverage));
			assertTrue(outcome.relativeToSeasonal[lead] < .9, "against seasonal naive " + Arrays.toString(outcome.relativeToSeasonal));
		}
	}

	@Test
	void processorsOfVirtualMachines() throws IOException {
		Memory memory = new Memory(Duration.ofMinutes(5));
		List<String> rows = new ArrayList<>(lines("bitbrains/5min_2013-08_cpu_pct.csv.gz"));
		for (int row = 0; row < rows.size() && memory.ids().size() < 20; row += 6) {
			String[] cells = rows.get(row).split(",", -1);
			double[] values = new double[cells.length - 1];
			for (int i = 0; i < values.length; i++) {
				values[i] = cells[i + 1].isEmpty() ? Double.NaN : Double.parseDouble(cells[i + 1]) / 100;
			}
			memory.with("vm" + cells[0], values);
		}
		Outcome outcome = replay(memory, 10 * 288, 13 * 288, 288);
		for (int lead = 0; lead < 5; lead++) {
			assertTrue(outcome.coverage[lead] > .72 && outcome.coverage[lead] < .93, "coverage " + Arrays.toString(outcome.coverage));
			assertTrue(outcome.relativeToSeasonal[lead] < 1, "against seasonal naive " + Arrays.toString(outcome.relativeToSeasonal));
		}
	}
}
