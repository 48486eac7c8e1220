// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.plugin.Progress;

class SingleSeriesModelTest {
	private static final double BREAKS_FIT = -1;
	private static final double BREAKS_UPDATE = -2;
	private static final double BREAKS_FORECAST = -3;

	/** Says the last value, and fails on some as a fault in a program does. */
	private static final class Last extends SingleSeriesModel {
		@Override
		protected Fitted fit(TrainingSeries series) {
			double[] values = series.values().values();
			double last = values[values.length - 1];
			if (last == 0) {
				throw new IllegalArgumentException("Nothing happens in it.");
			}
			fail(last, BREAKS_FIT);
			return new State(last);
		}

		@Override
		protected Fitted read(DataInput in) throws IOException {
			return new State(in.readDouble());
		}
	}

	private static final class State implements SingleSeriesModel.Fitted {
		private double last;

		State(double last) {
			this.last = last;
		}

		@Override
		public void update(double value) {
			fail(value, BREAKS_UPDATE);
			last = value;
		}

		@Override
		public double[] forecast(int[] leads) {
			fail(last, BREAKS_FORECAST);
			double[] median = new double[leads.length];
			Arrays.fill(median, last);
			return median;
		}

		@Override
		public void save(DataOutput out) throws IOException {
			out.writeDouble(last);
		}
	}

	private static void fail(double value, double on) {
		if (value == on) {
			throw new ArrayIndexOutOfBoundsException("Index 7 out of bounds for length 7");
		}
	}

	private static TrainingSeries series(int slot, double... values) {
		return new TrainingSeries(slot, Series.of(Instant.EPOCH, Duration.ofHours(1), values), List.of(), 0, Double.POSITIVE_INFINITY, List.of());
	}

	private static Map<Integer, Double> forecast(SingleSeriesModel model, int... slots) {
		Map<Integer, Double> all = new TreeMap<>();
		model.forecast(slots, new int[] { 1, 2 }, Regressors.NONE, (slot, median, quantiles) -> all.put(slot, median[1]));
		return all;
	}

	@Test
	void aSeriesThatCannotBeFittedIsRefusedAndStopsNoOther() {
		try (Last model = new Last()) {
			List<ForecastModel.Refusal> refused = model.train(List.of(series(0, 5), series(1, 0), series(2, BREAKS_FIT), series(3, 8)), Progress.NONE);
			assertEquals(List.of(1, 2), refused.stream().map(ForecastModel.Refusal::slot).toList());
			assertEquals("Nothing happens in it.", refused.get(0).reason());
			assertTrue(refused.get(1).reason().contains("Index 7 out of bounds"), refused.get(1).reason());
			assertEquals(Map.of(0, 5., 3, 8.), forecast(model, 0, 1, 2, 3));
		}
	}

	@Test
	void aStateThatFailsIsForgottenAndStopsNoOther() {
		try (Last model = new Last()) {
			assertEquals(List.of(), model.train(List.of(series(0, 5), series(1, 6), series(2, 7)), Progress.NONE));
			model.update(new int[] { 0, 1, 2 }, new double[] { BREAKS_UPDATE, BREAKS_FORECAST, 9 }, Regressors.NONE);
			assertEquals(Map.of(2, 9.), forecast(model, 0, 1, 2));
			assertEquals(List.of(), model.train(List.of(series(0, 4)), Progress.NONE));
			assertEquals(Map.of(0, 4., 2, 9.), forecast(model, 0, 1, 2), "trained anew it is there again");
		}
	}
}
