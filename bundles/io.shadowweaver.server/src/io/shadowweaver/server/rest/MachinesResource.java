// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.rest;

import java.time.Instant;

import io.shadowweaver.api.provision.Drift;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.server.Estates;
import io.shadowweaver.server.Example;
import io.shadowweaver.server.Problem;
import io.shadowweaver.server.security.Idempotency;
import io.shadowweaver.server.security.Idempotent;
import io.shadowweaver.server.security.Needs;
import io.shadowweaver.server.security.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** What the caller decides of machines that the report says have drifted. */
@Path("/api/v1/estates/{estate}/machines/{account}/{instance}")
@Produces("application/json")
public final class MachinesResource {
	private static final String LATER = "It will be done between two ticks: read the report";

	private final Estates estates;

	/** Over the open estates. */
	@Inject
	public MachinesResource(Estates estates) {
		this.estates = estates;
	}

	/**
	 * Where a machine belongs.
	 *
	 * @param group the id of the group that it joins
	 */
	public record Adoption(String group) {
	}

	/**
	 * When a machine is looked at again.
	 *
	 * @param until in the future, at most as far as the settings allow
	 */
	public record Review(Instant until) {
	}

	/** Takes a machine over. */
	@POST
	@Path("adopt")
	@Consumes("application/json")
	@Needs(Scope.PROVISION)
	@Idempotent
	@Example(request = """
			{ "group": "web" }""")
	@Operation(operationId = "adoptMachine", summary = "Takes a machine into a group that says that it was made for this estate, and of which the journal knows nothing", tags = "provisioning")
	@ApiResponse(responseCode = "202", description = LATER)
	public Response adopt(@PathParam("estate") String estate, @PathParam("account") String account, @PathParam("instance") String instance, @HeaderParam(Idempotency.HEADER) String once, Adoption adoption,
			@Context ContainerRequestContext request) {
		Weaver weaver = estates.get(estate);
		drifted(weaver, account, instance, Drift.Kind.ORPHAN);
		if (adoption == null || adoption.group() == null) {
			throw Problem.exception(422, "group is missing.");
		}
		if (!weaver.state().topology().groups().containsKey(adoption.group())) {
			throw Problem.exception(422, "group: the estate " + estate + " has no group '" + adoption.group() + "'.");
		}
		weaver.automation().adopt(account, instance, adoption.group(), Person.of(request));
		return Response.accepted().build();
	}

	/** Removes a machine. */
	@POST
	@Path("remove")
	@Needs(Scope.PROVISION)
	@Idempotent
	@Operation(operationId = "removeMachine", summary = "Removes such a machine at its provider", tags = "provisioning")
	@ApiResponse(responseCode = "202", description = LATER)
	public Response remove(@PathParam("estate") String estate, @PathParam("account") String account, @PathParam("instance") String instance, @HeaderParam(Idempotency.HEADER) String once,
			@Context ContainerRequestContext request) {
		Weaver weaver = estates.get(estate);
		drifted(weaver, account, instance, Drift.Kind.ORPHAN);
		weaver.automation().remove(account, instance, Person.of(request));
		return Response.accepted().build();
	}

	/** Says that a machine is still needed. */
	@POST
	@Path("review")
	@Consumes("application/json")
	@Needs(Scope.PROVISION)
	@Idempotent
	@Example(request = """
			{ "until": "2026-04-01T00:00:00Z" }""")
	@Operation(operationId = "prolongMachine", summary = "Says that a machine that is past its review date is still needed, and when it is to be reviewed again", tags = "provisioning")
	@ApiResponse(responseCode = "202", description = LATER)
	public Response review(@PathParam("estate") String estate, @PathParam("account") String account, @PathParam("instance") String instance, @HeaderParam(Idempotency.HEADER) String once, Review review,
			@Context ContainerRequestContext request) {
		Weaver weaver = estates.get(estate);
		drifted(weaver, account, instance, Drift.Kind.OVERDUE);
		if (review == null || review.until() == null || !review.until().isAfter(weaver.state().time())) {
			throw Problem.exception(422, "until is needed, a time after " + weaver.state().time() + ".");
		}
		weaver.automation().prolong(account, instance, review.until(), Person.of(request));
		return Response.accepted().build();
	}

	private static void drifted(Weaver weaver, String account, String instance, Drift.Kind kind) {
		if (weaver.state().report().drifts().stream().noneMatch(drift -> drift.kind() == kind && drift.provider().equals(account) && drift.instance().equals(instance))) {
			throw Problem.exception(404, "The report tells of no machine '" + instance + "' at '" + account + "' that is " + (kind == Drift.Kind.ORPHAN ? "an orphan." : "past its review date."));
		}
	}
}
