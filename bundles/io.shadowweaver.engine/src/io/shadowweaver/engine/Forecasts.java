// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.model.Part;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.forecasting.BackTestReport;
import io.shadowweaver.forecasting.BackTestRequest;
import io.shadowweaver.forecasting.ForecastRule;
import io.shadowweaver.forecasting.Forecaster;

/** What an operator asks of and decides on an estate's forecasts. Any thread; nothing of it waits for the weave thread. */
public final class Forecasts {
	private static final String NOTHING_YET = "The estate has no history yet.";

	private final Supplier<Optional<Forecaster>> forecaster;
	private final Supplier<WeaverState> state;

	private final Supplier<List<ForecastRule>> rules;
	private final Consumer<List<ForecastRule>> change;

	Forecasts(Supplier<Optional<Forecaster>> forecaster, Supplier<WeaverState> state, Supplier<List<ForecastRule>> rules,
			Consumer<List<ForecastRule>> change) {
		this.forecaster = forecaster;
		this.state = state;
		this.rules = rules;
		this.change = change;
	}

	/**
	 * Judges models on the history of a series, on a worker.
	 *
	 * @param progress told of each candidate; cancelled, the answer is a {@link java.util.concurrent.CancellationException}
	 * @return what they reached, or why nothing could be judged
	 * @throws IllegalArgumentException when no lead is as long as the estate's step
	 */
	public CompletableFuture<BackTestReport> backTest(SeriesId id, BackTestRequest request, Progress progress) {
		Instant now = state.get().time();
		Duration step = state.get().step();
		return forecaster.get().map(open -> open.backTest(id, now, request, progress)).orElseGet(() -> CompletableFuture.completedFuture(
				new BackTestReport(id, step, List.of(), Series.empty(now, step, NOTHING_YET), List.of(), List.of(), NOTHING_YET)));
	}

	/**
	 * Takes the forecast of a series apart. Computes: call it in a job.
	 *
	 * @param leads positive, ascending, at most 90 days
	 * @return parts that add up to the median at every lead; empty when there is no forecast
	 */
	public List<Part> explain(SeriesId id, List<Duration> leads) {
		Instant now = state.get().time();
		return forecaster.get().map(open -> open.explain(id, now, leads)).orElse(List.of());
	}

	/**
	 * Trains series at once, on workers.
	 *
	 * @return completed with how many were trained
	 */
	public CompletableFuture<Integer> retrain(Collection<SeriesId> ids, Progress progress) {
		return forecaster.get().map(open -> open.retrain(ids, progress)).orElseGet(() -> CompletableFuture.completedFuture(0));
	}

	/**
	 * Pins the model of a series, or lets past errors or other rules choose again, and trains it, on a worker. It becomes a rule of the estate's
	 * configuration, and holds after a restart where that is kept.
	 *
	 * @param model the id of a model; empty for none
	 * @return completed when it is trained
	 * @throws IllegalArgumentException when there is no such model
	 * @throws IllegalStateException    before the first tick
	 */
	public CompletableFuture<Integer> pin(SeriesId id, Optional<String> model) {
		Forecaster open = forecaster.get().orElseThrow(() -> new IllegalStateException(NOTHING_YET));
		List<ForecastRule> before = rules.get();
		List<ForecastRule> changed = new ArrayList<>(before);
		changed.removeIf(rule -> rule.isPin(id));
		model.ifPresent(to -> changed.addFirst(ForecastRule.pin(id, to)));
		// the training that the pin begins asks for the rules
		change.accept(changed);
		try {
			return open.pin(id, model);
		} catch (IllegalArgumentException e) {
			change.accept(before);
			throw e;
		}
	}

	/** What is decided on forecasts, pins included. */
	public List<ForecastRule> rules() {
		return rules.get();
	}

	/**
	 * Replaces what is decided on forecasts, and trains the series for which that changes something, on workers. Horizons that no rule named before
	 * count from the next start on, when forecasts are made for them too.
	 *
	 * @param all pins included
	 * @return completed with how many were trained
	 */
	public CompletableFuture<Integer> rules(List<ForecastRule> all) {
		change.accept(List.copyOf(all));
		return forecaster.get().map(Forecaster::decided).orElseGet(() -> CompletableFuture.completedFuture(0));
	}

	/** The model that is pinned for a series; empty for none. */
	public Optional<String> pinned(SeriesId id) {
		return forecaster.get().flatMap(open -> open.pinned(id));
	}
}
