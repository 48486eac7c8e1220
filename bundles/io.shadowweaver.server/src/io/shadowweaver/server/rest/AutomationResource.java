// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.rest;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

import io.shadowweaver.api.provision.Mode;
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
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** How far automation may go. */
@Path("/api/v1/estates/{estate}/automation")
@Produces("application/json")
public final class AutomationResource {
	private static final String LATER = "It will hold between two ticks";

	private final Estates estates;

	/** Over the open estates. */
	@Inject
	public AutomationResource(Estates estates) {
		this.estates = estates;
	}

	/**
	 * How far automation may go.
	 *
	 * @param killSwitch whether all new calls to providers are stopped
	 * @param modes      by group
	 */
	public record AutomationView(boolean killSwitch, Map<String, Mode> modes) {
	}

	/**
	 * The mode of a group.
	 *
	 * @param mode how far automation may go for it
	 */
	public record ModeChange(Mode mode) {
	}

	/**
	 * More members for a while.
	 *
	 * @param max   how many at most
	 * @param until how long
	 */
	public record CapRaise(int max, Instant until) {
	}

	/**
	 * Changes in freeze windows for a while.
	 *
	 * @param until  how long
	 * @param reason why
	 */
	public record Thaw(Instant until, String reason) {
	}

	/** As it is. */
	@GET
	@Example(answer = """
			{ "killSwitch": false, "modes": { "web": "PROPOSE", "cache": "OBSERVE" } }""")
	@Operation(operationId = "getAutomation", summary = "The kill switch, and the mode of each group", tags = "automation")
	public AutomationView automation(@PathParam("estate") String estate) {
		var state = estates.get(estate).state();
		Map<String, Mode> modes = new TreeMap<>();
		state.topology().groups().keySet().forEach(group -> modes.put(group, state.mode(group)));
		return new AutomationView(state.killSwitch(), modes);
	}

	/** Stops all new calls. */
	@POST
	@Path("kill-switch/on")
	@Needs(Scope.OPERATE)
	@Operation(operationId = "stopCalls", summary = "Stops all new calls to providers; it is on the disk when this answers", tags = "automation")
	@ApiResponse(responseCode = "204", description = "No call begins any more")
	public Response stop(@PathParam("estate") String estate, @Context ContainerRequestContext request) {
		estates.get(estate).automation().killSwitch(true, Person.of(request));
		return Response.noContent().build();
	}

	/** Allows calls again. */
	@POST
	@Path("kill-switch/off")
	@Needs(Scope.PROVISION)
	@Idempotent
	@Operation(operationId = "allowCalls", summary = "Allows calls to providers again", tags = "automation")
	@ApiResponse(responseCode = "204", description = "Calls may begin")
	public Response allow(@PathParam("estate") String estate, @HeaderParam(Idempotency.HEADER) String once, @Context ContainerRequestContext request) {
		estates.get(estate).automation().killSwitch(false, Person.of(request));
		return Response.noContent().build();
	}

	/** Sets how far automation may go for a group. */
	@PUT
	@Path("groups/{group}/mode")
	@Consumes("application/json")
	@Needs(Scope.OPERATE)
	@Idempotent
	@Example(request = """
			{ "mode": "PROPOSE" }""")
	@Operation(operationId = "putMode", summary = "How far automation may go for a group; propose and auto need the scope provision", tags = "automation")
	@ApiResponse(responseCode = "202", description = LATER)
	public Response mode(@PathParam("estate") String estate, @PathParam("group") String group, @HeaderParam(Idempotency.HEADER) String once, ModeChange change, @Context ContainerRequestContext request) {
		Weaver weaver = known(estate, group);
		if (change == null || change.mode() == null) {
			throw Problem.exception(422, "mode is missing.");
		}
		if (change.mode().compareTo(Mode.OBSERVE) > 0 && !Person.caller(request).may(Scope.PROVISION)) {
			throw Problem.exception(403, Person.of(request) + " may not do that: the scope 'provision' is needed.");
		}
		weaver.automation().mode(group, change.mode());
		return Response.accepted().build();
	}

	/** Lets automation go on for a group that was halted. */
	@POST
	@Path("groups/{group}/resume")
	@Needs(Scope.PROVISION)
	@Idempotent
	@Operation(operationId = "resumeGroup", summary = "Lets automation go on for a group that was halted since its last machines never carried traffic", tags = "automation")
	@ApiResponse(responseCode = "202", description = LATER)
	public Response resume(@PathParam("estate") String estate, @PathParam("group") String group, @HeaderParam(Idempotency.HEADER) String once, @Context ContainerRequestContext request) {
		known(estate, group).automation().resume(group, Person.of(request));
		return Response.accepted().build();
	}

	/** Allows a group more members for a while. */
	@POST
	@Path("groups/{group}/cap")
	@Consumes("application/json")
	@Needs(Scope.PROVISION)
	@Idempotent
	@Example(request = """
			{ "max": 24, "until": "2026-03-02T18:00:00Z" }""")
	@Operation(operationId = "raiseCap", summary = "Allows a group more members for a while; then its own maximum holds again by itself", tags = "automation")
	@ApiResponse(responseCode = "202", description = LATER)
	public Response cap(@PathParam("estate") String estate, @PathParam("group") String group, @HeaderParam(Idempotency.HEADER) String once, CapRaise raise, @Context ContainerRequestContext request) {
		Weaver weaver = known(estate, group);
		if (raise == null || raise.until() == null || raise.max() < 0) {
			throw Problem.exception(422, "max must not be negative, and until is needed.");
		}
		weaver.automation().raiseCap(group, raise.max(), raise.until(), Person.of(request));
		return Response.accepted().build();
	}

	/** Allows changes in freeze windows for a while. */
	@POST
	@Path("groups/{group}/thaw")
	@Consumes("application/json")
	@Needs(Scope.PROVISION)
	@Idempotent
	@Example(request = """
			{ "until": "2026-03-02T12:00:00Z", "reason": "incident 4711" }""")
	@Operation(operationId = "thawGroup", summary = "Allows changes in freeze windows for a while", tags = "automation")
	@ApiResponse(responseCode = "202", description = LATER)
	public Response thaw(@PathParam("estate") String estate, @PathParam("group") String group, @HeaderParam(Idempotency.HEADER) String once, Thaw thaw, @Context ContainerRequestContext request) {
		Weaver weaver = known(estate, group);
		if (thaw == null || thaw.until() == null || thaw.reason() == null || thaw.reason().isBlank()) {
			throw Problem.exception(422, "until and reason are needed.");
		}
		weaver.automation().thaw(group, thaw.until(), Person.of(request), thaw.reason());
		return Response.accepted().build();
	}

	private Weaver known(String estate, String group) {
		Weaver weaver = estates.get(estate);
		if (!weaver.state().topology().groups().containsKey(group)) {
			throw Problem.exception(404, "The estate " + estate + " has no group '" + group + "'.");
		}
		return weaver;
	}
}
