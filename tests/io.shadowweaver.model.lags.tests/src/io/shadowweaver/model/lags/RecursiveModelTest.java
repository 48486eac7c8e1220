// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.lags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.model.Regressor;
import io.shadowweaver.api.model.SingleSeriesModel;
import io.shadowweaver.api.model.TrainingSeries;

class RecursiveModelTest {
	private static final int[] DAY = IntStream.rangeClosed(1, 24).toArray();

	private static SingleSeriesModel.Fitted fit(double[] values, List<Integer> seasons, Regressor... regressors) {
		return new RecursiveModel().fit(new TrainingSeries(0, Series.of(Instant.EPOCH, Duration.ofHours(1), values), seasons,
				Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, List.of(regressors)));
	}

	private static double[] autoregression(int length, long seed) {
		Random random = new Random(seed);
		double[] values = new double[length];
		for (int i = 2; i < length; i++) {
			values[i] = .6 * values[i - 1] + .3 * values[i - 2] + random.nextGaussian();
		}
		return values;
	}

	@Test
	void followsAnAutoregression() {
		double[] values = autoregression(3000, 1);
		double[] forecast = fit(values, List.of()).forecast(new int[] { 1, 2 });
		double first = .6 * values[2999] + .3 * values[2998];
		double deviation = 2.5;
		assertEquals(first, forecast[0], .2 * deviation);
		assertEquals(.6 * first + .3 * values[2999], forecast[1], .2 * deviation);
	}

	@Test
	void anEventThatIsKnownAheadIsInTheForecast() {
		Random random = new Random(2);
		double[] event = IntStream.range(0, 600).mapToDouble(t -> t % 97 < 6 ? 1 : 0).toArray();
		double[] values = IntStream.range(0, 600).mapToDouble(t -> 100 + 20 * Math.sin(2 * Math.PI * t / 24) + 50 * event[t] + random.nextGaussian()).toArray();
		SingleSeriesModel.Fitted fitted = fit(values, List.of(24), new Regressor("event:launch", Regressor.Kind.EVENT, event));
		double[] with = fitted.forecast(DAY, (regressor, lead) -> lead == 10 ? 1 : 0);
		double[] without = fitted.forecast(DAY, (regressor, lead) -> 0);
		assertEquals(50, with[9] - without[9], 10);
		assertEquals(without[8], with[8], 1e-9);
	}

	@Test
	void anUpdateLearnsTheRegressorToo() {
		double[] driver = new double[400];
		double[] values = autoregression(400, 3);
		SingleSeriesModel.Fitted fitted = fit(values, List.of(), new Regressor("driver", Regressor.Kind.DRIVER, driver));
		Random random = new Random(4);
		for (int i = 0; i < 400; i++) {
			double drive = random.nextGaussian();
			fitted.update(8 * drive + .1 * random.nextGaussian(), new double[] { drive });
		}
		double up = fitted.forecast(new int[] { 1 }, (regressor, lead) -> 1)[0];
		double down = fitted.forecast(new int[] { 1 }, (regressor, lead) -> -1)[0];
		assertTrue(up - down > 10, up + " and " + down);
	}

	@Test
	void growthInProportionIsFollowedInLogarithms() {
		Random random = new Random(5);
		double[] values = IntStream.range(0, 500)
				.mapToDouble(t -> Math.exp(.004 * t + .8 * Math.sin(2 * Math.PI * t / 24) + .02 * random.nextGaussian())).toArray();
		double[] forecast = fit(values, List.of(24)).forecast(DAY);
		for (int i = 0; i < DAY.length; i++) {
			double truth = Math.exp(.004 * (500 + i) + .8 * Math.sin(2 * Math.PI * (500 + i) / 24));
			assertEquals(truth, forecast[i], .1 * truth, "lead " + DAY[i]);
		}
	}

	@Test
	void anExplodingSeriesIsCutAtSixDeviations() {
		double[] values = IntStream.range(0, 200).mapToDouble(t -> Math.pow(1.05, t)).toArray();
		SingleSeriesModel.Fitted fitted = fit(values, List.of());
		double[] forecast = fitted.forecast(new int[] { 1, 1000, 20_000 });
		assertTrue(Arrays.stream(forecast).allMatch(Double::isFinite), Arrays.toString(forecast));
	}

	@Test
	void refusesWhatIsTooShortOrConstant() {
		assertTrue(assertThrows(IllegalArgumentException.class, () -> fit(new double[10], List.of())).getMessage().contains("40 values"));
		double[] constant = new double[100];
		Arrays.fill(constant, 5);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> fit(constant, List.of())).getMessage().contains("constant"));
	}
}
