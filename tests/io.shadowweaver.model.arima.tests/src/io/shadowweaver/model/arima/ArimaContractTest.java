// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.arima;

import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.tck.ForecastModelContract;

class ArimaContractTest extends ForecastModelContract {
	@Override
	protected ForecastModelFactory factory() {
		return new ArimaFactory();
	}
}
