// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What autoscalers of others are told: the external scaler of KEDA, and the external metrics of Kubernetes.
 *
 * @param enabled    whether they are answered at all
 * @param horizon    how far ahead demand is read where the question does not say
 * @param quantile   which quantile of it is read where the question does not say, over 0 and under 1
 * @param staleAfter how old the newest value of a series may be before nothing is told of its future; empty for three steps of the estate, and at least
 *                   ten minutes
 */
public record AutoscalingSettings(boolean enabled, Duration horizon, double quantile, Optional<Duration> staleAfter) {
	/** The longest horizon. */
	public static final Duration LONGEST = Duration.ofDays(90);
	/** What holds where nothing is said. */
	public static final AutoscalingSettings DEFAULT = new AutoscalingSettings(true, Duration.ofMinutes(10), .9, Optional.empty());

	private static final int STEPS = 3;
	private static final Duration LEAST = Duration.ofMinutes(10);

	/**
	 * Checks the ranges.
	 *
	 * @throws IllegalArgumentException names what is out of its range
	 */
	public AutoscalingSettings {
		Objects.requireNonNull(staleAfter, "staleAfter");
		if (horizon.isNegative() || horizon.isZero() || horizon.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException("horizon must be over 0 and at most 90 days: " + horizon);
		}
		if (!(quantile > 0 && quantile < 1)) {
			throw new IllegalArgumentException("quantile must be over 0 and under 1: " + quantile);
		}
		if (staleAfter.filter(age -> age.isNegative() || age.isZero()).isPresent()) {
			throw new IllegalArgumentException("staleAfter must be over 0: " + staleAfter.get());
		}
	}

	/** How old the newest value may be in an estate of that step. */
	public Duration staleAfter(Duration step) {
		Duration steps = step.multipliedBy(STEPS);
		return staleAfter.orElse(steps.compareTo(LEAST) > 0 ? steps : LEAST);
	}
}
