// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.prophet;

import io.shadowweaver.api.model.ForecastModel;
import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.api.model.ModelNeeds;
import io.shadowweaver.api.plugin.Settings;

/** Makes {@link ProphetModel}s. */
public final class ProphetFactory implements ForecastModelFactory {
	@Override
	public ForecastModel create(Settings settings) {
		return new ProphetModel(ProphetModel.Style.LOAD);
	}

	@Override
	public ModelNeeds needs() {
		return new ModelNeeds("1", ProphetModel.LEAST, 0, true, 4000, 4000);
	}
}
