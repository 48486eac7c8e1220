// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.lags;

import io.shadowweaver.api.model.ForecastModel;
import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.api.model.ModelNeeds;
import io.shadowweaver.api.plugin.Settings;

/** Makes {@link LagsModel}s. */
public final class LagsFactory implements ForecastModelFactory {
	@Override
	public ForecastModel create(Settings settings) {
		return new LagsModel();
	}

	@Override
	public ModelNeeds needs() {
		return new ModelNeeds("1", LagsModel.LEAST, 0, true, 600, 4000);
	}
}
