// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import io.shadowweaver.api.forecast.Bands;

/**
 * The paths of one series of which probabilities of a breach are asked: those of the next hour, which follow what happens, and
 * those of the next six. Later there are too few leads for a path: between them a peak of the day would be missed. Used under the
 * forecaster's lock.
 */
final class Breaches {
	private static final int NEAR_PARTS = 12;
	private static final int NEAR_OPEN = 6;
	private static final int NEAR_KEPT = 144;
	private static final int FAR_PARTS = 24;
	private static final int FAR_KEPT = 96;
	private static final long FARTHEST = 6 * 3_600_000;
	private static final long DAY = 86_400_000;

	private final List<Paths> all = new ArrayList<>();
	private final LeadPlan plan;
	private long asked;

	Breaches(LeadPlan plan, long sample) {
		this.plan = plan;
		asked = sample;
		int near = plan.steps[plan.nearLeads - 1];
		int far = Arrays.stream(plan.steps).filter(steps -> steps * plan.step <= FARTHEST).max().orElse(near);
		all.add(new Paths(plan, near, NEAR_PARTS, near / NEAR_OPEN, NEAR_KEPT));
		if (far > near) {
			all.add(new Paths(plan, far, FAR_PARTS, far / FAR_PARTS, FAR_KEPT));
		}
	}

	/** Whether nobody has asked for a day. */
	boolean idle(long sample) {
		return (sample - asked) * plan.step > DAY;
	}

	/** Moves the open paths on by a sample that was measured. */
	void take(long sample, double value) {
		for (Paths paths : all) {
			paths.take(sample, value);
		}
	}

	/** Begins the paths that begin at a sample; the bands are asked for when there are any. */
	void issue(long sample, Supplier<Bands> bands) {
		Bands made = null;
		for (Paths paths : all) {
			if (paths.due(sample)) {
				made = made == null ? bands.get() : made;
				if (made != null) {
					paths.issue(sample, made);
				}
			}
		}
	}

	/** The probability that a limit is exceeded by a time. */
	BreachRisk risk(long sample, Bands bands, ToDoubleFunction<Instant> limit, Instant until) {
		asked = sample;
		long span = until.toEpochMilli() - bands.origin().toEpochMilli();
		Paths paths = all.getFirst();
		for (Paths longer : all) {
			paths = span > paths.reach() ? longer : paths;
		}
		return paths.probability(bands, limit, until);
	}

	/** How good they were. */
	List<IntervalQuality.Breach> report() {
		return all.stream().flatMap(paths -> paths.scores.report(plan.step).stream()).toList();
	}
}
