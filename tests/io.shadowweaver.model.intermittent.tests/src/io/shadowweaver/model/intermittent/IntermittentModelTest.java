// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.intermittent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.model.SingleSeriesModel;
import io.shadowweaver.api.model.TrainingSeries;

class IntermittentModelTest {
	private static SingleSeriesModel.Fitted fit(double[] values) {
		return new IntermittentModel().fit(new TrainingSeries(0, Series.of(Instant.EPOCH, Duration.ofMinutes(5), values), List.of(), 0,
				Double.POSITIVE_INFINITY, List.of()));
	}

	private static double[] bursts(int length, double probability, long seed) {
		Random random = new Random(seed);
		return IntStream.range(0, length).mapToDouble(i -> random.nextDouble() < probability ? 50 + 10 * random.nextGaussian() : 0).toArray();
	}

	private static double next(SingleSeriesModel.Fitted fitted) {
		return fitted.forecast(new int[] { 1 })[0];
	}

	@Test
	void expectsProbabilityTimesSize() {
		assertEquals(.2 * 50, next(fit(bursts(4000, .2, 1))), 2);
	}

	@Test
	void obsoleteDemandFadesThoughNoneComes() {
		SingleSeriesModel.Fitted fitted = fit(bursts(2000, .3, 2));
		double before = next(fitted);
		for (int i = 0; i < 2000; i++) {
			fitted.update(0);
		}
		assertTrue(next(fitted) < .01 * before, before + " fell to " + next(fitted) + " only");
	}

	@Test
	void gapsTellNothing() {
		SingleSeriesModel.Fitted fitted = fit(bursts(500, .3, 3));
		double before = next(fitted);
		fitted.update(Double.NaN);
		assertEquals(before, next(fitted));
	}

	@Test
	void refusesOtherSeriesAndSaysWhy() {
		assertTrue(refusal(bursts(500, .9, 4)).contains("% of the values are 0"));
		assertTrue(refusal(new double[100]).contains("All values are 0"));
		assertTrue(refusal(new double[] { 0, 1 }).contains("20 values"));
		double[] negative = bursts(100, .3, 5);
		negative[7] = -1;
		assertTrue(refusal(negative).contains("below 0"));
	}

	private static String refusal(double[] values) {
		return assertThrows(IllegalArgumentException.class, () -> fit(values)).getMessage();
	}
}
