// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.shadowweaver.api.metric.SeriesId;

/**
 * What and how an estate forecasts.
 *
 * @param step         the distance of two samples
 * @param leads        the leads of every forecast, ascending; those shorter than the step are left out
 * @param trainingSpan how much history a training reads
 * @param retrainEvery after how long a series is trained anew when nothing else asks for it
 * @param pinnedModels the id of the model of series whose model is not to be chosen
 * @param seed         of all that is random, so that two runs over the same data agree
 */
public record ForecastSettings(Duration step, List<Duration> leads, Duration trainingSpan, Duration retrainEvery,
		Map<SeriesId, String> pinnedModels, long seed) {
	/** The leads of every forecast unless others are asked for. */
	public static final List<Duration> STANDARD_LEADS = List.of(Duration.ofMinutes(5), Duration.ofMinutes(10),
			Duration.ofMinutes(15), Duration.ofMinutes(30), Duration.ofHours(1), Duration.ofHours(6), Duration.ofHours(24));

	/** Checks and copies. */
	public ForecastSettings {
		leads = List.copyOf(leads);
		pinnedModels = Map.copyOf(pinnedModels);
		if (step.isZero() || step.isNegative()) {
			throw new IllegalArgumentException("step must be positive: " + step);
		}
		Duration before = Duration.ZERO;
		for (Duration lead : leads) {
			if (lead.compareTo(before) <= 0) {
				throw new IllegalArgumentException("leads must be positive and ascending: " + leads);
			}
			before = lead;
		}
		if (leads.isEmpty() || before.compareTo(step) < 0) {
			throw new IllegalArgumentException("no lead is as long as the step " + step + ": " + leads);
		}
		if (trainingSpan.compareTo(step) < 0 || retrainEvery.compareTo(step) < 0) {
			throw new IllegalArgumentException("training span " + trainingSpan + " and retraining every " + retrainEvery
					+ " must be at least the step " + step);
		}
	}

	/**
	 * The standard leads, three weeks of training, once a day. A step longer than an hour stretches them.
	 *
	 * @param step the distance of two samples
	 * @return the settings
	 */
	public static ForecastSettings defaults(Duration step) {
		List<Duration> leads = STANDARD_LEADS.getLast().compareTo(step) >= 0 ? STANDARD_LEADS
				: List.of(step, step.multipliedBy(2), step.multipliedBy(7));
		Duration span = max(Duration.ofDays(21), step.multipliedBy(1000));
		return new ForecastSettings(step, leads, span, max(Duration.ofDays(1), step.multipliedBy(12)), Map.of(), 1);
	}

	private static Duration max(Duration a, Duration b) {
		return a.compareTo(b) >= 0 ? a : b;
	}
}
