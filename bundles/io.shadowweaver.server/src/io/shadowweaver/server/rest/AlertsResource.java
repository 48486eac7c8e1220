// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.rest;

import java.util.List;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.forecast.Anomaly;
import io.shadowweaver.server.Changes;
import io.shadowweaver.server.Estates;
import io.shadowweaver.server.Example;
import io.shadowweaver.server.security.Needs;
import io.shadowweaver.server.security.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.DefaultValue;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** Predicted and present breaches, and what is unusual. */
@Path("/api/v1/estates/{estate}")
@Produces("application/json")
public final class AlertsResource {
	private final Estates estates;
	private final Decisions decisions;

	/** Over the open estates. */
	@Inject
	public AlertsResource(Estates estates, Changes changes) {
		this.estates = estates;
		decisions = new Decisions(estates, changes);
	}

	/** Alerts. */
	@GET
	@Path("alerts")
	@Example(answer = """
			[{ "id": "shop-1", "rule": "web-cpu", "subject": "group:web", "metric": "requests", "severity": "CRITICAL", "state": "ACKNOWLEDGED", "raisedAt": "2026-03-02T10:02:00Z",
				"breachAt": "2026-03-02T10:34:00Z", "earliest": "2026-03-02T10:34:00Z", "latest": "2026-03-02T10:58:00Z", "startBy": "2026-03-02T10:26:00Z", "value": 0.99, "limit": 0.95,
				"summary": "Web: Requests reaches 95 % (up to 99 %)", "explanation": "Forecast by ets, skill 0.41 against seasonal naive.", "guidance": "Add members before the peak.",
				"acknowledgedBy": "oncall", "coveredBy": "", "log": ["2026-03-02T10:02:00Z raised: 95 % is crossed in 32 min at the 0.9 quantile", "2026-03-02T10:04:00Z acknowledged by oncall"],
				"silences": [{ "channel": "Pager", "by": "ada", "until": "2026-03-02T12:00:00Z", "comment": "moving to the new cluster" }] }]""")
	@Operation(operationId = "listAlerts", summary = "Predicted and present breaches, the nearest first", tags = "alerts")
	public List<Alert> alerts(@PathParam("estate") String estate, @QueryParam("withdrawn") @DefaultValue("false") boolean withdrawn) {
		return estates.get(estate).state().alerts().stream().filter(alert -> withdrawn || alert.isActive()).sorted(java.util.Comparator.comparing(Alert::breachAt)).toList();
	}

	/** Notes who has seen an alert. */
	@POST
	@Path("alerts/{alert}/acknowledge")
	@Needs(Scope.OPERATE)
	@Operation(operationId = "acknowledgeAlert", summary = "Notes that the caller has seen an alert; it is in the next state", tags = "alerts")
	@ApiResponse(responseCode = "202", description = "It will be noted between two ticks")
	public Response acknowledge(@PathParam("estate") String estate, @PathParam("alert") String id, @Context ContainerRequestContext request) {
		decisions.acknowledge(estate, id, Person.of(request));
		return Response.accepted().build();
	}

	/** What was unusual. */
	@GET
	@Path("anomalies")
	@Example(answer = """
			[{ "series": { "subject": "web-1", "metric": "cpu" }, "time": "2026-03-02T09:41:00Z", "kind": "VALUE", "value": 0.97, "expected": 0.42, "score": 0.99, "reason": "0.97 where 0.42 was expected" }]""")
	@Operation(operationId = "listAnomalies", summary = "Unusual values and forecasts of the last 24 hours, the newest first", tags = "alerts")
	public List<Anomaly> anomalies(@PathParam("estate") String estate) {
		return estates.get(estate).state().anomalies();
	}
}
