// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.baseline;

import io.shadowweaver.api.model.ForecastModel;
import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.api.model.ModelNeeds;
import io.shadowweaver.api.plugin.Settings;

/** Makes {@link SeasonalNaiveModel}s. */
public final class SeasonalNaiveFactory implements ForecastModelFactory {
	@Override
	public ForecastModel create(Settings settings) {
		return new SeasonalNaiveModel();
	}

	@Override
	public ModelNeeds needs() {
		return new ModelNeeds("1", 4, 1, true, 2, 10);
	}
}
