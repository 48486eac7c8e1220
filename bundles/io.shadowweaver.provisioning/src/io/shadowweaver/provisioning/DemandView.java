// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.util.Objects;
import java.util.Optional;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.provision.Plan;

/**
 * What is known of one demand metric of a group, in absolute units (busy cores, requests a second, bytes a second).
 *
 * @param metric      the id of the metric
 * @param demand      the forecast of the group's demand; empty while there is none, then only the observation counts
 * @param observedNow demand at this tick; {@code NaN} when it was not measured
 * @param skill       of the forecast against seasonal naive; {@code NaN} while not measured
 * @param coverage    measured share of past values inside the 80 % band; {@code NaN} while not measured
 * @param odds        of exceeding a limit by a time; computed when asked
 * @param basis       which forecast that is; empty while there is none
 */
public record DemandView(String metric, Optional<Bands> demand, double observedNow, double skill, double coverage, BreachOdds odds,
		Optional<Plan.Basis> basis) {
	/** Checks that nothing is {@code null}. */
	public DemandView {
		Objects.requireNonNull(odds, "odds");
		Objects.requireNonNull(metric, "metric");
		Objects.requireNonNull(basis, "basis");
		Objects.requireNonNull(demand, "demand");
	}

	/** Without odds: the bands alone tell how probable a breach is. */
	public DemandView(String metric, Optional<Bands> demand, double observedNow, double skill, double coverage) {
		this(metric, demand, observedNow, skill, coverage, BreachOdds.UNKNOWN, Optional.empty());
	}

	/** With a forecast. */
	public DemandView(String metric, Bands demand, double observedNow, double skill, double coverage) {
		this(metric, Optional.of(demand), observedNow, skill, coverage);
	}

	/** Without a forecast: only what is observed counts. */
	public static DemandView observed(String metric, double observedNow) {
		return new DemandView(metric, Optional.empty(), observedNow, Double.NaN, Double.NaN);
	}
}
