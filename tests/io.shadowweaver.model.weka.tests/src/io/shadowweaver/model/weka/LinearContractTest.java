// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.weka;

import java.util.List;
import java.util.Map;

import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.api.plugin.Parameter;
import io.shadowweaver.tck.ForecastModelContract;

/** A regressor that, unlike a tree, can extrapolate and explode. */
class LinearContractTest extends ForecastModelContract {
	@Override
	protected ForecastModelFactory factory() {
		return new WekaFactory();
	}

	@Override
	protected List<Parameter> parameters() {
		return WekaSettings.parameters();
	}

	@Override
	protected Map<String, String> values() {
		return Map.of("classifier", "weka.classifiers.functions.LinearRegression", "lags", "24");
	}
}
