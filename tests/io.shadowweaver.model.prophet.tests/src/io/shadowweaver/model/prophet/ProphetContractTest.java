// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.prophet;

import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.tck.ForecastModelContract;

class ProphetContractTest extends ForecastModelContract {
	@Override
	protected ForecastModelFactory factory() {
		return new ProphetFactory();
	}
}
