// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;
import io.shadowweaver.forecasting.Candidate;
import io.shadowweaver.forecasting.ForecastSettings;
import io.shadowweaver.forecasting.Forecaster;

/**
 * The forecasts that a live forecaster would have made over a recorded series, each issued one lead before its step from nothing but
 * the samples up to then. Models are trained and chosen anew on the way, as in life.
 */
final class LiveForecasts {
	private final int lead;
	private final float[] values;

	private LiveForecasts(int lead, float[] values) {
		this.lead = lead;
		this.values = values;
	}

	/**
	 * Runs a forecaster over a series.
	 *
	 * @param candidates the models to choose from
	 * @param id         the series
	 * @param metric     what it measures
	 * @param series     its values
	 * @param lead       in steps, at least 1
	 * @return the forecasts
	 */
	static LiveForecasts run(List<Candidate> candidates, SeriesId id, Metric metric, Series series, int lead) {
		float[] values = new float[series.length() * Levels.COUNT];
		Arrays.fill(values, Float.NaN);
		Known known = new Known(series);
		List<SeriesId> ids = List.of(id);
		BitSet observed = new BitSet();
		try (Forecaster forecaster = new Forecaster(candidates, known::range, settings(series.step(), lead), Runnable::run)) {
			forecaster.register(id, metric);
			for (int now = 0; now + lead < series.length(); now++) {
				known.until(now + 1);
				Instant time = series.time(now);
				forecaster.observe(new Tick(time, ids, new double[] { series.values()[now] }), observed);
				Forecast forecast = forecaster.forecast(ids, time).getFirst();
				if (forecast.isPresent()) {
					Bands bands = forecast.bands().orElseThrow();
					for (int level = 0; level < Levels.COUNT; level++) {
						values[(now + lead) * Levels.COUNT + level] = (float) bands.value(0, level);
					}
				}
			}
		}
		return new LiveForecasts(lead, values);
	}

	private static ForecastSettings settings(Duration step, int lead) {
		ForecastSettings usual = ForecastSettings.defaults(step);
		return new ForecastSettings(step, List.of(step.multipliedBy(lead)), usual.trainingSpan(), usual.retrainEvery(), Map.of(), usual.seed());
	}

	/** In steps. */
	int lead() {
		return lead;
	}

	/**
	 * Writes the quantiles of the forecast for a step.
	 *
	 * @param step the index of the step that was forecast
	 * @param into one value a level
	 * @return whether there was a forecast
	 */
	boolean at(int step, double[] into) {
		for (int level = 0; level < Levels.COUNT; level++) {
			into[level] = values[step * Levels.COUNT + level];
		}
		return !Double.isNaN(into[0]);
	}

	/** The part of a series that has been measured by now. */
	private static final class Known {
		private final Series all;
		private int length;

		Known(Series all) {
			this.all = all;
		}

		void until(int end) {
			length = end;
		}

		Series range(SeriesId id, Instant from, Instant to) {
			int first = Math.clamp(all.indexOf(from.plus(all.step()).minusMillis(1)), 0, length);
			int end = Math.clamp(all.indexOf(to.plus(all.step()).minusMillis(1)), 0, length);
			return first >= end ? Series.empty(from, all.step(), "no samples in this span")
					: Series.of(all.time(first), all.step(), Arrays.copyOfRange(all.values(), first, end));
		}
	}
}
