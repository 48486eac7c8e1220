// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.baseline;

import io.shadowweaver.api.model.ForecastModel;
import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.api.model.ModelNeeds;
import io.shadowweaver.api.plugin.Settings;

/** Makes {@link WeeklyModel}s. */
public final class WeeklyFactory implements ForecastModelFactory {
	@Override
	public ForecastModel create(Settings settings) {
		return new WeeklyModel();
	}

	@Override
	public ModelNeeds needs() {
		return new ModelNeeds("1", 7, 0, true, 100, 20);
	}
}
