// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.arima;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.model.Part;

class ScalingTest {
	private static double[] multiplicative() {
		return Arrays.stream(Simulated.daily(24 * 20, 24, 3)).map(value -> Math.exp(value / 25)).toArray();
	}

	@Test
	void logarithmsAreTakenWhereTheSeriesMultiplies() {
		double[] values = multiplicative();
		assertTrue(Scaling.of(values, values, 24, false).floor() > 0);
		assertEquals(0, Scaling.of(values, values, 24, true).floor());
		double[] additive = Simulated.daily(24 * 20, 24, 3);
		assertEquals(0, Scaling.of(additive, additive, 24, false).floor());
		values[7] = 0;
		assertEquals(0, Scaling.of(values, values, 24, false).floor());
	}

	@Test
	void aValueComesBack() {
		double[] values = multiplicative();
		Scaling scaling = Scaling.of(values, values, 24, false);
		for (double value : values) {
			assertEquals(value, scaling.back(scaling.apply(value)), 1e-9 * value);
		}
		assertTrue(Double.isFinite(scaling.apply(-5)));
		assertTrue(Double.isNaN(scaling.apply(Double.POSITIVE_INFINITY)));
	}

	@Test
	void partsAddUpInLogarithmsToo() {
		ArimaState state = Simulated.fit(Arrays.stream(Simulated.daily(96 * 14, 96, 3)).map(value -> Math.exp(value / 25)).toArray(), List.of(96));
		double[] forecast = state.forecast(Simulated.leads(96));
		List<Part> parts = state.explain(Simulated.leads(96), (regressor, lead) -> 0);
		assertEquals(3, parts.size());
		for (int h = 0; h < forecast.length; h++) {
			int at = h;
			assertTrue(forecast[h] > 0);
			assertEquals(forecast[h], parts.stream().mapToDouble(part -> part.values()[at]).sum(), 1e-9 * forecast[h]);
		}
	}
}
