// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.rest;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.shadowweaver.api.state.Shadow;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.engine.whatif.Base;
import io.shadowweaver.engine.whatif.Outcome;
import io.shadowweaver.engine.whatif.ScenarioException;
import io.shadowweaver.engine.whatif.ScenarioFile;
import io.shadowweaver.engine.whatif.WhatIf;
import io.shadowweaver.server.Estates;
import io.shadowweaver.server.Problem;
import io.shadowweaver.server.security.Needs;
import io.shadowweaver.server.security.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;

/** What if: solves a scenario on the newest forecasts. Changes nothing. */
@Path("/api/v1/estates/{estate}/scenarios")
@Produces("application/json")
public final class ScenariosResource {
	private static final int PATIENCE_SECONDS = 10;

	private final Estates estates;

	/** Over the open estates. */
	@Inject
	public ScenariosResource(Estates estates) {
		this.estates = estates;
	}

	/**
	 * What becomes of an estate.
	 *
	 * @param before   without the scenario
	 * @param after    with it
	 * @param breaches subjects that become critical only with it
	 * @param ratios   how many requests one request brings about, as measured
	 * @param notes    what the figures do not say
	 */
	public record Solution(Side before, Side after, List<String> breaches, List<Outcome.Ratio> ratios, List<String> notes) {
	}

	/**
	 * One side of the comparison.
	 *
	 * @param figures     by subject
	 * @param costPerHour of all that has a price
	 * @param currency    of the cost; empty where nothing has a price
	 * @param unpriced    how many resources have none
	 */
	public record Side(Map<String, Outcome.Figures> figures, double costPerHour, String currency, int unpriced) {
		static Side of(Outcome.Side side) {
			return new Side(new TreeMap<>(side.figures()), side.costPerHour(), side.currency(), side.unpriced());
		}
	}

	/** Solves a scenario. */
	@POST
	@Path("solve")
	@Needs(Scope.READ)
	@Consumes("application/json")
	@Operation(operationId = "solveScenario", summary = "What becomes of the estate in a scenario, beside what becomes of it without",
			requestBody = @RequestBody(required = true, content = @Content(schema = @Schema(type = "object", description = "A scenario: version, name and changes, as docs/whatif.md has them"))), tags = "scenarios")
	public Solution solve(@PathParam("estate") String estate, String body) throws InterruptedException {
		Weaver weaver = estates.get(estate);
		try {
			Base base = weaver.base().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
			Outcome outcome = WhatIf.solve(base, ScenarioFile.parse(body), Shadow.Kind.UNATTENDED);
			return new Solution(Side.of(outcome.before()), Side.of(outcome.after()), outcome.newBreaches().stream().map(Outcome.Figures::subject).sorted().toList(), outcome.ratios(), outcome.notes());
		} catch (ScenarioException e) {
			throw Problem.exception(422, e.getMessage());
		} catch (ExecutionException e) {
			throw Problem.exception(503, e.getCause().getMessage());
		} catch (TimeoutException e) {
			throw Problem.exception(503, "The estate " + estate + " is busy; try again.");
		}
	}
}
