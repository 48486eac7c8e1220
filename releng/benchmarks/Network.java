// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.bench;

import java.util.List;
import java.util.Map;

import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.api.plugin.Parameter;
import io.shadowweaver.api.plugin.ParameterType;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.forecasting.Candidate;

/** The network that all series of a metric share, with its defaults; it needs PyTorch's natives on the class path. */
final class Network {
	private Network() {
	}

	static Candidate candidate() throws Exception {
		Object factory = Class.forName("io.shadowweaver.model.lstm.LstmFactory").getDeclaredConstructor().newInstance();
		List<Parameter> parameters = List.of(number("units", "32"), number("steps", "400"), number("warm-steps", "100"),
				new Parameter("log", "log", ParameterType.BOOLEAN, "", "false", false, false, ""));
		return new Candidate("lstm", (ForecastModelFactory) factory, Settings.of(parameters, Map.of()));
	}

	private static Parameter number(String key, String value) {
		return new Parameter(key, key, ParameterType.INTEGER, "", value, true, false, "");
	}
}
