// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import io.shadowweaver.api.alert.Threshold;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.state.WeaverState;

/**
 * One estate as the windows see it, wherever its engine runs. All methods may be called from any thread; those that say
 * 'blocks' belong in a Job.
 */
public interface EstateHandle {
	/** The id, unique among the estates. */
	String id();

	/** The name for the operator. */
	String name();

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

	/** What is known of a series' forecasts, one line each: model, seasons, skill, coverage, and why. Blocks. */
	List<String> quality(SeriesId id);

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
