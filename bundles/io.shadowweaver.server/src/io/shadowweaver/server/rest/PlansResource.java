// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.rest;

import java.util.List;

import io.shadowweaver.api.provision.DryRun;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.ProvisioningReport;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.provision.Verdict;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.server.Changes;
import io.shadowweaver.server.Estates;
import io.shadowweaver.server.Example;
import io.shadowweaver.server.NotOfState;
import io.shadowweaver.server.Problem;
import io.shadowweaver.server.ServerSettings;
import io.shadowweaver.server.security.Idempotency;
import io.shadowweaver.server.security.Idempotent;
import io.shadowweaver.server.security.Needs;
import io.shadowweaver.server.security.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;

/** What is planned, on its way, judged, and what it costs; and what the caller decides of it. */
@Path("/api/v1/estates/{estate}")
@Produces("application/json")
public final class PlansResource {
	private final Estates estates;
	private final ServerSettings settings;
	private final Decisions decisions;

	/** Over the open estates. */
	@Inject
	public PlansResource(Estates estates, ServerSettings settings, Changes changes) {
		this.estates = estates;
		this.settings = settings;
		decisions = new Decisions(estates, changes);
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
	@Example(answer = """
			[{ "token": "weave-1a2b", "plan": "shop-plan-7", "group": "web", "kind": "CREATE", "provider": "cloud", "offer": "m1.small", "zone": "a", "state": "RUNNING", "resource": "i-42", "queuedAt": "2026-03-02T10:06:00Z",
				"needBy": "2026-03-02T10:34:00Z", "eta": "2026-03-02T10:13:00Z", "progress": 0.4, "attempts": 1,
				"price": { "perHour": 0.12, "currency": "EUR", "source": "list", "asOf": "2026-03-01T00:00:00Z" }, "sentence": "It is being built." }]""")
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

	/** One plan. */
	@GET
	@NotOfState
	@Path("plans/{plan}")
	@Operation(operationId = "getPlan", summary = "One plan, with the outcome of its guards; its ETag is what a decision may name in If-Match", tags = "provisioning")
	@ApiResponse(responseCode = "200", description = "The plan", content = @Content(schema = @Schema(implementation = Plan.class)))
	public Response plan(@PathParam("estate") String estate, @PathParam("plan") String id) {
		Plan plan = Decisions.plan(estates.get(estate), id);
		return Response.ok(plan).tag(Tags.of(plan)).build();
	}

	/** Approves. */
	@POST
	@Path("plans/{plan}/approve")
	@Needs(Scope.APPROVE)
	@Idempotent
	@Operation(operationId = "approvePlan", summary = "Approves a proposed plan in the name of the caller; all guards run again, and what became of it is in the plan", tags = "provisioning")
	@ApiResponse(responseCode = "202", description = "It will be decided between two ticks: read the plan at Location")
	public Response approve(@PathParam("estate") String estate, @PathParam("plan") String id, @HeaderParam(HttpHeaders.IF_MATCH) String match, @HeaderParam(Idempotency.HEADER) String once,
			@Context ContainerRequestContext request) {
		decisions.approve(estate, id, match, Person.of(request));
		return accepted(estate, id);
	}

	/** Rejects. */
	@POST
	@Path("plans/{plan}/reject")
	@Needs(Scope.APPROVE)
	@Idempotent
	@Operation(operationId = "rejectPlan", summary = "Rejects a plan that waits, in the name of the caller; nothing as large is proposed for a while", tags = "provisioning")
	@ApiResponse(responseCode = "202", description = "It will be decided between two ticks: read the plan at Location")
	public Response reject(@PathParam("estate") String estate, @PathParam("plan") String id, @HeaderParam(HttpHeaders.IF_MATCH) String match, @HeaderParam(Idempotency.HEADER) String once,
			@Context ContainerRequestContext request) {
		decisions.reject(estate, id, match, Person.of(request));
		return accepted(estate, id);
	}

	/** Tries a plan without doing anything. */
	@POST
	@Path("plans/{plan}/dry-run")
	@Needs(Scope.OPERATE)
	@Operation(operationId = "dryRunPlan", summary = "What a plan that waits would do now: its calls, guards, cost, quota and how it is undone; changes nothing", tags = "provisioning")
	public DryRun dryRun(@PathParam("estate") String estate, @PathParam("plan") String id) throws InterruptedException {
		Weaver weaver = estates.get(estate);
		Decisions.plan(weaver, id);
		return Waiting.of(weaver.automation().dryRun(id), settings.limits().time(), 409);
	}

	/** Cancels what was not called yet. */
	@POST
	@Path("queue/{token}/cancel")
	@Needs(Scope.APPROVE)
	@Idempotent
	@Operation(operationId = "cancelQueued", summary = "Cancels what was not called yet", tags = "provisioning")
	@ApiResponse(responseCode = "202", description = "It will be decided between two ticks: read the queue")
	public Response cancel(@PathParam("estate") String estate, @PathParam("token") String token, @HeaderParam(Idempotency.HEADER) String once, @Context ContainerRequestContext request) {
		Weaver weaver = estates.get(estate);
		QueueEntry entry = weaver.state().queue().stream().filter(one -> one.token().equals(token)).findFirst()
				.orElseThrow(() -> Problem.exception(404, "The estate " + estate + " has nothing '" + token + "' in its queue."));
		if (entry.state() != QueueEntry.State.JOURNALLED) {
			throw Problem.exception(409, "It was called already: it is " + entry.state() + ".");
		}
		weaver.automation().cancel(token, Person.of(request));
		return Response.accepted().build();
	}

	private static Response accepted(String estate, String id) {
		return Response.accepted().location(UriBuilder.fromPath("/api/v1/estates/{estate}/plans/{plan}").build(estate, id)).build();
	}
}
