// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.arima;

import io.shadowweaver.api.model.ForecastModel;
import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.api.model.ModelNeeds;
import io.shadowweaver.api.plugin.Settings;

/** Makes {@link ArimaModel}s. */
public final class ArimaFactory implements ForecastModelFactory {
	@Override
	public ForecastModel create(Settings settings) {
		return new ArimaModel();
	}

	@Override
	public ModelNeeds needs() {
		return new ModelNeeds("1", ArimaModel.LEAST, 0, true, 45_000, 3_000);
	}
}
