// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.forecasting.Candidate;
import io.shadowweaver.forecasting.ForecastSettings;
import io.shadowweaver.forecasting.Forecaster;
import io.shadowweaver.forecasting.capacity.CapacityPolicy;

/**
 * The forecasts that a live forecaster would have made over a recorded series, each issued one lead before its step from nothing but
 * the samples up to then. Models are trained and chosen anew on the way, as in life.
 */
final class LiveForecasts {
	private static final long DAY = 86_400_000;
	private static final int REPORTS = 100;

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
	 * @param progress   told about a hundred times how much is done, asked at each step
	 * @return the forecasts
	 * @throws CancellationException when the progress is cancelled
	 */
	static LiveForecasts run(List<Candidate> candidates, SeriesId id, Metric metric, Series series, int lead, Progress progress) {
		float[] values = new float[series.length() * Levels.COUNT];
		Arrays.fill(values, Float.NaN);
		Known known = new Known(series);
		List<SeriesId> ids = List.of(id);
		BitSet observed = new BitSet();
		try (Forecaster forecaster = new Forecaster(candidates, known::range, settings(series.step(), lead), Runnable::run)) {
			forecaster.register(id, metric);
			int steps = series.length() - lead;
			int stride = Math.ceilDiv(steps, REPORTS);
			for (int now = 0; now < steps; now++) {
				if (progress.isCancelled()) {
					throw new CancellationException("The replay of " + id + " was cancelled.");
				}
				if (now % stride == 0) {
					progress.report((double) now / steps, "Forecasting " + id);
				}
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

	/**
	 * What our policy decides with these forecasts, each step from what was known one lead before it.
	 *
	 * @param demand  the series of which the forecasts are
	 * @param targets shares of violations
	 * @param unit    of capacity; 0 for none
	 * @return by target, one a step; the first steps, which nothing could be decided for, have the first capacity that was decided
	 */
	double[][] capacities(Series demand, double[] targets, double unit) {
		int length = demand.length();
		double[][] capacity = new double[targets.length][length];
		CapacityPolicy policy = new CapacityPolicy(targets, lead, (int) Math.max(1, DAY / demand.step().toMillis()), unit);
		double[] quantiles = new double[Levels.COUNT];
		for (int now = 0; now + lead < length; now++) {
			double[] decided = policy.next(demand.values()[now], at(now + lead, quantiles) ? quantiles : null);
			for (int target = 0; target < targets.length; target++) {
				capacity[target][now + lead] = decided[target];
			}
		}
		for (double[] row : capacity) {
			int first = lead;
			while (first < length - 1 && Double.isNaN(row[first])) {
				first++;
			}
			Arrays.fill(row, 0, first, Double.isNaN(row[first]) ? 0 : row[first]);
		}
		return capacity;
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
