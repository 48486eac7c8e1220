// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.intermittent;

import io.shadowweaver.api.model.ForecastModel;
import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.api.model.ModelNeeds;
import io.shadowweaver.api.plugin.Settings;

/** Makes {@link IntermittentModel}s. */
public final class IntermittentFactory implements ForecastModelFactory {
	@Override
	public ForecastModel create(Settings settings) {
		return new IntermittentModel();
	}

	@Override
	public ModelNeeds needs() {
		return new ModelNeeds("1", 20, 0, true, 400, 10);
	}
}
