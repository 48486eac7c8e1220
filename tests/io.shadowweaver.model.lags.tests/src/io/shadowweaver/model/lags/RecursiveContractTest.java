// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.lags;

import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.tck.ForecastModelContract;

class RecursiveContractTest extends ForecastModelContract {
	@Override
	protected ForecastModelFactory factory() {
		return new RecursiveFactory();
	}
}
