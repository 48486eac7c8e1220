// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.shadowweaver.api.alert.Threshold;
import io.shadowweaver.engine.DefaultThresholds;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.server.Estates;
import io.shadowweaver.server.Example;
import io.shadowweaver.server.NotOfState;
import io.shadowweaver.server.Problem;
import io.shadowweaver.server.security.Needs;
import io.shadowweaver.server.security.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** The rules behind alerts. An edit names the version that it was made on, so that nobody's edit is lost. */
@Path("/api/v1/estates/{estate}/thresholds")
@Produces("application/json")
public final class ThresholdsResource {
	private final Estates estates;

	/** Over the open estates. */
	@Inject
	public ThresholdsResource(Estates estates) {
		this.estates = estates;
	}

	/** The rules in force. */
	@GET
	@NotOfState
	@Example(answer = """
			[{ "id": "web-cpu", "metric": "cpu", "kind": "vm", "labels": { "labels": { "tier": "web" } }, "warning": 0.75, "critical": 0.9, "recovery": 0.7, "level": 0.9, "guidance": "Add members before the peak." }]""")
	@Operation(operationId = "listThresholds", summary = "The thresholds in force", tags = "alerts")
	public List<Threshold> thresholds(@PathParam("estate") String estate) {
		return rules(estates.get(estate));
	}

	/** One rule, with the tag that an edit has to name. */
	@GET
	@NotOfState
	@Path("{threshold}")
	@Example(answer = """
			{ "id": "web-cpu", "metric": "cpu", "kind": "vm", "labels": { "labels": { "tier": "web" } }, "warning": 0.75, "critical": 0.9, "recovery": 0.7, "level": 0.9, "guidance": "Add members before the peak." }""")
	@Operation(operationId = "getThreshold", summary = "One threshold; its ETag is what an edit has to name in If-Match", tags = "alerts")
	@ApiResponse(responseCode = "200", description = "The threshold", content = @Content(schema = @Schema(implementation = Threshold.class)))
	public Response threshold(@PathParam("estate") String estate, @PathParam("threshold") String id) {
		Threshold found = find(rules(estates.get(estate)), id).orElseThrow(() -> missing(estate, id));
		return Response.ok(found).tag(Tags.of(found)).build();
	}

	/** Makes or replaces a rule. */
	@PUT
	@Path("{threshold}")
	@Consumes("application/json")
	@Needs(Scope.OPERATE)
	@Example(request = """
			{ "id": "web-cpu", "metric": "cpu", "kind": "vm", "labels": { "labels": { "tier": "web" } }, "warning": 0.75, "critical": 0.9, "recovery": 0.7, "level": 0.9, "guidance": "Add members before the peak." }""", answer = """
			{ "id": "web-cpu", "metric": "cpu", "kind": "vm", "labels": { "labels": { "tier": "web" } }, "warning": 0.75, "critical": 0.9, "recovery": 0.7, "level": 0.9, "guidance": "Add members before the peak." }""")
	@Operation(operationId = "putThreshold", summary = "Makes a threshold (If-None-Match: *) or replaces it (If-Match: its ETag)", tags = "alerts")
	@ApiResponse(responseCode = "200", description = "It was replaced", content = @Content(schema = @Schema(implementation = Threshold.class)))
	@ApiResponse(responseCode = "201", description = "It was made", content = @Content(schema = @Schema(implementation = Threshold.class)))
	public Response put(@PathParam("estate") String estate, @PathParam("threshold") String id, @HeaderParam(HttpHeaders.IF_MATCH) String match, @HeaderParam(HttpHeaders.IF_NONE_MATCH) String noneMatch,
			Threshold threshold) {
		if (threshold == null || !threshold.id().equals(id)) {
			throw Problem.exception(422, "The id of the threshold must be '" + id + "', as in the path.");
		}
		Weaver weaver = estates.get(estate);
		synchronized (weaver) {
			List<Threshold> all = new ArrayList<>(rules(weaver));
			Optional<Threshold> before = find(all, id);
			check(before, match, noneMatch);
			all.removeIf(one -> one.id().equals(id));
			all.add(threshold);
			weaver.thresholds(all);
			return Response.status(before.isPresent() ? 200 : 201).entity(threshold).tag(Tags.of(threshold)).build();
		}
	}

	/** Removes a rule. */
	@DELETE
	@Path("{threshold}")
	@Needs(Scope.OPERATE)
	@Operation(operationId = "deleteThreshold", summary = "Removes a threshold (If-Match: its ETag); without any, the defaults hold", tags = "alerts")
	@ApiResponse(responseCode = "204", description = "It was removed")
	public Response delete(@PathParam("estate") String estate, @PathParam("threshold") String id, @HeaderParam(HttpHeaders.IF_MATCH) String match) {
		Weaver weaver = estates.get(estate);
		synchronized (weaver) {
			List<Threshold> all = new ArrayList<>(rules(weaver));
			Optional<Threshold> before = find(all, id);
			if (before.isEmpty()) {
				throw missing(estate, id);
			}
			check(before, match, null);
			all.removeIf(one -> one.id().equals(id));
			weaver.thresholds(all);
			return Response.noContent().build();
		}
	}

	/** As decided; the state shows it after the next tick at the latest. */
	private static List<Threshold> rules(Weaver weaver) {
		List<Threshold> decided = weaver.config().thresholds();
		return decided.isEmpty() ? DefaultThresholds.all() : decided;
	}

	private static Optional<Threshold> find(List<Threshold> all, String id) {
		return all.stream().filter(one -> one.id().equals(id)).findFirst();
	}

	private static void check(Optional<Threshold> before, String match, String noneMatch) {
		if (match == null && noneMatch == null) {
			throw Problem.exception(428, before.isPresent() ? "There is such a threshold: name the ETag of the one that you have read in If-Match." : "Say If-None-Match: * to make a threshold.");
		}
		boolean fits = match == null ? before.isEmpty() && noneMatch.strip().equals("*")
				: before.isPresent() && Tags.match(match, before.get());
		if (!fits) {
			throw Problem.exception(412, before.isPresent() ? "Somebody else has changed the threshold since you have read it." : "There is no such threshold any more.");
		}
	}

	private static RuntimeException missing(String estate, String id) {
		return Problem.exception(404, "The estate " + estate + " has no threshold '" + id + "'.");
	}
}
