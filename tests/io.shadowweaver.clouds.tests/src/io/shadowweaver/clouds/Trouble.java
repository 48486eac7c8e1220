// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.clouds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.state.WeaverState;

/** What tests of trouble at a cloud ask of a fleet. */
final class Trouble {
	private Trouble() {
	}

	/** Whether the account says that it cannot be used. */
	static boolean failed(WeaverState state) {
		return failed(state, FleetOnCloud.ACCOUNT);
	}

	/** Whether an account says that it cannot be used. */
	static boolean failed(WeaverState state, String account) {
		return state.statuses().get("provider:" + account) instanceof Status status && status.state() == Status.State.FAILED;
	}

	/** Whether any status says a word. */
	static boolean says(WeaverState state, String word) {
		return state.statuses().values().stream().anyMatch(status -> status.sentence().contains(word));
	}

	/** Samples come in, forecasts are made, and the engine is content. */
	static void goesOn(FleetOnCloud fleet) throws Exception {
		Instant before = fleet.state().time();
		WeaverState state = fleet.until("more ticks", Duration.ofMinutes(30), now -> !now.time().isBefore(before.plus(Duration.ofMinutes(15))));
		SeriesId demand = SeriesId.ofGroup(FleetOnCloud.GROUP, "requests");
		assertEquals(Status.State.OK, state.statuses().get("engine").state());
		assertTrue(state.series().value(demand) > 0 && state.series().forecast(demand).orElseThrow().isPresent());
	}
}
