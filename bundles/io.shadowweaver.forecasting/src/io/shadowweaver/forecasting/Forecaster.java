// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;
import io.shadowweaver.api.plugin.Status;

/**
 * Forecasts the series of one estate. {@link #register}, {@link #observe}, {@link #historyChanged} and {@link #forecast} are for the
 * one weave thread; the rest may be called from any thread.
 */
public final class Forecaster implements AutoCloseable {
	/**
	 * @param candidates the models to choose from, in order of preference where they are equally good
	 * @param history    reads what was measured
	 * @param settings   what and how
	 * @param workers    runs trainings and model calls; {@code Runnable::run} makes everything synchronous
	 */
	public Forecaster(List<Candidate> candidates, SeriesReader history, ForecastSettings settings, Executor workers) {
	}

	/** Makes a series known; harmless when repeated. It is trained as soon as there is enough history. */
	public void register(SeriesId id, Metric metric) {
	}

	/**
	 * Takes the samples of an instant: scores the forecasts that were made for it, moves states on, schedules trainings.
	 *
	 * @param tick        the samples, already in history; series that are not registered are passed over
	 * @param lowerBounds bit i set: sample i is a lower bound (the resource was saturated), not an observation
	 */
	public void observe(Tick tick, BitSet lowerBounds) {
	}

	/** Older samples have arrived: these series are trained anew. */
	public void historyChanged(Collection<SeriesId> ids) {
	}

	/**
	 * Forecasts at the leads of the settings.
	 *
	 * @param ids which series
	 * @param now the estate's time
	 * @return one for each, in the same order; absent ones carry a reason and when there will be one
	 */
	public List<Forecast> forecast(Collection<SeriesId> ids, Instant now) {
		List<Forecast> all = new ArrayList<>();
		for (SeriesId id : ids) {
			all.add(Forecast.absent(id, now, "Not trained yet.", Optional.empty()));
		}
		return all;
	}

	/**
	 * Forecasts one series at any leads.
	 *
	 * @param id    the series
	 * @param now   the estate's time
	 * @param leads positive, ascending, at most 90 days
	 * @return the forecast, or why there is none
	 */
	public Forecast path(SeriesId id, Instant now, List<Duration> leads) {
		return Forecast.absent(id, now, "Not trained yet.", Optional.empty());
	}

	/** What is known of the forecasts of a series. */
	public Quality quality(SeriesId id) {
		return new Quality(id, "", "", Optional.empty(), Duration.ofMinutes(1), List.of(), 0, List.of(), List.of(), "Not trained yet.", "");
	}

	/** How each candidate model is doing, by its id. */
	public Map<String, Status> statuses() {
		return Map.of();
	}

	/**
	 * Writes all states, whole or not at all.
	 *
	 * @param file where to
	 * @throws IOException when it could not be written
	 */
	public void save(Path file) throws IOException {
	}

	/**
	 * Reads what {@link #save} wrote with the same step; series whose state does not fit any more are trained anew.
	 *
	 * @param file where from
	 * @throws IOException when it cannot be read or is no such file
	 */
	public void load(Path file) throws IOException {
	}

	@Override
	public void close() {
	}
}
