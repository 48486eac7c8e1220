// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.simulated;

import java.time.Instant;

import io.shadowweaver.api.source.MetricSource;
import io.shadowweaver.api.source.SourceInfo;
import io.shadowweaver.tck.MetricSourceContract;

class SimulatedSourceContractTest extends MetricSourceContract {
	@Override
	protected MetricSource open() throws Exception {
		return SimulatedFleet.of(FleetSettings.defaults(3, Clock.START), CloudSettings.defaults(), new Clock(Clock.START), null).source();
	}

	@Override
	protected Instant now(SourceInfo info) {
		return info.start().orElseThrow();
	}
}
