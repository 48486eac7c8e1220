// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.rest;

import java.util.List;

import io.shadowweaver.server.Example;
import io.shadowweaver.server.Jobs;
import io.shadowweaver.server.security.Needs;
import io.shadowweaver.server.security.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;

/** Long work: how far it is, and what it found. */
@Path("/api/v1/jobs")
@Produces("application/json")
public final class JobsResource {
	private final Jobs jobs;

	/** Over what runs. */
	@Inject
	public JobsResource(Jobs jobs) {
		this.jobs = jobs;
	}

	/** All. */
	@GET
	@Operation(operationId = "listJobs", summary = "Jobs that run, and the last ones that ended; the newest first", tags = "jobs")
	public List<Jobs.Job> list() {
		return jobs.list();
	}

	/** One. */
	@GET
	@Path("{job}")
	@Example(answer = """
			{ "id": "job-1", "kind": "backtest", "estate": "shop", "person": "ada", "state": "RUNNING", "progress": 0.25, "sentence": "5 of 20 origins are done.", "startedAt": "2026-03-02T10:05:00Z",
				"endedAt": null, "trained": null, "backTest": null }""")
	@Operation(operationId = "getJob", summary = "How far a job is, and what it found", tags = "jobs")
	public Jobs.Job get(@PathParam("job") String id) {
		return jobs.get(id);
	}

	/** All that a back-test found. */
	@GET
	@Path("{job}/report")
	@Operation(operationId = "getBacktestReport", summary = "All that a back-test found, the curves of its forecasts included; kept for the newest ones", tags = "jobs",
			responses = @ApiResponse(responseCode = "200", description = "The report", content = @Content(mediaType = "application/json", schema = @Schema(types = "object", additionalProperties = Schema.AdditionalPropertiesValue.TRUE))))
	public String report(@PathParam("job") String id) {
		return Whole.of(jobs.report(id));
	}

	/** Ends one. */
	@DELETE
	@Path("{job}")
	@Needs(Scope.OPERATE)
	@Operation(operationId = "cancelJob", summary = "Ends a job at its next safe point", tags = "jobs")
	@ApiResponse(responseCode = "202", description = "It will end", content = @Content(schema = @Schema(implementation = Jobs.Job.class)))
	public Response cancel(@PathParam("job") String id) {
		return Response.accepted(jobs.cancel(id)).build();
	}
}
