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
	private static final String NAME = "__name__";
	private static final String ESTATE = "estate";
	private static final String SUBJECT = "subject";
	private static final String METRIC = "metric";
	private static final String LEVEL = "level";
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
		List<Matcher> ofIds = matchers.stream().filter(matcher -> matcher.label().equals(SUBJECT) || matcher.label().equals(METRIC)).toList();
		List<Matcher> ofNames = matchers.stream().filter(matcher -> !ofIds.contains(matcher)).toList();
		boolean values = holds(ofNames, VALUE, "");
		double[] levels = Arrays.stream(LEVELS).filter(level -> holds(ofNames, FORECAST, Double.toString(level))).toArray();
		List<Key> found = new ArrayList<>();
		if (!values && levels.length == 0) {
			return found;
		}
		SeriesPages series = state.series();
		for (int slot = 0; slot < series.size(); slot++) {
			SeriesId id = series.id(slot);
			if (!holds(ofIds, id)) {
				continue;
			}
			if (values) {
				found.add(new Key(slot, Double.NaN, labels(VALUE, id)));
			}
			if (levels.length > 0 && series.forecast(slot).filter(Forecast::isPresent).isPresent()) {
				for (double level : levels) {
					SortedMap<String, String> labels = labels(FORECAST, id);
					labels.put(LEVEL, Double.toString(level));
					found.add(new Key(slot, level, labels));
				}
			}
		}
		return found;
	}

	/** Conditions on all labels that are no part of an id; those that no series has are empty. */
	private boolean holds(List<Matcher> matchers, String name, String level) {
		return matchers.stream().allMatch(matcher -> matcher.matches(switch (matcher.label()) {
		case NAME -> name;
		case ESTATE -> state.estate();
		case LEVEL -> level;
		default -> "";
		}));
	}

	private static boolean holds(List<Matcher> matchers, SeriesId id) {
		for (Matcher matcher : matchers) {
			if (!matcher.matches(matcher.label().equals(SUBJECT) ? id.subject() : id.metric())) {
				return false;
			}
		}
		return true;
	}

	private SortedMap<String, String> labels(String name, SeriesId id) {
		SortedMap<String, String> labels = new TreeMap<>();
		labels.put(NAME, name);
		labels.put(ESTATE, state.estate());
		labels.put(SUBJECT, id.subject());
		labels.put(METRIC, id.metric());
		return labels;
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
			long start = past.start().toEpochMilli();
			long apart = past.step().toMillis();
			for (int i = 0; i < past.length(); i++) {
				values.add(start + i * apart, past.values()[i]);
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
