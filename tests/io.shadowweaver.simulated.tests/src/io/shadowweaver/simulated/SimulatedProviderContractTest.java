// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.simulated;

import java.time.Duration;

import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.tck.CloudProviderContract;

class SimulatedProviderContractTest extends CloudProviderContract {
	private final Clock clock = new Clock(Clock.START);

	@Override
	protected CloudProvider open() throws Exception {
		return SimulatedFleet.of(FleetSettings.defaults(3, Clock.START), CloudSettings.defaults(), clock, null).provider();
	}

	@Override
	protected String group() {
		return "web";
	}

	@Override
	protected void pass(Duration time) {
		clock.advance(time);
	}
}
