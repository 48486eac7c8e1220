// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.model.CohortModel;
import io.shadowweaver.api.model.ForecastModel;
import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.api.model.Regressors;
import io.shadowweaver.api.model.TrainingSeries;
import io.shadowweaver.api.plugin.Parameter;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.plugin.Settings;

/** What every {@link ForecastModel} keeps. */
public abstract class ForecastModelContract {
	private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
	private static final Duration STEP = Duration.ofHours(1);
	private static final int DAY = 24;
	private static final int[] LEADS = { 1, 2, 5, 24, 30 };

	/** The factory named in the extension. */
	protected abstract ForecastModelFactory factory();

	/** The parameters that the extension declares; none unless overridden. */
	protected List<Parameter> parameters() {
		return List.of();
	}

	/** The values to test with; the defaults unless overridden. */
	protected Map<String, String> values() {
		return Map.of();
	}

	private ForecastModel model() throws PluginException {
		return factory().create(Settings.of(parameters(), values()));
	}

	/** Enough history for the model: at least three weeks of hours. */
	private int enough() {
		int needed = Math.max(factory().needs().minSamples(), factory().needs().minSeasons() * DAY);
		return Math.max(21 * DAY, 2 * needed);
	}

	private double[] seasonal(int length, long seed) {
		Random random = new Random(seed);
		double[] values = new double[length];
		for (int i = 0; i < length; i++) {
			values[i] = 100 + 30 * Math.sin(2 * Math.PI * i / DAY) + 2 * random.nextGaussian() + seed;
		}
		return suited(values);
	}

	/** Makes a daily pattern between 60 and 150 a series that the model is for; nothing to do for most. */
	protected double[] suited(double[] values) {
		return values;
	}

	private static TrainingSeries training(int slot, double... values) {
		return new TrainingSeries(slot, Series.of(START, STEP, values), List.of(DAY), 0, Double.POSITIVE_INFINITY, List.of());
	}

	private static Map<Integer, double[]> forecast(ForecastModel model, int[] leads, int... slots) {
		Map<Integer, double[]> all = new TreeMap<>();
		model.forecast(slots, leads, Regressors.NONE, (slot, median, quantiles) -> {
			assertEquals(leads.length, median.length, "one value a lead");
			for (double value : median) {
				assertTrue(Double.isFinite(value), () -> "the median of slot " + slot + " must be finite: " + Arrays.toString(median));
			}
			if (quantiles != null) {
				checkQuantiles(quantiles, leads.length);
			}
			assertNull(all.put(slot, median.clone()), "a slot is told once");
		});
		return all;
	}

	private static void checkQuantiles(double[][] quantiles, int leads) {
		assertEquals(leads, quantiles.length, "quantiles by lead");
		for (double[] row : quantiles) {
			assertEquals(Levels.COUNT, row.length, "quantiles by level");
			for (int level = 1; level < row.length; level++) {
				assertTrue(row[level] >= row[level - 1], () -> "quantiles cross: " + Arrays.toString(row));
			}
		}
	}

	@Test
	void forecastsWhatItWasTrainedOn() throws PluginException {
		try (ForecastModel model = model()) {
			assertEquals(List.of(), model.train(List.of(training(0, seasonal(enough(), 0)), training(3, seasonal(enough(), 3))), Progress.NONE));
			Map<Integer, double[]> all = forecast(model, LEADS, 0, 3);
			assertEquals(List.of(0, 3), List.copyOf(all.keySet()));
			for (double[] median : all.values()) {
				for (double value : median) {
					assertTrue(value > 0 && value < 300, "far from a series between 60 and 150: " + value);
				}
			}
		}
	}

	@Test
	void leavesOutSlotsNeverTrained() throws PluginException {
		try (ForecastModel model = model()) {
			assertTrue(forecast(model, LEADS, 0, 1).isEmpty());
			model.update(new int[] { 0, 7 }, new double[] { 1, 2 }, Regressors.NONE);
			model.train(List.of(training(1, seasonal(enough(), 1))), Progress.NONE);
			assertEquals(List.of(1), List.copyOf(forecast(model, LEADS, 0, 1, 2).keySet()));
		}
	}

	@Test
	void trainingOneSlotLeavesTheOthers() throws PluginException {
		try (ForecastModel model = model()) {
			model.train(List.of(training(0, seasonal(enough(), 0))), Progress.NONE);
			double[] before = forecast(model, LEADS, 0).get(0);
			model.train(List.of(training(1, seasonal(enough(), 40))), Progress.NONE);
			assertArrayEquals(before, forecast(model, LEADS, 0).get(0), 1e-9);
		}
	}

	@Test
	void releaseForgetsASlot() throws PluginException {
		try (ForecastModel model = model()) {
			model.train(List.of(training(0, seasonal(enough(), 0)), training(1, seasonal(enough(), 1))), Progress.NONE);
			model.release(0);
			assertEquals(List.of(1), List.copyOf(forecast(model, LEADS, 0, 1).keySet()));
			model.release(5);
		}
	}

	@Test
	void theSameDataGiveTheSameForecast() throws PluginException {
		double[] values = seasonal(enough(), 2);
		double[] first;
		try (ForecastModel model = model()) {
			model.train(List.of(training(0, values)), Progress.NONE);
			first = forecast(model, LEADS, 0).get(0);
		}
		try (ForecastModel model = model()) {
			model.train(List.of(training(0, values)), Progress.NONE);
			assertArrayEquals(first, forecast(model, LEADS, 0).get(0), 0);
			assertArrayEquals(first, forecast(model, LEADS, 0).get(0), 0, "asking changes nothing");
		}
	}

	@Test
	void aLeadDoesNotDependOnTheOtherLeads() throws PluginException {
		try (ForecastModel model = model()) {
			model.train(List.of(training(0, seasonal(enough(), 2))), Progress.NONE);
			double[] all = forecast(model, LEADS, 0).get(0);
			for (int i = 0; i < LEADS.length; i++) {
				assertEquals(all[i], forecast(model, new int[] { LEADS[i] }, 0).get(0)[0], 1e-6 * Math.abs(all[i]), "lead " + LEADS[i]);
			}
		}
	}

	@Test
	void doesNotChangeTheHistoryItIsGiven() throws PluginException {
		double[] values = seasonal(enough(), 2);
		double[] copy = values.clone();
		try (ForecastModel model = model()) {
			model.train(List.of(training(0, values)), Progress.NONE);
			model.update(new int[] { 0 }, new double[] { 100 }, Regressors.NONE);
			forecast(model, LEADS, 0);
		}
		assertArrayEquals(copy, values, 0);
	}

	@Test
	void gapsAndWildValuesNeverMakeAForecastInfinite() throws PluginException {
		try (ForecastModel model = model()) {
			model.train(List.of(training(0, seasonal(enough(), 0))), Progress.NONE);
			double[] wild = { Double.NaN, Double.NaN, 0, 1e6, Double.NaN, 0, 0, -5, 1e9, 100 };
			for (int i = 0; i < 200; i++) {
				double value = i < wild.length ? wild[i] : 100 + i % 7;
				if (!Double.isNaN(value) || factory().needs().toleratesGaps()) {
					model.update(new int[] { 0 }, new double[] { value }, Regressors.NONE);
				}
				forecast(model, LEADS, 0);
			}
		}
	}

	@Test
	void refusesWhatItCannotFitAndFitsTheRest() throws PluginException {
		int length = enough();
		List<TrainingSeries> all = new ArrayList<>();
		all.add(training(0, new double[length]));
		double[] constant = new double[length];
		Arrays.fill(constant, 42);
		all.add(training(1, constant));
		all.add(training(2, 5));
		double[] huge = seasonal(length, 0);
		double[] tiny = seasonal(length, 0);
		double[] bursts = new double[length];
		double[] step = seasonal(length, 0);
		for (int i = 0; i < length; i++) {
			huge[i] *= 1e12;
			tiny[i] *= 1e-12;
			bursts[i] = i % 50 == 0 ? 1000 : 0;
			step[i] += i > length / 2 ? 500 : 0;
		}
		all.add(training(3, huge));
		all.add(training(4, tiny));
		all.add(training(5, bursts));
		all.add(training(6, step));
		if (factory().needs().toleratesGaps()) {
			double[] gaps = seasonal(length, 0);
			Arrays.fill(gaps, 10, 60, Double.NaN);
			Arrays.fill(gaps, length - 30, length, Double.NaN);
			all.add(training(7, gaps));
			double[] nothing = new double[length];
			Arrays.fill(nothing, Double.NaN);
			all.add(training(8, nothing));
		}
		all.add(training(9, seasonal(length, 9)));
		try (ForecastModel model = model()) {
			List<ForecastModel.Refusal> refused = model.train(all, Progress.NONE);
			int[] slots = all.stream().mapToInt(TrainingSeries::slot).toArray();
			Map<Integer, double[]> forecasts = forecast(model, LEADS, slots);
			for (ForecastModel.Refusal refusal : refused) {
				assertFalse(refusal.reason() == null || refusal.reason().isBlank(), "a refusal has a reason");
				assertFalse(forecasts.containsKey(refusal.slot()), "slot " + refusal.slot() + " was refused and yet forecast");
			}
			assertEquals(all.size(), refused.size() + forecasts.size(), "each series is forecast or refused with its reason");
			assertTrue(forecasts.containsKey(9), "a good series beside bad ones is trained");
		}
	}

	@Test
	void aSavedStateForecastsAndGoesOnTheSame() throws PluginException, IOException {
		double[] values = seasonal(enough(), 4);
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ForecastModel model = model(); ForecastModel other = model()) {
			model.train(List.of(training(2, values)), Progress.NONE);
			model.update(new int[] { 2 }, new double[] { 101 }, Regressors.NONE);
			model.save(2, new DataOutputStream(bytes));
			share(model, other);
			other.load(7, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
			assertArrayEquals(forecast(model, LEADS, 2).get(2), forecast(other, LEADS, 7).get(7), 1e-6);
			for (int i = 0; i < 30; i++) {
				model.update(new int[] { 2 }, new double[] { 100 + i % 5 }, Regressors.NONE);
				other.update(new int[] { 7 }, new double[] { 100 + i % 5 }, Regressors.NONE);
			}
			assertArrayEquals(forecast(model, LEADS, 2).get(2), forecast(other, LEADS, 7).get(7), 1e-6);
		}
	}

	/** The state of one slot stands on the parameters that its cohort shares, where there are some. */
	private static void share(ForecastModel from, ForecastModel to) throws IOException {
		if (from instanceof CohortModel trained && to instanceof CohortModel empty) {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			trained.saveShared(new DataOutputStream(bytes));
			empty.loadShared(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
		}
	}

	@Test
	void aBrokenStateIsAnIOException() throws PluginException, IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ForecastModel model = model(); ForecastModel other = model()) {
			model.train(List.of(training(0, seasonal(enough(), 4))), Progress.NONE);
			model.save(0, new DataOutputStream(bytes));
			share(model, other);
			byte[] half = Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2);
			assertThrows(IOException.class, () -> other.load(0, new DataInputStream(new ByteArrayInputStream(half))));
			assertTrue(forecast(other, LEADS, 0).isEmpty(), "a state that could not be read is no state");
		}
	}

	@Test
	void aCancelledTrainingKeepsOldStates() throws PluginException {
		try (ForecastModel model = model()) {
			model.train(List.of(training(0, seasonal(enough(), 0))), Progress.NONE);
			double[] before = forecast(model, LEADS, 0).get(0);
			model.train(List.of(training(0, seasonal(enough(), 60))), new Progress() {
				@Override
				public void report(double fraction, String what) {
					assertTrue(fraction >= 0 && fraction <= 1, "a fraction of " + fraction);
				}

				@Override
				public boolean isCancelled() {
					return true;
				}
			});
			assertArrayEquals(before, forecast(model, LEADS, 0).get(0), 1e-9);
		}
	}
}
