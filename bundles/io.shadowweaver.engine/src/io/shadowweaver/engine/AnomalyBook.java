// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import io.shadowweaver.anomalies.AnomalyDetector;
import io.shadowweaver.anomalies.ForecastDetector;
import io.shadowweaver.api.forecast.Anomaly;
import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;
import io.shadowweaver.api.state.SeriesPages;
import io.shadowweaver.forecasting.SeriesReader;
import io.shadowweaver.history.HistoryException;

/**
 * Scores what comes in and what is forecast, behind the weave thread: it hands rows over and takes what was found, and waits
 * for nothing. Watched are all series of a small estate; of a large one what groups are scaled on, and what thresholds look
 * at, as far as there is room. A detector begins with the newest history of its series, so that a restart costs some
 * milliseconds a series and forgets nothing that matters.
 */
final class AnomalyBook {
	private static final Logger LOG = System.getLogger(AnomalyBook.class.getName());
	/** Up to so many series of resources are watched: all of a small estate. */
	private static final int RESOURCES = 600;
	/** Up to so many series of groups are watched. */
	private static final int GROUPS = 1000;
	/** What a detector begins with, in samples: a day of minutes and more. */
	private static final int BEGIN = 2000;
	/** Rows that may wait. When scoring is slower than that, rows are left out. */
	private static final int WAITING = 500;
	/** What differs by less than this share from what was expected is nothing to look at, however rare: a disk that grew by a thousandth. */
	private static final double LEAST = .01;
	private static final Duration RECENT = Duration.ofHours(24);
	private static final int AT_MOST = 1000;
	private static final Duration FORECASTS_EVERY = Duration.ofMinutes(15);
	/** A series that was silent for so long is given up. */
	private static final Duration SILENT = Duration.ofDays(1);

	private static final class Watched {
		private AnomalyDetector values;
		private ForecastDetector forecasts;
		private long last;
	}

	private final Duration step;
	private final SeriesReader history;
	private final Predicate<SeriesId> scope;
	private final Executor worker;
	private final AtomicInteger waiting = new AtomicInteger();
	private final AtomicInteger left = new AtomicInteger();
	/** The worker's. */
	private final Map<SeriesId, Watched> watched = new HashMap<>();
	private int resources;
	private long tidied;
	private volatile Set<String> metrics = Set.of();
	private volatile List<Anomaly> found = List.of();
	private Instant forecastsAt = Instant.MIN;

	/**
	 * @param step    of the estate
	 * @param history where a detector begins
	 * @param scope   which series may be watched; any thread
	 * @param worker  scores, one task after the other
	 */
	AnomalyBook(Duration step, SeriesReader history, Predicate<SeriesId> scope, Executor worker) {
		this.step = step;
		this.history = history;
		this.scope = scope;
		this.worker = worker;
	}

	/** The metrics that thresholds look at: they come first where there is no room for all. */
	void metrics(Set<String> newMetrics) {
		metrics = Set.copyOf(newMetrics);
	}

	/** What is unusual of the last 24 hours, newest first. */
	List<Anomaly> recent(Instant now) {
		List<Anomaly> all = found;
		Instant from = now.minus(RECENT);
		return all.isEmpty() || !all.getLast().time().isBefore(from) ? all : all.stream().filter(one -> !one.time().isBefore(from)).toList();
	}

	/** How many rows were left out because scoring was slower than they came, since it last had caught up. */
	int left() {
		return left.get();
	}

	/** Hands a row over; neither its list nor its array may change any more. */
	void observe(Tick row) {
		if (!handOver(() -> score(row))) {
			left.incrementAndGet();
		}
	}

	/** Hands the forecasts of a state over, once in a quarter of an hour; later where too much waits. */
	void forecasts(SeriesPages series, Instant now) {
		if (!now.isBefore(forecastsAt) && handOver(() -> score(series))) {
			forecastsAt = now.plus(FORECASTS_EVERY);
		}
	}

	/** Queues work; false when too much waits. */
	private boolean handOver(Runnable work) {
		if (waiting.get() >= WAITING) {
			return false;
		}
		waiting.incrementAndGet();
		worker.execute(() -> {
			try {
				work.run();
			} finally {
				if (waiting.decrementAndGet() == 0) {
					left.set(0);
				}
			}
		});
		return true;
	}

	/** The past of these series has changed: their detectors begin anew. */
	void historyChanged(Collection<SeriesId> series) {
		List<SeriesId> copy = List.copyOf(series);
		worker.execute(() -> copy.forEach(id -> {
			Watched known = watched.get(id);
			if (known != null) {
				known.values = null;
			}
		}));
	}

	private void score(Tick row) {
		List<Anomaly> unusual = new ArrayList<>();
		long time = row.time().toEpochMilli();
		boolean small = row.series().size() <= RESOURCES;
		for (int i = 0; i < row.values().length && !Thread.currentThread().isInterrupted(); i++) {
			SeriesId id = row.series().get(i);
			if (Double.isNaN(row.values()[i])) {
				continue;
			}
			Watched known = watched.get(id);
			Watched one = known == null ? admit(id, small) : known;
			if (one != null) {
				double value = row.values()[i];
				alone(id, () -> score(id, one, row.time(), value, unusual));
			}
		}
		tidy(time);
		publish(unusual);
	}

	private void score(SeriesId id, Watched one, Instant time, double value, List<Anomaly> unusual) {
		if (one.values == null) {
			begin(id, one, time, unusual);
		}
		if (time.toEpochMilli() > one.last) {
			one.last = time.toEpochMilli();
			add(id, time, value, one.values.observe(one.last, value), unusual);
		}
	}

	/** Does what is to be done of one series; a fault there stops no other. */
	private static void alone(SeriesId id, Runnable work) {
		try {
			work.run();
		} catch (RuntimeException e) {
			LOG.log(Level.DEBUG, () -> id + " could not be scored", e);
		}
	}

	/** Makes room for a series, or answers null. */
	private Watched admit(SeriesId id, boolean small) {
		boolean wanted = id.isGroup() ? watched.size() - resources < GROUPS : resources < RESOURCES && (small || metrics.contains(id.metric()));
		if (!wanted || !scope.test(id)) {
			return null;
		}
		resources += id.isGroup() ? 0 : 1;
		Watched one = new Watched();
		watched.put(id, one);
		return one;
	}

	private static long seed(SeriesId id) {
		return id.toString().hashCode();
	}

	private void begin(SeriesId id, Watched one, Instant before, List<Anomaly> unusual) {
		one.values = new AnomalyDetector(seed(id));
		one.last = Long.MIN_VALUE;
		Series past;
		try {
			past = history.range(id, before.minus(step.multipliedBy(BEGIN)), before);
		} catch (HistoryException e) {
			past = Series.empty(before, step, e.getMessage());
		}
		Instant recent = before.minus(RECENT);
		for (int i = 0; i < past.length(); i++) {
			Instant time = past.time(i);
			AnomalyDetector.Finding finding = one.values.observe(time.toEpochMilli(), past.values()[i]);
			if (!Double.isNaN(past.values()[i])) {
				one.last = time.toEpochMilli();
			}
			if (!time.isBefore(recent)) {
				add(id, time, past.values()[i], finding, unusual);
			}
		}
	}

	private static void add(SeriesId id, Instant time, double value, AnomalyDetector.Finding finding, List<Anomaly> unusual) {
		boolean matters = !(Math.abs(value - finding.expected()) < LEAST * Math.abs(finding.expected()));
		if (matters && finding.score() >= AnomalyDetector.THRESHOLD) {
			unusual.add(new Anomaly(id, time, Anomaly.Kind.VALUE, value, finding.expected(), finding.score(), finding.reason()));
		}
	}

	private void score(SeriesPages series) {
		List<Anomaly> unusual = new ArrayList<>();
		watched.forEach((id, one) -> series.forecast(id).flatMap(Forecast::bands).ifPresent(bands -> alone(id, () -> score(id, one, bands, unusual))));
		publish(unusual);
	}

	private static void score(SeriesId id, Watched one, Bands bands, List<Anomaly> unusual) {
		if (one.forecasts == null) {
			one.forecasts = new ForecastDetector(seed(id));
		}
		one.forecasts.observe(bands).filter(finding -> finding.score() >= AnomalyDetector.THRESHOLD)
				.ifPresent(finding -> unusual.add(new Anomaly(id, bands.origin(), Anomaly.Kind.FORECAST, finding.value(), finding.expected(),
						finding.score(), finding.reason() + " It departs most for " + bands.origin().plus(finding.lead()) + ".")));
	}

	/** Gives up series that are silent, now and then. */
	private void tidy(long time) {
		if (time - tidied < SILENT.toMillis() / 24) {
			return;
		}
		tidied = time;
		watched.entrySet().removeIf(entry -> {
			boolean silent = entry.getValue().last < time - SILENT.toMillis();
			resources -= silent && !entry.getKey().isGroup() ? 1 : 0;
			return silent;
		});
	}

	private void publish(List<Anomaly> unusual) {
		if (unusual.isEmpty()) {
			return;
		}
		Map<String, Anomaly> merged = new HashMap<>();
		// a detector that begins anew finds again what is there
		found.forEach(one -> merged.put(one.series() + " " + one.time() + one.kind(), one));
		unusual.forEach(one -> merged.put(one.series() + " " + one.time() + one.kind(), one));
		List<Anomaly> sorted = new ArrayList<>(merged.values());
		sorted.sort(Comparator.comparing(Anomaly::time).reversed().thenComparing(Anomaly::series).thenComparing(Anomaly::kind));
		Instant from = sorted.getFirst().time().minus(RECENT);
		found = sorted.stream().filter(one -> !one.time().isBefore(from)).limit(AT_MOST).toList();
	}
}
