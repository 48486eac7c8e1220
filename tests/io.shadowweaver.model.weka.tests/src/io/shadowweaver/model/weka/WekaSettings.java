// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.weka;

import java.util.List;
import java.util.Map;

import io.shadowweaver.api.model.ForecastModel;
import io.shadowweaver.api.plugin.Parameter;
import io.shadowweaver.api.plugin.ParameterType;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;

/** The parameters as {@code plugin.xml} declares them. */
final class WekaSettings {
	private WekaSettings() {
	}

	static List<Parameter> parameters() {
		return List.of(new Parameter("classifier", "classifier", ParameterType.STRING, "", "weka.classifiers.trees.M5P", true, false, ""),
				new Parameter("options", "options", ParameterType.STRING, "", "", false, false, ""),
				new Parameter("lags", "lags", ParameterType.INTEGER, "", "12", true, false, ""),
				new Parameter("rows", "rows", ParameterType.INTEGER, "", "2000", true, false, ""));
	}

	static ForecastModel model(String classifier, String options) throws PluginException {
		return new WekaFactory().create(Settings.of(parameters(), Map.of("classifier", classifier, "options", options)));
	}
}
