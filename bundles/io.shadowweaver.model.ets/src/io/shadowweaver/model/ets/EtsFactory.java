// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.ets;

import io.shadowweaver.api.model.ForecastModel;
import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.api.model.ModelNeeds;
import io.shadowweaver.api.plugin.Settings;

/** Makes {@link EtsModel}s. */
public final class EtsFactory implements ForecastModelFactory {
	@Override
	public ForecastModel create(Settings settings) {
		return new EtsModel();
	}

	@Override
	public ModelNeeds needs() {
		return new ModelNeeds("3", 12, 0, true, 4000, 15);
	}
}
