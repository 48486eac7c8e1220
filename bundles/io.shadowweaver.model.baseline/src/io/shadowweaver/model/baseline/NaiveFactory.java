// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.baseline;

import io.shadowweaver.api.model.ForecastModel;
import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.api.model.ModelNeeds;
import io.shadowweaver.api.plugin.Settings;

/** Makes {@link NaiveModel}s. */
public final class NaiveFactory implements ForecastModelFactory {
	@Override
	public ForecastModel create(Settings settings) {
		return new NaiveModel();
	}

	@Override
	public ModelNeeds needs() {
		return new ModelNeeds("1", 1, 0, true, 1, 10);
	}
}
