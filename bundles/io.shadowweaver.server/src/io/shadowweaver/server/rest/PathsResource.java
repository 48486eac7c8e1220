// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.rest;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.engine.FarView;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.server.Estates;
import io.shadowweaver.server.NotOfState;
import io.shadowweaver.server.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;

/** Forecasts that are computed when they are asked for: at any leads, and taken apart. */
@Path("/api/v1/estates/{estate}/series")
@Produces("application/json")
public final class PathsResource {
	private static final int MOST_LEADS = 500;
	private static final String LEADS = "Ascending ISO durations, separated by commas, up to P90D; at most 500";

	private final Estates estates;

	/** Over the open estates. */
	@Inject
	public PathsResource(Estates estates) {
		this.estates = estates;
	}

	/** A forecast at any leads. */
	@GET
	@NotOfState
	@Path("{subject}/{metric}/forecast/path")
	@Operation(operationId = "getForecastPath", summary = "A forecast at any leads, computed now", tags = "forecasts",
			responses = @ApiResponse(responseCode = "200", description = "The forecast, its bands as floats in base 64", content = @Content(mediaType = "application/json", schema = @Schema(types = "object", additionalProperties = Schema.AdditionalPropertiesValue.TRUE))))
	public String path(@PathParam("estate") String estate, @PathParam("subject") String subject, @PathParam("metric") String metric,
			@Parameter(description = LEADS) @QueryParam("leads") @DefaultValue("PT1H") String leads) {
		Weaver weaver = estates.get(estate);
		return Whole.of(weaver.path(known(weaver, subject, metric), leads(leads)));
	}

	/** A forecast taken apart. */
	@GET
	@NotOfState
	@Path("{subject}/{metric}/forecast/parts")
	@Operation(operationId = "getForecastParts", summary = "What the median of a forecast is made of: parts that add up to it at each lead", tags = "forecasts",
			responses = @ApiResponse(responseCode = "200", description = "The parts; none where the model cannot tell", content = @Content(mediaType = "application/json", schema = @Schema(types = "array"))))
	public String parts(@PathParam("estate") String estate, @PathParam("subject") String subject, @PathParam("metric") String metric,
			@Parameter(description = LEADS) @QueryParam("leads") @DefaultValue("PT1H") String leads) {
		Weaver weaver = estates.get(estate);
		return Whole.of(weaver.forecasts().explain(known(weaver, subject, metric), leads(leads)));
	}

	private static List<Duration> leads(String text) {
		try {
			List<Duration> leads = Arrays.stream(text.split(",")).map(String::strip).map(Duration::parse).toList();
			Duration before = Duration.ZERO;
			for (Duration lead : leads) {
				if (lead.compareTo(before) <= 0 || lead.compareTo(FarView.FARTHEST) > 0 || leads.size() > MOST_LEADS) {
					throw Problem.exception(400, "leads: at most " + MOST_LEADS + ", positive, ascending, and up to " + FarView.FARTHEST + ".");
				}
				before = lead;
			}
			return leads;
		} catch (DateTimeException e) {
			throw Problem.exception(400, "leads: ISO durations such as PT5M,PT1H: " + e.getMessage());
		}
	}

	private static SeriesId known(Weaver weaver, String subject, String metric) {
		SeriesId id = new SeriesId(subject, metric);
		if (weaver.state().series().slot(id) < 0) {
			throw Problem.exception(404, "The estate " + weaver.config().id() + " has no series " + subject + "/" + metric + ".");
		}
		return id;
	}
}
