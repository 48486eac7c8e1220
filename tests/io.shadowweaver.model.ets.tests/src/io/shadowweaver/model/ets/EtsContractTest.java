// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.ets;

import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.tck.ForecastModelContract;

class EtsContractTest extends ForecastModelContract {
	@Override
	protected ForecastModelFactory factory() {
		return new EtsFactory();
	}
}
