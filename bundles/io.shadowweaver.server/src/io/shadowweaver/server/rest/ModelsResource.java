// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.rest;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.forecasting.BackTestRequest;
import io.shadowweaver.forecasting.Quality;
import io.shadowweaver.server.Estates;
import io.shadowweaver.server.Example;
import io.shadowweaver.server.Jobs;
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
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;

/** Which model forecasts a series, how good it is, and what the caller wants instead. What takes long is a job. */
@Path("/api/v1/estates/{estate}/series")
@Produces("application/json")
public final class ModelsResource {
	private static final String BEGUN = "It has begun: the job is at Location";

	private final Estates estates;
	private final Jobs jobs;

	/** Over the open estates. */
	@Inject
	public ModelsResource(Estates estates, Jobs jobs) {
		this.estates = estates;
		this.jobs = jobs;
	}

	/**
	 * What a back-test is to judge.
	 *
	 * @param leads   ascending; left out for the usual ones
	 * @param origins how many forecasts; 0 or left out for one a step over the last quarter of history
	 * @param stride  between two of them; left out for a quarter of the longest lead
	 * @param models  ids; left out for all
	 */
	public record BackTestWish(List<Duration> leads, Integer origins, Duration stride, Set<String> models) {
	}

	/**
	 * A pin.
	 *
	 * @param model the id of the model that forecasts the series from now on
	 */
	public record Pin(String model) {
	}

	/** How good the forecasts are. */
	@GET
	@NotOfState
	@Path("{subject}/{metric}/quality")
	@Operation(operationId = "getQuality", summary = "The model of a series, why it was chosen, what was tried, skill and coverage by lead", tags = "models")
	public Quality quality(@PathParam("estate") String estate, @PathParam("subject") String subject, @PathParam("metric") String metric) {
		Weaver weaver = estates.get(estate);
		return weaver.quality(known(weaver, subject, metric)).orElseThrow(() -> Problem.exception(409, "The estate " + estate + " has no history yet."));
	}

	/** Judges models. */
	@POST
	@Path("{subject}/{metric}/backtests")
	@Consumes("application/json")
	@Needs(Scope.OPERATE)
	@Example(request = """
			{ "leads": ["PT10M", "PT1H"], "origins": 20, "stride": "PT2H", "models": ["ets", "seasonal-naive"] }""", answer = """
			{ "id": "job-1", "kind": "backtest", "estate": "shop", "person": "ada", "state": "RUNNING", "progress": 0.25, "sentence": "5 of 20 origins are done.", "startedAt": "2026-03-02T10:05:00Z",
				"endedAt": null, "trained": null, "backTest": null }""")
	@Operation(operationId = "startBacktest", summary = "Judges models on the history of a series", tags = "models")
	@ApiResponse(responseCode = "202", description = BEGUN, content = @Content(schema = @Schema(implementation = Jobs.Job.class)))
	public Response backTest(@PathParam("estate") String estate, @PathParam("subject") String subject, @PathParam("metric") String metric, BackTestWish wish, @Context ContainerRequestContext request) {
		Weaver weaver = estates.get(estate);
		SeriesId id = known(weaver, subject, metric);
		BackTestRequest asked = wish == null ? BackTestRequest.USUAL
				: new BackTestRequest(wish.leads() == null ? List.of() : wish.leads(), wish.origins() == null ? 0 : wish.origins(), wish.stride() == null ? Duration.ZERO : wish.stride(), wish.models() == null ? Set.of() : wish.models());
		return begun(jobs.backTest(estate, Person.of(request), progress -> weaver.forecasts().backTest(id, asked, progress)));
	}

	/** Trains anew. */
	@POST
	@Path("{subject}/{metric}/retrain")
	@Needs(Scope.OPERATE)
	@Example(answer = """
			{ "id": "job-1", "kind": "retrain", "estate": "shop", "person": "ada", "state": "RUNNING", "progress": 0.25, "sentence": "It is being trained.", "startedAt": "2026-03-02T10:05:00Z",
				"endedAt": null, "trained": null, "backTest": null }""")
	@Operation(operationId = "retrainSeries", summary = "Trains the models of a series at once", tags = "models")
	@ApiResponse(responseCode = "202", description = BEGUN, content = @Content(schema = @Schema(implementation = Jobs.Job.class)))
	public Response retrain(@PathParam("estate") String estate, @PathParam("subject") String subject, @PathParam("metric") String metric, @Context ContainerRequestContext request) {
		Weaver weaver = estates.get(estate);
		SeriesId id = known(weaver, subject, metric);
		return begun(jobs.training("retrain", estate, Person.of(request), progress -> weaver.forecasts().retrain(List.of(id), progress)));
	}

	/** Pins a model. */
	@PUT
	@Path("{subject}/{metric}/pin")
	@Consumes("application/json")
	@Needs(Scope.OPERATE)
	@Example(request = """
			{ "model": "ets" }""", answer = """
			{ "id": "job-1", "kind": "pin", "estate": "shop", "person": "ada", "state": "RUNNING", "progress": 0.25, "sentence": "It is being trained.", "startedAt": "2026-03-02T10:05:00Z",
				"endedAt": null, "trained": null, "backTest": null }""")
	@Operation(operationId = "pinModel", summary = "Pins the model of a series and trains it", tags = "models")
	@ApiResponse(responseCode = "202", description = BEGUN, content = @Content(schema = @Schema(implementation = Jobs.Job.class)))
	public Response pin(@PathParam("estate") String estate, @PathParam("subject") String subject, @PathParam("metric") String metric, Pin pin, @Context ContainerRequestContext request) {
		if (pin == null || pin.model() == null || pin.model().isBlank()) {
			throw Problem.exception(422, "model is missing.");
		}
		return pin(estate, subject, metric, Optional.of(pin.model()), request);
	}

	/** Lets past errors choose again. */
	@DELETE
	@Path("{subject}/{metric}/pin")
	@Needs(Scope.OPERATE)
	@Operation(operationId = "unpinModel", summary = "Lets past errors choose the model of a series again", tags = "models")
	@ApiResponse(responseCode = "202", description = BEGUN, content = @Content(schema = @Schema(implementation = Jobs.Job.class)))
	public Response unpin(@PathParam("estate") String estate, @PathParam("subject") String subject, @PathParam("metric") String metric, @Context ContainerRequestContext request) {
		return pin(estate, subject, metric, Optional.empty(), request);
	}

	private Response pin(String estate, String subject, String metric, Optional<String> model, ContainerRequestContext request) {
		Weaver weaver = estates.get(estate);
		SeriesId id = known(weaver, subject, metric);
		try {
			return begun(jobs.training("pin", estate, Person.of(request), progress -> weaver.forecasts().pin(id, model)));
		} catch (IllegalArgumentException e) {
			throw Problem.exception(422, e.getMessage());
		} catch (IllegalStateException e) {
			throw Problem.exception(409, e.getMessage());
		}
	}

	private static Response begun(Jobs.Job job) {
		return Response.accepted(job).location(UriBuilder.fromPath("/api/v1/jobs/{job}").build(job.id())).build();
	}

	private static SeriesId known(Weaver weaver, String subject, String metric) {
		SeriesId id = new SeriesId(subject, metric);
		if (weaver.state().series().slot(id) < 0) {
			throw Problem.exception(404, "The estate " + weaver.config().id() + " has no series " + subject + "/" + metric + ".");
		}
		return id;
	}
}
