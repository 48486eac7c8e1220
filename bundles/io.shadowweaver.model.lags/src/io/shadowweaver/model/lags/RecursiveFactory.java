// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.lags;

import io.shadowweaver.api.model.ForecastModel;
import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.api.model.ModelNeeds;
import io.shadowweaver.api.plugin.Settings;

/** Makes {@link RecursiveModel}s. */
public final class RecursiveFactory implements ForecastModelFactory {
	@Override
	public ForecastModel create(Settings settings) {
		return new RecursiveModel();
	}

	@Override
	public ModelNeeds needs() {
		return new ModelNeeds("1", RecursiveModel.LEAST, 0, true, 400, 400);
	}
}
