// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.arima;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.shadowweaver.api.model.Regressor;

/** Whatever comes in: a forecast that is finite, or a sentence. */
class BadInputTest {
	enum Refused {
		ONE(1, t -> 5), FEW(11, t -> t), CONSTANT(300, t -> 42), NOTHING(300, t -> Double.NaN), ALMOST_NOTHING(300, t -> t % 50 == 0 ? t : Double.NaN),
		ALMOST_CONSTANT(300, t -> 1e9 + 1e-6 * (t % 3)), TOO_LARGE(300, t -> t % 2 == 0 ? Double.MAX_VALUE : -Double.MAX_VALUE);

		private final double[] values;

		Refused(int length, java.util.function.IntToDoubleFunction value) {
			values = new double[length];
			Arrays.setAll(values, value);
		}
	}

	enum Odd {
		LINE(t -> t), ONE_JUMP(t -> t < 200 ? 0 : 1), ONE_SPIKE(t -> t == 250 ? 1e9 : t % 2), EXPLODING(t -> Math.pow(1.2, t)), NEGATIVE(t -> -100 - t % 24),
		EXACTLY_SEASONAL(t -> t % 24), ALTERNATING(t -> t % 2), MOSTLY_GAPS(t -> t % 5 == 0 ? Math.sin(t) : Double.NaN), INFINITE(t -> t % 40 == 0 ? Double.POSITIVE_INFINITY : t % 7),
		GAP_AT_THE_END(t -> t > 330 ? Double.NaN : t % 24 + new Random(t).nextGaussian()), BURSTS(t -> t % 60 == 7 ? 1000 : 0), TINY(t -> 1e-100 * (t % 24 + new Random(t).nextGaussian())),
		HUGE(t -> 1e150 * (t % 24 + new Random(t).nextGaussian())), GAPS_OF_A_DAY(t -> t / 24 % 2 == 0 ? t % 24 + new Random(t).nextGaussian() : Double.NaN);

		private final double[] values = new double[400];

		Odd(java.util.function.IntToDoubleFunction value) {
			Arrays.setAll(values, value);
		}
	}

	@ParameterizedTest
	@EnumSource
	void refused(Refused input) {
		IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> Simulated.fit(input.values, List.of(24)));
		assertTrue(refused.getMessage().endsWith("."), refused.getMessage());
	}

	@ParameterizedTest
	@EnumSource
	void finite(Odd input) {
		double[] broken = new double[400];
		Arrays.setAll(broken, t -> t % 100 == 3 ? 1 : 0);
		double[] never = new double[400];
		for (List<Integer> seasons : List.of(List.of(24), List.<Integer>of(), List.of(24, 168), List.of(100), List.of(1, 0, -5, 24, 24, 5000))) {
			ArimaState state = Simulated.fit(input.values, seasons, new Regressor("a", Regressor.Kind.EVENT, broken), new Regressor("b", Regressor.Kind.EVENT, broken),
					new Regressor("never", Regressor.Kind.EVENT, never));
			double largest = Arrays.stream(input.values).filter(Double::isFinite).map(Math::abs).max().orElseThrow();
			for (double value : new double[] { Double.NaN, 1e12, Double.NaN, -1e12, Double.POSITIVE_INFINITY, 0, 0, 0, 3 }) {
				for (double forecast : state.forecast(new int[] { 1, 2, 24, 500 }, (regressor, lead) -> 0)) {
					assertTrue(Double.isFinite(forecast), () -> input + " " + seasons);
					assertTrue(Math.abs(forecast) <= 30 * Math.max(largest, 1e13), () -> input + " " + seasons + ": " + forecast);
				}
				state.update(value, new double[3]);
			}
		}
	}
}
