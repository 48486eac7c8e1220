// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.baseline;

import io.shadowweaver.api.model.ForecastModel;
import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.api.model.ModelNeeds;
import io.shadowweaver.api.plugin.Settings;

/** Makes {@link DriftModel}s. */
public final class DriftFactory implements ForecastModelFactory {
	@Override
	public ForecastModel create(Settings settings) {
		return new DriftModel();
	}

	@Override
	public ModelNeeds needs() {
		return new ModelNeeds("1", 8, 0, true, 2, 10);
	}
}
