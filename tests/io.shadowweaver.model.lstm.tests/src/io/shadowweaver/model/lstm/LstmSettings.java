// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.lstm;

import java.util.List;
import java.util.Map;

import io.shadowweaver.api.plugin.Parameter;
import io.shadowweaver.api.plugin.ParameterType;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;

/** The parameters as {@code plugin.xml} declares them. */
final class LstmSettings {
	private LstmSettings() {
	}

	static List<Parameter> parameters() {
		return List.of(number("units", "32"), number("steps", "400"), number("warm-steps", "100"),
				new Parameter("log", "log", ParameterType.BOOLEAN, "", "false", false, false, ""));
	}

	private static Parameter number(String key, String value) {
		return new Parameter(key, key, ParameterType.INTEGER, "", value, true, false, "");
	}

	static Settings of(Map<String, String> values) throws PluginException {
		return Settings.of(parameters(), values);
	}

	static LstmModel model(Map<String, String> values) throws PluginException {
		return (LstmModel) new LstmFactory().create(of(values));
	}
}
