// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.ets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.model.Part;

class EtsFitTest {
	private static final int[] DAY = IntStream.rangeClosed(1, 24).toArray();

	private static double[] series(int length, java.util.function.IntToDoubleFunction at) {
		return IntStream.range(0, length).mapToDouble(at).toArray();
	}

	private static double error(EtsState state, java.util.function.IntToDoubleFunction truth, int from) {
		double[] forecast = state.forecast(DAY);
		return IntStream.range(0, DAY.length).mapToDouble(i -> Math.abs(forecast[i] - truth.applyAsDouble(from + i))).average().orElseThrow();
	}

	@Test
	void aSeasonThatGrowsWithTheLevelIsMultiplied() {
		Random random = new Random(3);
		java.util.function.IntToDoubleFunction truth = t -> (100 + 2 * t) * (1 + .5 * Math.sin(2 * Math.PI * t / 24));
		EtsState state = new EtsFit(series(240, t -> truth.applyAsDouble(t) * (1 + .01 * random.nextGaussian())), 24).best();
		assertEquals(EtsForm.Season.MULTIPLICATIVE, state.form().season());
		assertNotEquals(EtsForm.Trend.NONE, state.form().trend());
		assertTrue(error(state, truth, 240) < 45, "mean error " + error(state, truth, 240) + " at a level of 600");
	}

	@Test
	void aSeasonThatStaysIsAddedEvenBelowZero() {
		Random random = new Random(4);
		java.util.function.IntToDoubleFunction truth = t -> -5 + 10 * Math.sin(2 * Math.PI * t / 24);
		EtsState state = new EtsFit(series(240, t -> truth.applyAsDouble(t) + .5 * random.nextGaussian()), 24).best();
		assertEquals(EtsForm.Season.ADDITIVE, state.form().season());
		assertTrue(error(state, truth, 240) < 1, "mean error " + error(state, truth, 240));
	}

	@Test
	void noiseAboutALevelHasNoTrendFarAhead() {
		Random random = new Random(5);
		EtsState state = new EtsFit(series(200, t -> 50 + random.nextGaussian()), 0).best();
		assertEquals(50, state.forecast(new int[] { 500 })[0], 2);
	}

	@Test
	void aLineGoesOn() {
		Random random = new Random(6);
		EtsState state = new EtsFit(series(200, t -> 50 + 3 * t + random.nextGaussian()), 0).best();
		assertEquals(EtsForm.Trend.ADDITIVE, state.form().trend());
		assertEquals(50 + 3 * 211, state.forecast(new int[] { 12 })[0], 5);
	}

	@Test
	void thePartsAddUp() {
		EtsState state = new EtsFit(series(240, t -> 100 + 2 * t + 30 * Math.sin(2 * Math.PI * t / 24) + t * 7 % 5), 24).best();
		state.bound(1e6, 300);
		List<Part> parts = state.explain(DAY, (regressor, lead) -> 0);
		assertEquals(List.of(Part.Kind.TREND, Part.Kind.SEASON), parts.stream().map(Part::kind).toList());
		double[] sum = IntStream.range(0, DAY.length).mapToDouble(i -> parts.stream().mapToDouble(part -> part.values()[i]).sum()).toArray();
		assertArrayEquals(state.forecast(DAY), sum, 1e-9);
	}

	@Test
	void thereAreTwelveMembersAndFiveForValuesBelowZero() {
		assertEquals(12, EtsForm.usable(true, true).size() + EtsForm.usable(false, true).size());
		assertEquals(5, EtsForm.usable(true, false).size() + EtsForm.usable(false, false).size());
	}

	@Test
	void aLongSeasonWithLittleHistoryIsFitted() {
		Random random = new Random(7);
		java.util.function.IntToDoubleFunction truth = t -> 100 + 20 * Math.sin(2 * Math.PI * t / 2016);
		EtsState state = new EtsFit(series(6048, t -> truth.applyAsDouble(t) + random.nextGaussian()), 2016).best();
		assertTrue(error(state, truth, 6048) < 2, "mean error " + error(state, truth, 6048));
	}

	@Test
	void aCrowdDoesNotBecomeATrendForEver() {
		double[] values = series(2016, t -> 1000 + 300 * Math.sin(2 * Math.PI * t / 288));
		EtsState state = new EtsFit(values, 288).best();
		state.bound(8 * 210, 1000);
		for (int i = 0; i < 12; i++) {
			state.update(1000 + 150 * (i + 1));
		}
		double hour = state.forecast(new int[] { 12 })[0];
		assertTrue(hour < 2 * 2800, "an hour after a crowd reached 2800: " + hour);
	}
}
