// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.baseline;

import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.tck.ForecastModelContract;

class WeeklyContractTest extends ForecastModelContract {
	@Override
	protected ForecastModelFactory factory() {
		return new WeeklyFactory();
	}
}
