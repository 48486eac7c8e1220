// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.weka;

import java.util.List;

import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.api.plugin.Parameter;
import io.shadowweaver.tck.ForecastModelContract;

class WekaContractTest extends ForecastModelContract {
	@Override
	protected ForecastModelFactory factory() {
		return new WekaFactory();
	}

	@Override
	protected List<Parameter> parameters() {
		return WekaSettings.parameters();
	}
}
