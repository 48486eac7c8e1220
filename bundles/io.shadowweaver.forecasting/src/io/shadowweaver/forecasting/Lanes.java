// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;

/** The lanes of all metrics, filled one after the other. Under the forecaster's lock. */
final class Lanes {
	private static final int CLOSING_SECONDS = 20;

	private final List<Candidate> candidates;
	private final LeadPlan plan;
	private final Executor workers;
	private final Lane.Listener listener;
	private final Cohorts cohorts;
	private final CauseBook causes;
	private final Map<String, List<Lane>> byMetric = new HashMap<>();
	private final Map<String, Integer> filled = new HashMap<>();

	Lanes(List<Candidate> candidates, LeadPlan plan, Executor workers, Lane.Listener listener, Cohorts cohorts, CauseBook causes) {
		this.candidates = candidates;
		this.plan = plan;
		this.workers = workers;
		this.listener = listener;
		this.cohorts = cohorts;
		this.causes = causes;
	}

	/** Gives a new series the next slot of its metric. */
	Track place(SeriesId id, Metric metric) {
		List<Lane> lanes = byMetric.computeIfAbsent(metric.id(), key -> new ArrayList<>());
		int number = filled.merge(metric.id(), 1, Integer::sum) - 1;
		if (number / Lane.SLOTS == lanes.size()) {
			lanes.add(new Lane(candidates, plan, workers, listener, cohorts, causes, metric.id(), lanes.size()));
		}
		return new Track(id, metric, plan, lanes.get(number / Lane.SLOTS), number % Lane.SLOTS);
	}

	List<Lane> of(String metric) {
		return byMetric.getOrDefault(metric, List.of());
	}

	/** Ends lanes, and waits for that a little. */
	static void end(List<Lane> lanes) {
		for (CompletableFuture<Boolean> end : lanes.stream().map(Lane::end).toList()) {
			try {
				end.get(CLOSING_SECONDS, TimeUnit.SECONDS);
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
			} catch (ExecutionException | TimeoutException e) {
				System.getLogger(Lanes.class.getName()).log(System.Logger.Level.WARNING, "A model did not end in time.", e);
			}
		}
	}

	List<Lane> all() {
		return byMetric.values().stream().flatMap(List::stream).toList();
	}
}
