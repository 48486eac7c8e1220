// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.rest;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.server.Estates;
import io.shadowweaver.server.Example;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

/** The estates. */
@Path("/api/v1/estates")
@Produces("application/json")
public final class EstatesResource {
	private final Estates estates;

	/** Over the open estates. */
	@Inject
	public EstatesResource(Estates estates) {
		this.estates = estates;
	}

	/**
	 * An estate in short.
	 *
	 * @param id         its id
	 * @param name       its name
	 * @param version    of the state; grows by one a tick
	 * @param time       the estate's time of its last tick
	 * @param step       from one tick to the next
	 * @param resources  how many there are, coming ones included
	 * @param series     how many series
	 * @param alerts     how many alerts are active
	 * @param killSwitch whether all new calls to providers are stopped
	 */
	public record Summary(String id, String name, long version, Instant time, Duration step, int resources, int series, int alerts, boolean killSwitch) {
		static Summary of(WeaverState state) {
			return new Summary(state.estate(), state.name(), state.version(), state.time(), state.step(), state.topology().resources().size(), state.series().size(),
					(int) state.alerts().stream().filter(Alert::isActive).count(), state.killSwitch());
		}
	}

	/** All open estates. */
	@GET
	@Example(answer = """
			[{ "id": "shop", "name": "Shop", "version": 4711, "time": "2026-03-02T10:05:00Z", "step": "PT1M", "resources": 42, "series": 318, "alerts": 1, "killSwitch": false }]""")
	@Operation(operationId = "listEstates", summary = "All open estates", tags = "estates")
	public List<Summary> list() {
		return estates.states().stream().map(Summary::of).toList();
	}
}
