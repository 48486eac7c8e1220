// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

import io.shadowweaver.api.model.ModelNeeds;

/**
 * What a series gets as its history grows: first its last level, then the models that need least, then those that need more, a day's pattern
 * after two days and a week's after two weeks. What is installed, and what it needs, decides.
 */
final class Ladder {
	private static final Duration DAY = Duration.ofDays(1);
	/** A season has to be seen so often. */
	private static final int SEEN = 2;
	/** Shorter seasons than so many steps are none. */
	private static final int SHORTEST = 4;

	private final List<Candidate> candidates;
	private final LeadPlan plan;

	Ladder(List<Candidate> candidates, LeadPlan plan) {
		this.candidates = candidates;
		this.plan = plan;
	}

	/** The next step of a series; empty when its history is long enough for everything. */
	Optional<Quality.Step> next(Past past) {
		if (past.coarse.length == 0) {
			return Optional.empty();
		}
		TreeMap<Long, String> steps = new TreeMap<>();
		int gaps = past.coarse.length - past.blocks();
		for (Candidate candidate : candidates) {
			ModelNeeds needs = candidate.factory().needs();
			long train = needs.minSeasons() > 0 && !past.seasons.isEmpty()
					? Math.max(needs.minSamples(), (long) needs.minSeasons() * past.seasons.getFirst())
					: needs.minSamples();
			long whole = Math.max(Trainer.LEAST_BLOCKS, BackTest.withTest(train)) + gaps;
			steps.merge(whole, candidate.id(), (some, more) -> some + ", " + more);
		}
		Optional<Quality.Step> models = Optional.ofNullable(steps.higherEntry((long) past.coarse.length)).map(step -> new Quality.Step(
				"More models (" + step.getValue() + "): they need " + step.getKey() + " steps of " + Trainer.text(plan.blockDuration()) + ".",
				at(past, step.getKey() * plan.block)));
		Optional<Quality.Step> day = season(past, DAY, "A daily pattern: it needs two days.");
		Optional<Quality.Step> week = season(past, DAY.multipliedBy(7), "A weekly pattern: it needs two weeks.");
		Optional<Quality.Step> season = day.or(() -> week);
		return models.isPresent() && (season.isEmpty() || models.get().at().isBefore(season.get().at())) ? models : season;
	}

	private Optional<Quality.Step> season(Past past, Duration period, String sentence) {
		long needed = SEEN * period.toMillis();
		boolean there = past.coarse.length * plan.block >= needed;
		return there || period.toMillis() < SHORTEST * plan.block ? Optional.empty() : Optional.of(new Quality.Step(sentence, at(past, needed)));
	}

	private Instant at(Past past, long millis) {
		return Instant.ofEpochMilli(past.firstBlock * plan.block + millis);
	}
}
