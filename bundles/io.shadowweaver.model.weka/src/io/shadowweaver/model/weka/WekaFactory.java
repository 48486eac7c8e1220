// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.weka;

import io.shadowweaver.api.model.ForecastModel;
import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.api.model.ModelNeeds;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;

/** Makes {@link WekaModel}s of the regressor that is named in the settings. */
public final class WekaFactory implements ForecastModelFactory {
	@Override
	public ForecastModel create(Settings settings) throws PluginException {
		String classifier = settings.text("classifier").strip();
		String options = settings.text("options").strip();
		int lags = between(settings, "lags", 1, 500);
		int rows = between(settings, "rows", WekaModel.LEAST, 1_000_000);
		Weka.classifier(classifier, options);
		return new WekaModel(classifier, options, lags, rows);
	}

	private static int between(Settings settings, String key, int low, int high) throws PluginException {
		long value = settings.integer(key);
		if (value < low || value > high) {
			throw new PluginException("Weka's setting '" + key + "' is " + value + "; it must be from " + low + " to " + high + ".");
		}
		return (int) value;
	}

	@Override
	public ModelNeeds needs() {
		return new ModelNeeds("1", WekaModel.LEAST, 0, true, 50_000, 50);
	}
}
