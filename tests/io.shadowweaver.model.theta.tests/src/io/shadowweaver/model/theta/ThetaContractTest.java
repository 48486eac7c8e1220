// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.theta;

import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.tck.ForecastModelContract;

class ThetaContractTest extends ForecastModelContract {
	@Override
	protected ForecastModelFactory factory() {
		return new ThetaFactory();
	}
}
