// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.state.SeriesPages;
import io.shadowweaver.forecasting.Forecaster;

/**
 * Decides which forecasts are renewed at a tick. What a group is scaled on is renewed at every tick, on a dense grid; the rest
 * in turn, so that the load is flat. In a large estate the rest has the standard leads only.
 */
final class ForecastBook {
	/** Up to here every series has the dense grid. */
	private static final int SMALL = 600;
	/** The rest is renewed within this many ticks. */
	private static final int TURNS = 5;

	private final Forecaster forecaster;
	private final List<Duration> dense;
	private long turn;

	ForecastBook(Forecaster forecaster, Duration step) {
		this.forecaster = forecaster;
		this.dense = denseLeads(step);
	}

	/** Every 5 minutes to an hour, every 15 to six hours, every 30 to a day; 48 steps where the step is longer than 30 minutes. */
	static List<Duration> denseLeads(Duration step) {
		List<Duration> leads = new ArrayList<>();
		if (step.compareTo(Duration.ofMinutes(30)) > 0) {
			for (int i = 1; i <= 48; i++) {
				leads.add(step.multipliedBy(i));
			}
			return leads;
		}
		for (int minutes = 5; minutes <= 1440; minutes += minutes < 60 ? 5 : minutes < 360 ? 15 : 30) {
			if (Duration.ofMinutes(minutes).toMillis() >= step.toMillis()) {
				leads.add(Duration.ofMinutes(minutes));
			}
		}
		return leads;
	}

	/**
	 * Renews forecasts.
	 *
	 * @param builder  takes them
	 * @param before   the series of the last state
	 * @param always   what is renewed at every tick
	 * @param every    all series
	 * @param all      whether all are renewed at once
	 * @param now      the estate's time
	 */
	void renew(SeriesPages.Builder builder, SeriesPages before, List<SeriesId> always, List<SeriesId> every, boolean all,
			Instant now) {
		for (SeriesId id : always) {
			builder.forecast(builder.slot(id), forecaster.path(id, now, dense));
		}
		List<SeriesId> due = new ArrayList<>();
		for (SeriesId id : every) {
			int slot = builder.slot(id);
			if (all || slot % TURNS == turn % TURNS || before.slot(id) < 0) {
				due.add(id);
			}
		}
		turn++;
		due.removeAll(new java.util.HashSet<>(always));
		if (every.size() <= SMALL) {
			for (SeriesId id : due) {
				builder.forecast(builder.slot(id), forecaster.path(id, now, dense));
			}
		} else {
			for (Forecast forecast : forecaster.forecast(due, now)) {
				builder.forecast(builder.slot(forecast.series()), forecast);
			}
		}
	}
}
