// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;
import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;

/** A history in memory of which as much can be read as has been replayed, and the forecaster over it. */
final class Memory implements SeriesReader {
	static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

	final Duration step;
	final Map<SeriesId, double[]> values = new HashMap<>();
	private List<SeriesId> ids = List.of();
	/** How many samples are known. */
	int known;

	Memory(Duration step) {
		this.step = step;
	}

	static SeriesId id(String name) {
		return new SeriesId(name, "requests");
	}

	Memory with(String name, double... of) {
		values.put(id(name), of);
		ids = List.copyOf(values.keySet().stream().sorted().toList());
		return this;
	}

	List<SeriesId> ids() {
		return ids;
	}

	Instant time(int i) {
		return START.plus(step.multipliedBy(i));
	}

	@Override
	public Series range(SeriesId id, Instant from, Instant to) {
		int first = (int) Math.max(0, Math.ceilDiv(from.toEpochMilli() - START.toEpochMilli(), step.toMillis()));
		int last = (int) Math.min(Math.min(known, values.get(id).length), Math.ceilDiv(to.toEpochMilli() - START.toEpochMilli(), step.toMillis()));
		if (last <= first) {
			return Series.empty(from, step, "There are no samples.");
		}
		return Series.of(time(first), step, Arrays.copyOfRange(values.get(id), first, last));
	}

	/** A forecaster whose series are registered. */
	Forecaster forecaster(List<Candidate> candidates, ForecastSettings settings, Executor workers) {
		Forecaster forecaster = new Forecaster(candidates, this, settings, workers);
		ids.forEach(id -> forecaster.register(id, Metric.REQUESTS));
		return forecaster;
	}

	/** Replays one sample of all series. */
	void tick(Forecaster forecaster, int i) {
		known = i + 1;
		double[] row = new double[ids.size()];
		for (int s = 0; s < row.length; s++) {
			double[] of = values.get(ids.get(s));
			row[s] = i < of.length ? of[i] : Double.NaN;
		}
		forecaster.observe(new Tick(time(i), ids, row), new BitSet());
	}

	/** The models of the product, by their classes' names, since their bundles export nothing. */
	static List<Candidate> product() {
		return List.of(candidate("naive", "baseline.Naive"), candidate("seasonal-naive", "baseline.SeasonalNaive"),
				candidate("drift", "baseline.Drift"), candidate("ets", "ets.Ets"), candidate("lags", "lags.Lags"),
				candidate("weekly", "baseline.Weekly"));
	}

	/** The model of a factory in the product, by the end of its name. */
	static Candidate candidate(String id, String name) {
		try {
			Object factory = Class.forName("io.shadowweaver.model." + name + "Factory").getDeclaredConstructor().newInstance();
			return new Candidate(id, (ForecastModelFactory) factory, none());
		} catch (ReflectiveOperationException e) {
			throw new IllegalStateException(e);
		}
	}

	static Settings none() {
		try {
			return Settings.of(List.of(), Map.of());
		} catch (PluginException e) {
			throw new IllegalStateException(e);
		}
	}
}
