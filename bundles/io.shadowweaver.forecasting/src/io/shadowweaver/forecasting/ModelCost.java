// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.time.Duration;
import java.time.Instant;

/**
 * What training a model has cost in this run.
 *
 * @param trainings how many trainings of a series, trials and final fits
 * @param cpu       of all of them together
 * @param last      of the last piece of work, which may be of many series
 * @param lastAt    when that was, in the estate's time
 */
public record ModelCost(long trainings, Duration cpu, Duration last, Instant lastAt) {
	/** Nothing was trained. */
	public static final ModelCost NONE = new ModelCost(0, Duration.ZERO, Duration.ZERO, Instant.EPOCH);

	ModelCost and(int more, long nanos, Instant at) {
		return new ModelCost(trainings + more, cpu.plusNanos(nanos), Duration.ofNanos(nanos), at);
	}
}
