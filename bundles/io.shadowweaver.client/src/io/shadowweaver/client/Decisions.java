// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.client;

import java.util.List;

import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.engine.GroupSettings;
import io.shadowweaver.engine.calendar.CalendarEntry;
import io.shadowweaver.forecasting.ForecastRule;
import io.shadowweaver.provisioning.ProvisioningSettings;

/**
 * What was decided of an estate, beside its state.
 *
 * @param ownTime       whether it lives in a time of its own
 * @param speed         estate seconds a real second
 * @param forecastRules what is decided on forecasts, pins included
 * @param calendar      the operator's
 * @param provisioning  how capacity is planned and made, and what guards and budget allow
 * @param groups        what was decided of scaling groups
 * @param accounts      the provider accounts
 */
public record Decisions(boolean ownTime, double speed, List<ForecastRule> forecastRules, List<CalendarEntry> calendar, ProvisioningSettings provisioning, List<GroupSettings> groups,
		List<Account> accounts) {
	/**
	 * A provider account; its settings stay with the server.
	 *
	 * @param id     by which templates of groups name it
	 * @param type   the id of its contribution
	 * @param name   what the operator reads
	 * @param offers what it can make, as last read
	 */
	public record Account(String id, String type, String name, List<Offer> offers) {
	}

	/** Copies. */
	public Decisions {
		forecastRules = List.copyOf(forecastRules);
		calendar = List.copyOf(calendar);
		groups = List.copyOf(groups);
		accounts = List.copyOf(accounts);
	}
}
