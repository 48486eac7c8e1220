// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.lstm;

import io.shadowweaver.api.model.ForecastModel;
import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.api.model.ModelNeeds;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;

/** Makes {@link LstmModel}s where PyTorch's natives are there; they are loaded by the first training or forecast. */
public final class LstmFactory implements ForecastModelFactory {
	@Override
	public ForecastModel create(Settings settings) throws PluginException {
		int units = between(settings, "units", 4, 256);
		int steps = between(settings, "steps", 1, 100_000);
		int warmSteps = between(settings, "warm-steps", 1, 100_000);
		Torch.check();
		return new LstmModel(units, steps, warmSteps, settings.flag("log"));
	}

	private static int between(Settings settings, String key, int low, int high) throws PluginException {
		long value = settings.integer(key);
		if (value < low || value > high) {
			throw new PluginException("The LSTM's setting '" + key + "' is " + value + "; it must be from " + low + " to " + high + ".");
		}
		return (int) value;
	}

	@Override
	public ModelNeeds needs() {
		return new ModelNeeds("1", Track.LEAST, 0, true, 10_000, 20);
	}
}
