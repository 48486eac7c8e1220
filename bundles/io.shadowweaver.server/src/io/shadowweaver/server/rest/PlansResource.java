// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.rest;

import java.util.List;

import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.ProvisioningReport;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.provision.Verdict;
import io.shadowweaver.server.Estates;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;

/** What is planned, on its way, judged, and what it costs. */
@Path("/api/v1/estates/{estate}")
@Produces("application/json")
public final class PlansResource {
	private final Estates estates;

	/** Over the open estates. */
	@Inject
	public PlansResource(Estates estates) {
		this.estates = estates;
	}

	/** Plans. */
	@GET
	@Path("plans")
	@Operation(operationId = "listPlans", summary = "Open plans, and those closed lately; the newest first", tags = "provisioning")
	public List<Plan> plans(@PathParam("estate") String estate) {
		return estates.get(estate).state().plans();
	}

	/** The queue. */
	@GET
	@Path("queue")
	@Operation(operationId = "listQueue", summary = "What is on its way, and what ended lately", tags = "provisioning")
	public List<QueueEntry> queue(@PathParam("estate") String estate) {
		return estates.get(estate).state().queue();
	}

	/** Verdicts. */
	@GET
	@Path("verdicts")
	@Operation(operationId = "listVerdicts", summary = "What actions were worth, judged afterwards", tags = "provisioning")
	public List<Verdict> verdicts(@PathParam("estate") String estate) {
		return estates.get(estate).state().verdicts();
	}

	/** Costs and drifts. */
	@GET
	@Path("report")
	@Operation(operationId = "getReport", summary = "What automation costs, what has drifted, which group has earned more of it", tags = "provisioning")
	public ProvisioningReport report(@PathParam("estate") String estate) {
		return estates.get(estate).state().report();
	}
}
