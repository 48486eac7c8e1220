// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.intermittent;

import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.tck.ForecastModelContract;

class IntermittentContractTest extends ForecastModelContract {
	@Override
	protected ForecastModelFactory factory() {
		return new IntermittentFactory();
	}

	@Override
	protected double[] suited(double[] values) {
		for (int i = 0; i < values.length; i++) {
			if (i * 7 % 10 < 5) {
				values[i] = 0;
			}
		}
		return values;
	}
}
