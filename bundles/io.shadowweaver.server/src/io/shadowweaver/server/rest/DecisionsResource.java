// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.rest;

import java.util.List;
import java.util.Map;

import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.engine.GroupSettings;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.engine.calendar.CalendarEntry;
import io.shadowweaver.forecasting.ForecastRule;
import io.shadowweaver.provisioning.ProvisioningSettings;
import io.shadowweaver.server.Estates;
import io.shadowweaver.server.NotOfState;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;

/** What stands beside the state of an estate and a workbench that is attached needs. */
@Path("/api/v1/estates/{estate}")
@Produces("application/json")
public final class DecisionsResource {
	private final Estates estates;

	/** Over the open estates. */
	@Inject
	public DecisionsResource(Estates estates) {
		this.estates = estates;
	}

	/**
	 * What was decided of an estate.
	 *
	 * @param ownTime       whether it lives in a time of its own
	 * @param speed         estate seconds a real second
	 * @param forecastRules what is decided on forecasts, pins included
	 * @param calendar      the operator's
	 * @param provisioning  how capacity is planned and made, and what guards and budget allow
	 * @param groups        what was decided of scaling groups
	 * @param accounts      the provider accounts, without their settings
	 */
	public record Decisions(boolean ownTime, double speed, List<ForecastRule> forecastRules, List<CalendarEntry> calendar, ProvisioningSettings provisioning, List<GroupSettings> groups,
			List<Account> accounts) {
	}

	/**
	 * A provider account.
	 *
	 * @param id     by which templates of groups name it
	 * @param type   the id of its contribution
	 * @param name   what the operator reads
	 * @param offers what it can make, as last read
	 */
	public record Account(String id, String type, String name, List<Offer> offers) {
	}

	/** What was decided. */
	@GET
	@NotOfState
	@Path("decisions")
	@Operation(operationId = "getDecisions", summary = "What was decided of an estate: rules of forecasts, calendar, how capacity is made, groups; and its accounts without their settings", tags = "estates",
			responses = @ApiResponse(responseCode = "200", description = "The decisions", content = @Content(mediaType = "application/json", schema = @Schema(types = "object", additionalProperties = Schema.AdditionalPropertiesValue.TRUE))))
	public String decisions(@PathParam("estate") String estate) {
		Weaver weaver = estates.get(estate);
		Map<String, List<Offer>> offers = weaver.automation().offers();
		List<Account> accounts = weaver.config().providers().stream().map(one -> new Account(one.id(), one.type(), one.name(), offers.getOrDefault(one.id(), List.of()))).toList();
		return Whole.of(new Decisions(weaver.hasOwnTime(), weaver.config().speed(), weaver.forecasts().rules(), weaver.calendar().calendar().entries(), weaver.automation().settings(),
				weaver.automation().groups(), accounts));
	}
}
