// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.lstm;

import java.util.List;
import java.util.Map;

import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.api.plugin.Parameter;
import io.shadowweaver.tck.ForecastModelContract;

class LstmContractTest extends ForecastModelContract {
	@Override
	protected ForecastModelFactory factory() {
		return new LstmFactory();
	}

	@Override
	protected List<Parameter> parameters() {
		return LstmSettings.parameters();
	}

	@Override
	protected Map<String, String> values() {
		return Map.of("steps", "30", "warm-steps", "10");
	}
}
