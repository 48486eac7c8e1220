// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import io.shadowweaver.api.alert.Threshold;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.model.Part;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.engine.Imagined;
import io.shadowweaver.engine.calendar.CalendarEntry;
import io.shadowweaver.engine.calendar.ImportOptions;
import io.shadowweaver.engine.whatif.Scenario;
import io.shadowweaver.engine.whatif.ScenarioException;
import io.shadowweaver.forecasting.BackTestReport;
import io.shadowweaver.forecasting.BackTestRequest;
import io.shadowweaver.forecasting.ForecastRule;
import io.shadowweaver.forecasting.Quality;
import io.shadowweaver.kit.state.Snapshot;
import io.shadowweaver.replay.RuleTrialResult;

/**
 * One estate as the windows see it, wherever its engine runs. All methods may be called from any thread; those that say
 * 'blocks' belong in a Job.
 */
public interface EstateHandle {
	/** The id, unique among the estates. */
	String id();

	/** The name for the operator. */
	String name();

	/** Where it runs, when that is not in this workbench. */
	default Optional<Attachment> attachment() {
		return Optional.empty();
	}

	/** What it was opened from, when that is a file: then its state stays as it is, and nothing can be commanded. */
	default Optional<Snapshot> snapshot() {
		return Optional.empty();
	}

	/** The newest state; never {@code null}. */
	WeaverState state();

	/**
	 * Calls back after each tick, on the engine's thread: the callback must return at once.
	 *
	 * @return closes the subscription
	 */
	AutoCloseable subscribe(Consumer<WeaverState> callback);

	/** The history of a series, rolled up to a step. Blocks on the disk. */
	Series history(SeriesId id, Instant from, Instant to, Duration step);

	/** A forecast at any leads up to 90 days. Blocks while it computes. */
	Forecast path(SeriesId id, List<Duration> leads);

	/**
	 * The newest state with forecasts and shadows that reach to a moment, farther than those of every tick. Blocks while it computes, seconds the first time.
	 *
	 * @param until up to 90 days ahead
	 * @throws IllegalStateException with a sentence, where it cannot be had
	 * @throws InterruptedException  while it computes
	 */
	WeaverState state(Instant until) throws InterruptedException;

	/**
	 * Solves a scenario from the newest tick. Blocks while it computes.
	 *
	 * @throws ScenarioException     naming the change that does not fit the estate, and why
	 * @throws IllegalStateException with a sentence, while there is nothing yet to start from
	 * @throws InterruptedException  while it waits for the tick
	 */
	Imagined imagine(Scenario scenario) throws ScenarioException, InterruptedException;

	/**
	 * The same, ended before its time where it is not wanted any more and that can be noticed.
	 *
	 * @param cancelled asked again and again
	 * @throws java.util.concurrent.CancellationException where it was ended
	 */
	default Imagined imagine(Scenario scenario, BooleanSupplier cancelled) throws ScenarioException, InterruptedException {
		return imagine(scenario);
	}

	/**
	 * Makes ready to {@link #sketch}. Blocks while it computes.
	 *
	 * @throws IllegalStateException with a sentence, while there is nothing yet to start from
	 * @throws InterruptedException  while it waits for the tick
	 */
	default void prepare() throws InterruptedException {
		// an estate elsewhere is not sketched
	}

	/**
	 * Solves a scenario roughly, in milliseconds, from the newest tick for which that was made ready.
	 *
	 * @param metric of members
	 * @return empty where nothing was made ready, or the estate is elsewhere and is solved exactly alone
	 * @throws ScenarioException naming the change that does not fit the estate, and why
	 */
	default Optional<Imagined> sketch(Scenario scenario, String metric) throws ScenarioException {
		return Optional.empty();
	}

	/** What is known of a series' forecasts; empty before the estate's first tick. Waits for a lock: not on the UI thread. */
	Optional<Quality> quality(SeriesId id);

	/**
	 * Judges models on the history of a series by rolling origin. Blocks while it computes, for seconds and more.
	 *
	 * @param progress reports and may cancel
	 * @return what they reached, or why nothing could be judged
	 */
	BackTestReport backTest(SeriesId id, BackTestRequest request, Progress progress);

	/**
	 * Takes the forecast of a series apart. Blocks while it computes.
	 *
	 * @return parts that add up to the median at every lead; empty where the model cannot tell, or there is no forecast
	 */
	List<Part> explain(SeriesId id, List<Duration> leads);

	/**
	 * Trains series at once. Blocks until it is done or cancelled.
	 *
	 * @param progress reports and may cancel
	 * @return how many were trained
	 */
	int retrain(Collection<SeriesId> ids, Progress progress);

	/**
	 * Pins the model of a series, or lets past errors choose it again; keeps that, and trains the series. Blocks until it is trained.
	 *
	 * @param model the id of a model; empty for none
	 */
	void pin(SeriesId id, Optional<String> model);

	/** What is decided on forecasts, pins included. */
	List<ForecastRule> forecastRules();

	/**
	 * Replaces what is decided on forecasts, keeps it, and trains the series for which that changes something. Blocks until they are trained.
	 *
	 * @throws IllegalStateException with a sentence, where it could not be kept
	 */
	void forecastRules(List<ForecastRule> rules);

	/** The model that is pinned for a series; empty for none. */
	Optional<String> pinned(SeriesId id);

	/**
	 * Tries a rule on the past of a group's demand, beside the capacity that was there. Blocks while it reads and computes, for seconds and more.
	 *
	 * @param demand   a series that the group is scaled on
	 * @param rule     how; a unit of 0 stands for what one member carries at its safe utilisation
	 * @param back     how much of the past, positive
	 * @param progress reports and may cancel
	 * @return how it would have acted, or in the cause of its demand why it cannot be tried
	 * @throws IllegalStateException with a sentence, where the group is not scaled on that
	 */
	RuleTrialResult tryRule(SeriesId demand, RuleTrialResult.Rule rule, Duration back, Progress progress);

	/** The operator's calendar; what sources have told is in the state. */
	List<CalendarEntry> calendar();

	/** Enters events into the calendar, all or none; an entry of an id that is there is replaced. Blocks on the disk. */
	void addToCalendar(Collection<CalendarEntry> entries);

	/** Removes entries of the calendar, all or none. Blocks on the disk. */
	void removeFromCalendar(Collection<String> ids);

	/**
	 * Enters what iCalendar files hold, all or nothing of them. Blocks on the disk.
	 *
	 * @param options what is taken for what they do not say
	 * @return how many entries there were
	 * @throws IllegalStateException naming file, line and property of what is wrong
	 */
	int importCalendar(List<Path> files, ImportOptions options);

	/** Somebody has seen an alert. */
	void acknowledge(String alert, String person);

	/** Somebody approves a plan. */
	void approve(String plan, String person);

	/** Somebody rejects a plan. */
	void reject(String plan, String person);

	/** Cancels an intent that was not called yet, by its token. */
	void cancel(String token, String person);

	/** Stops all new calls, or allows them again. */
	void killSwitch(boolean on, String person);

	/** What is seen of and decided on its automation. */
	AutomationHandle automation();

	/** Sets how far automation may go for a group, and keeps it. Blocks on the disk. */
	void mode(String group, Mode mode);

	/** Replaces the thresholds, and keeps them. Blocks on the disk. */
	void thresholds(List<Threshold> thresholds);

	/** Whether it lives in a time of its own, so that its speed can be chosen. */
	boolean ownTime();

	/** How fast its clock runs, estate seconds a real second; 1 is real time. */
	double speed();

	/**
	 * Sets the speed, and keeps it. Blocks on the disk.
	 *
	 * @throws IllegalStateException with a sentence, when it lives in real time
	 */
	void speed(double factor);
}
