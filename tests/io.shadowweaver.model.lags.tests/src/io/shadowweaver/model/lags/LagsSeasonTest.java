// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.lags;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.model.Regressors;
import io.shadowweaver.api.model.TrainingSeries;

/** A season is kept at all leads, whatever part of it they are. */
class LagsSeasonTest {
	private static final int LENGTH = 960;

	private static double load(int hour) {
		return 20 + 5 * Math.sin(2 * Math.PI * hour / 24) + 2 * Math.sin(4 * Math.PI * hour / 24);
	}

	@Test
	void noRegressionStandsAtWholeSeasons() {
		assertArrayEquals(new int[] { 1, 2, 3, 6, 12, 30, 78, 294 }, LagsModel.anchors(24).toArray());
		assertArrayEquals(new int[] { 1, 2, 3, 6, 12, 24, 72, 360 }, LagsModel.anchors(288).toArray());
		assertArrayEquals(new int[] { 1, 2, 3, 6, 12, 24, 72, 288 }, LagsModel.anchors(0).toArray());
	}

	@Test
	void followsTheDailySeasonTwoDaysAhead() {
		Random random = new Random(4);
		double[] values = IntStream.range(0, LENGTH).mapToDouble(hour -> load(hour) + .2 * random.nextGaussian()).toArray();
		int[] leads = IntStream.rangeClosed(1, 48).toArray();
		try (LagsModel model = new LagsModel()) {
			List<?> refused = model.train(List.of(new TrainingSeries(0, Series.of(Instant.EPOCH, Duration.ofHours(1), values), List.of(24, 168), 0,
					Double.POSITIVE_INFINITY, List.of())), io.shadowweaver.api.plugin.Progress.NONE);
			assertTrue(refused.isEmpty(), refused.toString());
			model.forecast(new int[] { 0 }, leads, Regressors.NONE, (slot, median, quantiles) -> {
				for (int i = 0; i < leads.length; i++) {
					double error = Math.abs(median[i] - load(LENGTH - 1 + leads[i]));
					assertTrue(error < 1, "lead " + leads[i] + ": off by " + error);
				}
			});
		} catch (Exception e) {
			throw new AssertionError(e);
		}
	}
}
