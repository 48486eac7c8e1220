// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.rest;

import java.util.List;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.alert.Threshold;
import io.shadowweaver.api.forecast.Anomaly;
import io.shadowweaver.server.Estates;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.ws.rs.DefaultValue;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;

/** Predicted and present breaches, the rules behind them, and what is unusual. */
@Path("/api/v1/estates/{estate}")
@Produces("application/json")
public final class AlertsResource {
	private final Estates estates;

	/** Over the open estates. */
	@Inject
	public AlertsResource(Estates estates) {
		this.estates = estates;
	}

	/** Alerts. */
	@GET
	@Path("alerts")
	@Operation(operationId = "listAlerts", summary = "Predicted and present breaches, the nearest first", tags = "alerts")
	public List<Alert> alerts(@PathParam("estate") String estate, @QueryParam("withdrawn") @DefaultValue("false") boolean withdrawn) {
		return estates.get(estate).state().alerts().stream().filter(alert -> withdrawn || alert.isActive()).sorted(java.util.Comparator.comparing(Alert::breachAt)).toList();
	}

	/** The rules in force. */
	@GET
	@Path("thresholds")
	@Operation(operationId = "listThresholds", summary = "The thresholds in force", tags = "alerts")
	public List<Threshold> thresholds(@PathParam("estate") String estate) {
		return estates.get(estate).state().thresholds();
	}

	/** What was unusual. */
	@GET
	@Path("anomalies")
	@Operation(operationId = "listAnomalies", summary = "Unusual values and forecasts of the last 24 hours, the newest first", tags = "alerts")
	public List<Anomaly> anomalies(@PathParam("estate") String estate) {
		return estates.get(estate).state().anomalies();
	}
}
