// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.model.ForecastModel.Refusal;
import io.shadowweaver.api.model.Regressors;
import io.shadowweaver.api.model.TrainingSeries;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Progress;

class LstmModelTest {
	private static final int DAY = 24;
	private static final int LENGTH = 28 * DAY;
	private static final int[] LEADS = { 1, 3, 6, 12, 24, 36 };

	/** Two humps a day, of another size and level in each series, under noise. */
	private static double[] load(int number, int length) {
		Random random = new Random(number);
		double level = Math.pow(10, number % 4);
		double[] values = new double[length];
		for (int i = 0; i < length; i++) {
			double hour = 2 * Math.PI * (i % DAY) / DAY;
			values[i] = level * (5 + (1 + .2 * (number % 5)) * (Math.sin(hour) + .7 * Math.sin(2 * hour + 1)) + .5 * random.nextGaussian());
		}
		return values;
	}

	private static TrainingSeries training(int slot, double[] values, int length) {
		return new TrainingSeries(slot, Series.of(Instant.parse("2026-03-02T00:00:00Z"), Duration.ofHours(1), java.util.Arrays.copyOf(values, length)),
				List.of(DAY), 0, Double.POSITIVE_INFINITY, List.of());
	}

	private static List<TrainingSeries> cohort(int count) {
		List<TrainingSeries> all = new ArrayList<>();
		for (int slot = 0; slot < count; slot++) {
			all.add(training(slot, load(slot, LENGTH), LENGTH));
		}
		return all;
	}

	private static Map<Integer, double[][]> forecast(LstmModel model, int... slots) {
		Map<Integer, double[][]> all = new TreeMap<>();
		model.forecast(slots, LEADS, Regressors.NONE, (slot, median, quantiles) -> all.put(slot, quantiles));
		return all;
	}

	private static byte[] shared(LstmModel model) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		model.saveShared(new DataOutputStream(bytes));
		return bytes.toByteArray();
	}

	@Test
	void learnsADailyPatternThatTheSeriesShare() throws PluginException {
		int count = 12;
		try (LstmModel model = LstmSettings.model(Map.of())) {
			assertEquals(List.of(), model.train(cohort(count), Progress.NONE));
			double ours = 0;
			double seasonal = 0;
			double last = 0;
			int inside = 0;
			int seen = 0;
			double[][] all = new double[count][];
			int[] slots = new int[count];
			for (int slot = 0; slot < count; slot++) {
				all[slot] = load(slot, LENGTH + 10 * DAY);
				slots[slot] = slot;
			}
			for (int now = LENGTH; now + DAY + 12 < LENGTH + 10 * DAY; now++) {
				for (Map.Entry<Integer, double[][]> entry : forecast(model, slots).entrySet()) {
					double[] values = all[entry.getKey()];
					double size = Math.pow(10, entry.getKey() % 4);
					for (int i = 0; i < LEADS.length; i++) {
						int at = now - 1 + LEADS[i];
						double[] quantiles = entry.getValue()[i];
						ours += Math.abs(values[at] - quantiles[5]) / size;
						seasonal += Math.abs(values[at] - values[at - DAY * Math.ceilDiv(LEADS[i], DAY)]) / size;
						last += Math.abs(values[at] - values[now - 1]) / size;
						inside += values[at] >= quantiles[3] && values[at] <= quantiles[7] ? 1 : 0;
						seen++;
					}
				}
				double[] next = new double[count];
				for (int slot = 0; slot < count; slot++) {
					next[slot] = all[slot][now];
				}
				model.update(slots, next, Regressors.NONE);
			}
			// a perfect forecast would have 1 / sqrt(2) of the seasonal error
			assertTrue(ours < .85 * seasonal, ours / seen + " against " + seasonal / seen + " of seasonal naive");
			assertTrue(ours < .5 * last, ours / seen + " against " + last / seen + " of the last value");
			double share = (double) inside / seen;
			assertTrue(share > .7 && share < .9, "the band of 80 % holds " + share);
		}
	}

	@Test
	void aWarmStartNeedsFewerSteps() throws PluginException {
		List<Track.History> histories = cohort(12).stream().map(series -> Track.history(series, false)).toList();
		Trainer cold = new Trainer(histories, 1);
		Weights weights = cold.train(Weights.random(32, 1), 400, .01, Progress.NONE);
		Trainer early = new Trainer(histories, 2);
		early.train(Weights.random(32, 1), 40, .01, Progress.NONE);
		Trainer warm = new Trainer(histories, 2);
		warm.train(weights, 40, .003, Progress.NONE);
		assertTrue(warm.loss() < 1.05 * cold.loss(), "40 warm steps: " + warm.loss() + ", 400 cold ones: " + cold.loss());
		assertTrue(early.loss() > 1.1 * cold.loss(), "40 cold steps: " + early.loss() + ", 400: " + cold.loss());
	}

	@Test
	void savedStateAndNetworkForecastExactlyTheSame() throws PluginException, IOException {
		try (LstmModel model = LstmSettings.model(Map.of("steps", "20")); LstmModel other = LstmSettings.model(Map.of())) {
			model.train(cohort(3), Progress.NONE);
			model.update(new int[] { 1 }, new double[] { Double.NaN }, Regressors.NONE);
			ByteArrayOutputStream state = new ByteArrayOutputStream();
			model.save(1, new DataOutputStream(state));
			other.loadShared(new DataInputStream(new ByteArrayInputStream(shared(model))));
			other.load(5, new DataInputStream(new ByteArrayInputStream(state.toByteArray())));
			double[][] before = forecast(model, 1).get(1);
			double[][] after = forecast(other, 5).get(5);
			for (int i = 0; i < LEADS.length; i++) {
				assertArrayEquals(before[i], after[i], 0);
			}
		}
	}

	@Test
	void attachingGivesAStateAndLeavesTheNetwork() throws PluginException, IOException {
		try (LstmModel model = LstmSettings.model(Map.of("steps", "20"))) {
			List<Refusal> early = model.attach(cohort(1));
			assertEquals(0, early.getFirst().slot());
			assertTrue(early.getFirst().reason().contains("not been trained"), early.toString());
			assertThrows(IllegalStateException.class, () -> shared(model));
			model.train(cohort(2), Progress.NONE);
			byte[] before = shared(model);
			assertEquals(List.of(), model.attach(List.of(training(9, load(9, LENGTH), LENGTH))));
			assertArrayEquals(before, shared(model));
			assertEquals(List.of(0, 1, 9), List.copyOf(forecast(model, 0, 1, 9).keySet()));
			model.train(cohort(2), Progress.NONE);
			assertFalse(java.util.Arrays.equals(before, shared(model)), "a training changes the network");
			double[][] old = forecast(model, 9).get(9);
			model.attach(List.of(training(9, load(9, LENGTH), LENGTH)));
			assertFalse(java.util.Arrays.equals(old[0], forecast(model, 9).get(9)[0]), "attached again, it has the new network");
		}
	}

	@Test
	void aTrainingReportsAndCanBeCancelledInTheMiddle() throws PluginException, IOException {
		List<Double> reported = new ArrayList<>();
		Progress progress = new Progress() {
			@Override
			public void report(double fraction, String what) {
				reported.add(fraction);
			}

			@Override
			public boolean isCancelled() {
				return !reported.isEmpty() && reported.getLast() >= .5;
			}
		};
		try (LstmModel model = LstmSettings.model(Map.of("steps", "40", "warm-steps", "40"))) {
			model.train(cohort(2), Progress.NONE);
			byte[] before = shared(model);
			model.train(cohort(2), progress);
			assertEquals(List.of(.25, .5), reported);
			assertArrayEquals(before, shared(model));
		}
	}

	@Test
	void inLogarithmsAForecastIsPositive() throws PluginException {
		double[] latency = load(1, LENGTH);
		for (int i = 0; i < latency.length; i++) {
			latency[i] = Math.exp(latency[i] / 10);
		}
		try (LstmModel model = LstmSettings.model(Map.of("steps", "40", "log", "true"))) {
			TrainingSeries free = new TrainingSeries(0, training(0, latency, LENGTH).values(), List.of(DAY), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY,
					List.of());
			model.train(List.of(free), Progress.NONE);
			model.update(new int[] { 0 }, new double[] { -3 }, Regressors.NONE);
			for (double[] quantiles : forecast(model, 0).get(0)) {
				assertTrue(quantiles[0] > 0, "a latency of " + quantiles[0]);
			}
		}
	}

	@Test
	void aBrokenNetworkIsAnIOException() throws PluginException, IOException {
		try (LstmModel model = LstmSettings.model(Map.of("steps", "10")); LstmModel other = LstmSettings.model(Map.of())) {
			model.train(cohort(1), Progress.NONE);
			byte[] good = shared(model);
			byte[] half = java.util.Arrays.copyOf(good, good.length / 2);
			assertThrows(IOException.class, () -> other.loadShared(new DataInputStream(new ByteArrayInputStream(half))));
			assertThrows(IOException.class, () -> other.loadShared(new DataInputStream(new ByteArrayInputStream(new byte[1 << 16]))));
		}
	}

	@Test
	void aSettingOutOfRangeIsNamed() {
		PluginException refused = assertThrows(PluginException.class, () -> LstmSettings.model(Map.of("units", "1000")));
		assertTrue(refused.getMessage().contains("'units'"), refused.getMessage());
	}
}
