// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.promql;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
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
		/** Whether it is {@value EstateSeries#VALUE}. */
		boolean isValue() {
			return Double.isNaN(level);
		}
	}

	/** The series that fulfil all conditions. */
	List<Key> find(List<Matcher> matchers) {
		List<Matcher> ofIds = matchers.stream().filter(matcher -> matcher.label().equals(SUBJECT) || matcher.label().equals(METRIC)).sorted(Comparator.comparing(Matcher::isPattern)).toList();
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
		// no stream: it is asked of each series of the estate
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

	/** @throws PromException when a span is longer than is read of one series */
	void check(long from, long to) {
		if ((to - from) / state.step().toMillis() > MOST_SAMPLES) {
			throw PromException.cannot("the query would read more than " + MOST_SAMPLES + " values of a series");
		}
	}

	/**
	 * The values of some series, which are read together. Any thread.
	 *
	 * @param from exclusive, in milliseconds of the epoch
	 * @param to   inclusive
	 * @return one for each, in their order
	 */
	List<Samples> read(List<Key> keys, long from, long to) {
		long step = state.step().toMillis();
		long now = state.time().toEpochMilli();
		List<SeriesId> measured = from < now ? keys.stream().filter(Key::isValue).map(key -> state.series().id(key.slot())).toList() : List.of();
		Iterator<Series> past = measured.isEmpty() ? Collections.emptyIterator()
				: weaver.history(measured, Instant.ofEpochMilli(from + 1), Instant.ofEpochMilli(Math.min(to, now) + 1), state.step()).iterator();
		List<Samples> all = new ArrayList<>(keys.size());
		for (Key key : keys) {
			Values values = new Values();
			if (key.isValue() && past.hasNext()) {
				values.add(past.next());
			}
			double level = key.isValue() ? .5 : key.level();
			state.series().forecast(key.slot()).flatMap(Forecast::bands).ifPresent(bands -> future(values, bands, level, Math.max(from, now), to, step));
			all.add(values.samples());
		}
		return all;
	}

	private static void future(Values values, Bands bands, double level, long after, long to, long step) {
		long end = Math.min(to, bands.end().toEpochMilli());
		for (long time = Math.floorDiv(after, step) * step + step; time <= end; time += step) {
			values.add(time, bands.at(Instant.ofEpochMilli(time), level));
		}
	}

	/** Values by time, gaps left out. */
	private static final class Values {
		private long[] times = new long[0];
		private double[] values = new double[0];
		private int size;

		void add(Series series) {
			times = Arrays.copyOf(times, size + series.length());
			values = Arrays.copyOf(values, size + series.length());
			long time = series.start().toEpochMilli();
			long step = series.step().toMillis();
			for (double value : series.values()) {
				add(time, value);
				time += step;
			}
		}

		void add(long time, double value) {
			if (Double.isNaN(value)) {
				return;
			}
			if (size == times.length) {
				times = Arrays.copyOf(times, 2 * size + 16);
				values = Arrays.copyOf(values, 2 * size + 16);
			}
			times[size] = time;
			values[size++] = value;
		}

		Samples samples() {
			return new Samples(times, values, size);
		}
	}
}
