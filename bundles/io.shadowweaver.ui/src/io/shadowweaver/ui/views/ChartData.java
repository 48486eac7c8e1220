// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.ui.core.EstateHandle;

/**
 * What was read for the chart.
 *
 * @param request what was asked for
 * @param history the observed part
 * @param path    the forecast over the whole horizon, where it could be asked for
 */
record ChartData(Request request, Series history, Optional<Bands> path) {
	private static final int POINTS = 900;
	private static final int LEADS = 48;

	/**
	 * What is asked for.
	 *
	 * @param estate  the id of the estate
	 * @param id      the series
	 * @param now     the estate's time
	 * @param step    the estate's step
	 * @param back    how far back
	 * @param horizon how far ahead
	 * @param path    whether a forecast is wanted
	 */
	record Request(String estate, SeriesId id, Instant now, Duration step, Duration back, Duration horizon, boolean path) {
		/** Whether another request shows the same but for the time, so that its data may stand in. */
		boolean sameView(Request other) {
			return other != null && estate.equals(other.estate) && id.equals(other.id) && back.equals(other.back) && horizon.equals(other.horizon)
					&& path == other.path;
		}

		/** The step of the history, so that there are not more points than pixels. */
		Duration historyStep() {
			long steps = Math.max(1, (back.toMillis() / POINTS + step.toMillis() - 1) / step.toMillis());
			return step.multipliedBy(steps);
		}

		/** Leads from one step to the horizon, denser at first. */
		List<Duration> leads() {
			List<Duration> leads = new ArrayList<>();
			long last = 0;
			for (int i = 1; i <= LEADS; i++) {
				double share = Math.pow(i / (double) LEADS, 1.6);
				long millis = Math.max(step.toMillis(), Math.round(horizon.toMillis() * share / step.toMillis()) * step.toMillis());
				if (millis > last) {
					leads.add(Duration.ofMillis(millis));
					last = millis;
				}
			}
			return leads;
		}
	}

	/** Reads it; blocks. */
	static ChartData read(EstateHandle estate, Request request) {
		Series history = estate.history(request.id, request.now.minus(request.back), request.now.plus(request.step), request.historyStep());
		Optional<Bands> path = request.path ? Optional.of(estate.path(request.id, request.leads())).flatMap(Forecast::bands) : Optional.empty();
		return new ChartData(request, history, path);
	}
}
