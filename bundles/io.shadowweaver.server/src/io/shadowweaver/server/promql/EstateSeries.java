// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.promql;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.state.SeriesPages;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.engine.Weaver;

/**
 * The series of an estate as Prometheus sees them: {@value #VALUE} is history up to the newest tick and the median of the forecast behind
 * it, {@value #FORECAST} is a quantile of the forecast, by its label {@code level}, and lies in the future alone.
 */
final class EstateSeries {
	static final String VALUE = "shadowweaver_value";
	static final String FORECAST = "shadowweaver_forecast_value";
	/** The levels that have series. */
	static final double[] LEVELS = { .1, .5, .9 };
	private static final long MOST_SAMPLES = 20_000_000;

	private final Weaver weaver;
	private final WeaverState state;

	EstateSeries(Weaver weaver) {
		this.weaver = weaver;
		state = weaver.state();
	}

	/** The time of the newest tick. */
	Instant now() {
		return state.time();
	}

	/** From one value to the next. */
	Duration step() {
		return state.step();
	}

	/** One series of Prometheus. */
	record Key(int slot, double level, SortedMap<String, String> labels) {
	}

	/** The series that fulfil all conditions. */
	List<Key> find(List<Matcher> matchers) {
		List<Key> found = new ArrayList<>();
		SeriesPages series = state.series();
		for (int slot = 0; slot < series.size(); slot++) {
			SeriesId id = series.id(slot);
			add(found, matchers, new Key(slot, Double.NaN, labels(VALUE, id)));
			if (series.forecast(slot).filter(Forecast::isPresent).isPresent()) {
				for (double level : LEVELS) {
					SortedMap<String, String> labels = labels(FORECAST, id);
					labels.put("level", Double.toString(level));
					add(found, matchers, new Key(slot, level, labels));
				}
			}
		}
		return found;
	}

	private SortedMap<String, String> labels(String name, SeriesId id) {
		SortedMap<String, String> labels = new TreeMap<>();
		labels.put("__name__", name);
		labels.put("estate", state.estate());
		labels.put("subject", id.subject());
		labels.put("metric", id.metric());
		return labels;
	}

	private static void add(List<Key> found, List<Matcher> matchers, Key key) {
		if (matchers.stream().allMatch(matcher -> matcher.matches(key.labels().getOrDefault(matcher.label(), "")))) {
			found.add(key);
		}
	}

	/**
	 * The values of a series.
	 *
	 * @param from exclusive, in milliseconds of the epoch
	 * @param to   inclusive
	 */
	Samples read(Key key, long from, long to) {
		long step = state.step().toMillis();
		if ((to - from) / step > MOST_SAMPLES) {
			throw PromException.cannot("the query would read more than " + MOST_SAMPLES + " values of a series");
		}
		Values values = new Values();
		long now = state.time().toEpochMilli();
		if (Double.isNaN(key.level()) && from < now) {
			Series past = weaver.history(state.series().id(key.slot()), Instant.ofEpochMilli(from + 1), Instant.ofEpochMilli(Math.min(to, now) + 1), state.step());
			for (int i = 0; i < past.length(); i++) {
				values.add(past.time(i).toEpochMilli(), past.values()[i]);
			}
		}
		double level = Double.isNaN(key.level()) ? .5 : key.level();
		state.series().forecast(key.slot()).flatMap(Forecast::bands).ifPresent(bands -> future(values, bands, level, Math.max(from, now), to, step));
		return new Samples(key.labels(), Arrays.copyOf(values.times, values.size), Arrays.copyOf(values.values, values.size));
	}

	private static void future(Values values, Bands bands, double level, long after, long to, long step) {
		long end = Math.min(to, bands.end().toEpochMilli());
		for (long time = Math.floorDiv(after, step) * step + step; time <= end; time += step) {
			values.add(time, bands.at(Instant.ofEpochMilli(time), level));
		}
	}

	private static final class Values {
		private long[] times = new long[64];
		private double[] values = new double[64];
		private int size;

		void add(long time, double value) {
			if (Double.isNaN(value)) {
				return;
			}
			if (size == times.length) {
				times = Arrays.copyOf(times, 2 * size);
				values = Arrays.copyOf(values, 2 * size);
			}
			times[size] = time;
			values[size++] = value;
		}
	}
}
