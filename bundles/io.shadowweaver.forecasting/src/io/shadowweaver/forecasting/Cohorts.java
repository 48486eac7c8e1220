// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.model.CohortModel;
import io.shadowweaver.api.model.ForecastModel;
import io.shadowweaver.api.model.ModelNeeds;
import io.shadowweaver.api.model.TrainingSeries;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Progress;

/**
 * Trains the models whose parameters all series of a metric share: the first time when the series of the metric have been trained, then as often as series are, on a sample
 * of the series that have enough history, from the parameters that there are. So that judging them is honest, the first training ends before what a back-test on request tests, goes on to
 * what trainings test, and only then to the present; the parameters of each stage are kept. {@link #due} is for the forecaster's lock, the rest for any thread.
 */
final class Cohorts {
	/** A training reads so many series at most. */
	static final int MOST_SERIES = 200;
	private static final Logger LOG = System.getLogger(Cohorts.class.getName());

	/** What becomes of a training. */
	interface Listener {
		/**
		 * There are new parameters; called by a worker.
		 *
		 * @param first  whether there were none before
		 * @param series of how many series
		 */
		void learned(String metric, int candidate, boolean first, int series);
	}

	private record Key(String metric, int candidate) {
	}

	private final List<Candidate> candidates;
	private final SeriesReader history;
	private final ForecastSettings settings;
	private final LeadPlan plan;
	private final Tailor tailor;
	private final Costs costs;
	private final Executor workers;
	private final Lane.Listener health;
	private final Listener listener;
	private final BooleanSupplier closed;
	private final Map<Integer, Boolean> shared = new ConcurrentHashMap<>();
	private final Map<Key, Cohort> cohorts = new ConcurrentHashMap<>();
	/** When a cohort is trained next, in milliseconds; under the forecaster's lock. */
	private final Map<Key, Long> next = new HashMap<>();
	private Instant lookAt = Instant.EPOCH;

	Cohorts(List<Candidate> candidates, SeriesReader history, ForecastSettings settings, LeadPlan plan, Tailor tailor, Costs costs, Executor workers,
			Lane.Listener health, Listener listener, BooleanSupplier closed) {
		this.candidates = candidates;
		this.history = history;
		this.settings = settings;
		this.plan = plan;
		this.tailor = tailor;
		this.costs = costs;
		this.workers = workers;
		this.health = health;
		this.listener = listener;
		this.closed = closed;
	}

	/** Whether a candidate shares its parameters; found out with the first instance. A worker's thread: it may load a library. */
	boolean isShared(int candidate) {
		return shared.computeIfAbsent(candidate, index -> {
			Candidate of = candidates.get(index);
			try (ForecastModel model = of.factory().create(of.settings())) {
				return model instanceof CohortModel;
			} catch (PluginException | RuntimeException | LinkageError e) {
				// whoever makes the next instance says why it cannot be made
				return false;
			}
		});
	}

	/** The history of a series up to a block, for the slot of its lane; {@code null} when there is not enough. */
	TrainingSeries history(int candidate, Track track, long end) {
		Past past = Trainer.read(history, settings, plan, tailor, track.id, end);
		if (past.transform != track.lane.transform(track.slot)) {
			return null;
		}
		ModelNeeds needs = candidates.get(candidate).factory().needs();
		return Trainer.lacking(needs, past, past.coarse.length).isEmpty() ? Trainer.training(past, track.slot, needs, past.coarse.length) : null;
	}

	Cohort of(String metric, int candidate) {
		return cohorts.computeIfAbsent(new Key(metric, candidate), key -> new Cohort());
	}

	/** Starts the trainings that are due of metrics whose series have been trained. */
	Cohorts due(Collection<Track> tracks, Instant now) {
		if (now.isBefore(lookAt)) {
			return this;
		}
		lookAt = now.plusMillis(plan.block);
		int[] sharing = IntStream.range(0, candidates.size()).filter(candidate -> !Boolean.FALSE.equals(shared.get(candidate))).toArray();
		if (sharing.length == 0) {
			return this;
		}
		Map<String, List<SeriesId>> byMetric = new LinkedHashMap<>();
		for (Track track : tracks) {
			// also those that have no model: they may have one then
			if (track.choice != null) {
				byMetric.computeIfAbsent(track.metric.id(), metric -> new ArrayList<>()).add(track.id);
			}
		}
		byMetric.forEach((metric, series) -> {
			for (int candidate : sharing) {
				due(new Key(metric, candidate), series, now);
			}
		});
		return this;
	}

	/** Whether any metric has parameters that its series share. */
	boolean isThere() {
		return cohorts.values().stream().anyMatch(cohort -> cohort.newest().isPresent());
	}

	private void due(Key key, List<SeriesId> series, Instant now) {
		if (now.toEpochMilli() < next.getOrDefault(key, Long.MIN_VALUE)) {
			return;
		}
		next.put(key, now.toEpochMilli() + settings.retrainEvery().toMillis());
		List<SeriesId> sample = sample(series);
		workers.execute(() -> {
			if (!closed.getAsBoolean() && isShared(key.candidate)) {
				train(key, sample, now);
			}
		});
	}

	/** Scaling groups, then the others evenly. */
	private static List<SeriesId> sample(List<SeriesId> series) {
		if (series.size() <= MOST_SERIES) {
			return List.copyOf(series);
		}
		List<SeriesId> sample = new ArrayList<>(series.stream().filter(SeriesId::isGroup).limit(MOST_SERIES / 2).toList());
		List<SeriesId> others = series.stream().filter(id -> !id.isGroup()).toList();
		int wanted = Math.min(MOST_SERIES - sample.size(), others.size());
		for (int i = 0; i < wanted; i++) {
			sample.add(others.get((int) ((long) i * others.size() / wanted)));
		}
		return sample;
	}

	private void train(Key key, List<SeriesId> ids, Instant now) {
		ModelNeeds needs = candidates.get(key.candidate).factory().needs();
		long end = Math.floorDiv(now.toEpochMilli() + plan.step, plan.block) - 1;
		List<Past> pasts = new ArrayList<>();
		int test = 0;
		int request = 0;
		for (SeriesId id : ids) {
			Past past = Trainer.read(history, settings, plan, tailor, id, end);
			int part = past.isConstant() || !past.fits() ? 0 : BackTest.testPart(plan, past);
			if (part > 0 && Trainer.lacking(needs, past, past.coarse.length - part).isEmpty()) {
				pasts.add(past);
				test = Math.max(test, part);
				request = Math.max(request, BackTest.requestPart(plan, past));
			}
		}
		if (pasts.isEmpty() || closed.getAsBoolean()) {
			return;
		}
		Cohort cohort = of(key.metric, key.candidate);
		boolean first = cohort.newest().isEmpty();
		long from = Costs.now();
		try (CohortModel model = (CohortModel) candidates.get(key.candidate).factory().create(candidates.get(key.candidate).settings())) {
			if (first) {
				train(model, needs, pasts, request, cohort, end);
				train(model, needs, pasts, test, cohort, end);
			} else {
				cohort.newest().get().into(model);
			}
			int trained = train(model, needs, pasts, 0, cohort, end);
			costs.add(key.candidate, pasts.size(), pasts.stream().mapToLong(past -> past.coarse.length).sum(), Costs.now() - from, now);
			if (trained > 0) {
				health.health(key.candidate, false, "");
				listener.learned(key.metric, key.candidate, first, trained);
			}
		} catch (PluginException | IOException | RuntimeException e) {
			LOG.log(Level.WARNING, candidates.get(key.candidate).id() + " has not learned from the series of " + key.metric, e);
			health.health(key.candidate, false, "It has not learned from the series of " + key.metric + ": " + e.getMessage());
		}
	}

	/** Trains on all but the last blocks and keeps the parameters; gives how many series it could use. */
	private int train(CohortModel model, ModelNeeds needs, List<Past> pasts, int without, Cohort cohort, long end) throws PluginException, IOException {
		List<TrainingSeries> series = new ArrayList<>();
		for (Past past : pasts) {
			int until = past.coarse.length - without;
			if (Trainer.lacking(needs, past, until).isEmpty()) {
				series.add(Trainer.training(past, series.size(), needs, until));
			}
		}
		if (series.isEmpty()) {
			return 0;
		}
		int refused = model.train(series, new Progress() {
			@Override
			public void report(double fraction, String what) {
				// nobody watches; the cost is reported at the end
			}

			@Override
			public boolean isCancelled() {
				return closed.getAsBoolean();
			}
		}).size();
		if (closed.getAsBoolean() || refused == series.size()) {
			return 0;
		}
		cohort.add(Cohort.Snapshot.of(model, Instant.ofEpochMilli((end + 1 - without) * plan.block)));
		return series.size() - refused;
	}

	/** The parameters of all cohorts, by metric, then by candidate with its version. */
	Map<String, Map<String, List<Cohort.Snapshot>>> all() {
		Map<String, Map<String, List<Cohort.Snapshot>>> all = new LinkedHashMap<>();
		cohorts.forEach((key, cohort) -> {
			if (cohort.newest().isPresent()) {
				all.computeIfAbsent(key.metric, metric -> new LinkedHashMap<>()).put(candidates.get(key.candidate).versioned(), cohort.all());
			}
		});
		return all;
	}

	/** Takes what {@link #all} gave, of candidates that are there in the same version; under the forecaster's lock. */
	void restore(Map<String, Map<String, List<Cohort.Snapshot>>> saved) {
		for (int candidate = 0; candidate < candidates.size(); candidate++) {
			for (Map.Entry<String, Map<String, List<Cohort.Snapshot>>> metric : saved.entrySet()) {
				List<Cohort.Snapshot> snapshots = metric.getValue().getOrDefault(candidates.get(candidate).versioned(), List.of());
				Cohort cohort = of(metric.getKey(), candidate);
				if (!snapshots.isEmpty() && cohort.newest().isEmpty()) {
					snapshots.reversed().forEach(cohort::add);
					next.put(new Key(metric.getKey(), candidate), snapshots.getFirst().end().plus(settings.retrainEvery()).toEpochMilli());
				}
			}
		}
	}
}
