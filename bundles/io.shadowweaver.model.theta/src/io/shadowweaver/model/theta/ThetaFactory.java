// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.theta;

import io.shadowweaver.api.model.ForecastModel;
import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.api.model.ModelNeeds;
import io.shadowweaver.api.plugin.Settings;

/** Makes {@link ThetaModel}s. */
public final class ThetaFactory implements ForecastModelFactory {
	@Override
	public ForecastModel create(Settings settings) {
		return new ThetaModel();
	}

	@Override
	public ModelNeeds needs() {
		return new ModelNeeds("1", 10, 0, true, 300, 10);
	}
}
