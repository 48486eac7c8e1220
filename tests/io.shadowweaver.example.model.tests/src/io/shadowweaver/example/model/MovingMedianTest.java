// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.example.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.model.ForecastModel;
import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.api.model.Regressors;
import io.shadowweaver.api.model.TrainingSeries;
import io.shadowweaver.api.plugin.Parameter;
import io.shadowweaver.api.plugin.ParameterType;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.tck.ForecastModelContract;

class MovingMedianTest extends ForecastModelContract {
	private static final Parameter WINDOW = new Parameter("window", "Window", ParameterType.INTEGER, "steps", "12", true, false, "");

	@Override
	protected ForecastModelFactory factory() {
		return new MovingMedianFactory();
	}

	@Override
	protected List<Parameter> parameters() {
		return List.of(WINDOW);
	}

	@Test
	void isTheMedianOfTheLastValues() throws PluginException {
		try (ForecastModel model = factory().create(Settings.of(parameters(), Map.of("window", "3")))) {
			Series history = Series.of(Instant.EPOCH, Duration.ofMinutes(1), 9, 1, 2, 30);
			model.train(List.of(new TrainingSeries(0, history, List.of(), 0, 100, List.of())), Progress.NONE);
			model.forecast(new int[] { 0 }, new int[] { 1, 9 }, Regressors.NONE, (slot, median, quantiles) -> {
				assertEquals(2, median[0]);
				assertEquals(2, median[1]);
			});
			model.update(new int[] { 0 }, new double[] { 40 }, Regressors.NONE);
			model.forecast(new int[] { 0 }, new int[] { 1 }, Regressors.NONE, (slot, median, quantiles) -> assertEquals(30, median[0]));
		}
	}

	@Test
	void aWindowOutOfRangeIsNamed() throws PluginException {
		Settings settings = Settings.of(parameters(), Map.of("window", "0"));
		PluginException refused = assertThrows(PluginException.class, () -> factory().create(settings));
		assertEquals("Window (window): 0 is not between 1 and 10000.", refused.getMessage());
	}
}
