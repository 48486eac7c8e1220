// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.rest;

import java.util.Map;

import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.server.Estates;
import io.shadowweaver.server.Example;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;

/** One estate, and whether its parts are well. */
@Path("/api/v1/estates/{estate}")
@Produces("application/json")
public final class EstateResource {
	private final Estates estates;

	/** Over the open estates. */
	@Inject
	public EstateResource(Estates estates) {
		this.estates = estates;
	}

	/** One estate. */
	@GET
	@Example(answer = """
			{ "id": "shop", "name": "Shop", "version": 4711, "time": "2026-03-02T10:05:00Z", "step": "PT1M", "resources": 42, "series": 318, "alerts": 1, "killSwitch": false }""")
	@Operation(operationId = "getEstate", summary = "One estate in short", tags = "estates")
	public EstatesResource.Summary get(@PathParam("estate") String estate) {
		return EstatesResource.Summary.of(estates.get(estate).state());
	}

	/** How its sources, providers, channels, models and parts of the engine are doing, by name. */
	@GET
	@Path("statuses")
	@Operation(operationId = "getStatuses", summary = "How sources, providers, channels, models and parts of the engine are doing, by name", tags = "estates")
	public Map<String, Status> statuses(@PathParam("estate") String estate) {
		return estates.get(estate).state().statuses();
	}
}
