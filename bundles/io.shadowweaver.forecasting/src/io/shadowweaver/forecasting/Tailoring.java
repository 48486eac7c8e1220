// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an operator has decided on the forecast of a series; everything that is empty is decided by past errors.
 *
 * @param model     the id of the model
 * @param season    the period of the series; zero for none
 * @param leads     the leads by whose errors the model is chosen, ascending; empty for all
 * @param transform in what it is forecast
 */
public record Tailoring(Optional<String> model, Optional<Duration> season, List<Duration> leads, Optional<Transform> transform) {
	/** Nothing is decided. */
	public static final Tailoring NONE = new Tailoring(Optional.empty(), Optional.empty(), List.of(), Optional.empty());

	/** Checks and copies. */
	public Tailoring {
		leads = List.copyOf(leads);
		Duration before = Duration.ZERO;
		for (Duration lead : leads) {
			if (lead.compareTo(before) <= 0) {
				throw new IllegalArgumentException("leads must be positive and ascending: " + leads);
			}
			before = lead;
		}
		season.filter(Duration::isNegative).ifPresent(wrong -> {
			throw new IllegalArgumentException("a season must not be negative: " + wrong);
		});
	}

	/** The same, with another's decision wherever this one has none. */
	public Tailoring or(Tailoring other) {
		return new Tailoring(model.or(other::model), season.or(other::season), leads.isEmpty() ? other.leads : leads, transform.or(other::transform));
	}

	/** The same with another model. */
	Tailoring withModel(Optional<String> other) {
		return new Tailoring(other, season, leads, transform);
	}
}
