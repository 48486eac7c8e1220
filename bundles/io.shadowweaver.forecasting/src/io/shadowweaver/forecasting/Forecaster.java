// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToDoubleFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.metric.Event;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;
import io.shadowweaver.api.model.Part;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.plugin.Status;

/**
 * Forecasts the series of one estate. {@link #register}, {@link #observe}, {@link #historyChanged} and {@link #forecast} are for the
 * one weave thread; the rest may be called from any thread.
 *
 * <p>Models work on blocks of several samples where the step is short, on workers, and only say how a series will go on; between
 * their answers the curve is corrected by how far the series is from it, and bands around it are learned from every forecast whose
 * time has come. So a sample costs the weave thread about a microsecond whatever the models are.
 */
public final class Forecaster implements AutoCloseable {
	private final List<Candidate> candidates;
	private final SeriesReader history;
	private final ForecastSettings settings;
	private final Executor workers;
	private final LeadPlan plan;
	private final ReentrantLock lock = new ReentrantLock();
	private final Map<SeriesId, Track> tracks = new LinkedHashMap<>();
	private final Lanes lanes;
	private final ConcurrentLinkedQueue<Runnable> news = new ConcurrentLinkedQueue<>();
	private final Health health;
	private final Lane.Listener listener;
	private final Pins pins;
	private final Tailor tailor;
	private final CauseBook causes;
	private final Trainer.Parts parts;
	private final Costs costs;
	private final Cohorts cohorts;
	private final Schedule schedule;
	private final Keeper keeper;
	private final Reports reports;
	private final BandMaker bands;
	private List<SeriesId> lastSeries = List.of();
	private Track[] lastTracks = {};
	private volatile Instant now = Instant.EPOCH;
	private volatile boolean closed;

	/**
	 * @param candidates the models to choose from, in order of preference where they are equally good
	 * @param history    reads what was measured
	 * @param settings   what and how
	 * @param workers    runs trainings and model calls; {@code Runnable::run} makes everything synchronous
	 */
	public Forecaster(List<Candidate> candidates, SeriesReader history, ForecastSettings settings, Executor workers) {
		this(candidates, history, settings, Surroundings.NONE, workers);
	}

	/**
	 * As {@link #Forecaster(List, SeriesReader, ForecastSettings, Executor)}, in an estate.
	 *
	 * @param around what is decided on series, and what may explain them
	 */
	public Forecaster(List<Candidate> candidates, SeriesReader history, ForecastSettings settings, Surroundings around, Executor workers) {
		this.candidates = List.copyOf(candidates);
		this.history = history;
		this.settings = settings;
		this.workers = workers;
		plan = new LeadPlan(settings);
		health = new Health(this.candidates);
		listener = new LaneNews(news, health, plan, () -> now);
		bands = new BandMaker(plan);
		reports = new Reports(plan);
		pins = new Pins(settings.pinnedModels());
		tailor = new Tailor(around, pins);
		causes = new CauseBook(plan, history, around, () -> now);
		costs = new Costs(this.candidates);
		keeper = new Keeper(this.candidates, history, tailor, plan);
		cohorts = new Cohorts(this.candidates, history, settings, plan, tailor, costs, workers, listener, this::learned, () -> closed);
		lanes = new Lanes(this.candidates, plan, workers, listener, cohorts, causes);
		parts = new Trainer.Parts(this.candidates, history, settings, plan, tailor, causes, new Budget(this.candidates, costs), costs, cohorts,
				new Selection(this.candidates, plan, tailor), listener);
		schedule = new Schedule(parts, news, () -> closed);
	}

	/** Makes a series known; harmless when repeated. It is trained as soon as there is enough history. */
	public void register(SeriesId id, Metric metric) {
		lock.lock();
		try {
			if (tracks.containsKey(id)) {
				return;
			}
			Track track = lanes.place(id, metric);
			tailor.know(metric);
			causes.know(track);
			track.transform(tailor.transform(id));
			tracks.put(id, track);
			if (!keeper.restore(track)) {
				schedule.wants(track);
			}
			lastSeries = List.of();
		} finally {
			lock.unlock();
		}
	}

	/**
	 * Takes the samples of an instant: scores the forecasts that were made for it, moves states on, schedules trainings.
	 *
	 * @param tick        the samples, already in history; series that are not registered are passed over, as are samples that are not
	 *                    newer than the last of their series
	 * @param lowerBounds bit i set: sample i is a lower bound (the resource was saturated), not an observation; it then counts as
	 *                    what was expected, where that is more, and no forecast is judged by it
	 */
	public void observe(Tick tick, BitSet lowerBounds) {
		lock.lock();
		try {
			now = tick.time().isAfter(now) ? tick.time() : now;
			hearNews();
			long sample = Math.floorDiv(tick.time().toEpochMilli(), plan.step);
			Track[] of = tracksOf(tick.series());
			Map<Lane, List<Lane.Step>> complete = new HashMap<>();
			BitSet newer = new BitSet();
			for (int i = 0; i < of.length; i++) {
				Track track = of[i];
				if (track != null && sample > track.newest) {
					newer.set(i);
					if (track.restored) {
						keeper.catchUp(track, now);
					}
					take(track, sample, tick.values()[i], lowerBounds.get(i), complete);
				}
			}
			complete.forEach((lane, steps) -> lane.urgent(() -> lane.advance(steps)));
			hearNews();
			for (int i = 0; i < of.length; i++) {
				if (newer.get(i) && of[i].newest == sample && of[i].samples >= Track.LEAST) {
					of[i].issue(sample);
					of[i].beginPaths(sample, bands, now);
				}
			}
			schedule.startDue(of, tracks.size(), now);
			schedule.startWaiting(tracks.size(), now);
			hearNews();
			if (!schedule.isBusy()) {
				cohorts.due(tracks.values(), now);
			}
			hearNews();
		} finally {
			lock.unlock();
		}
	}

	private Track[] tracksOf(List<SeriesId> series) {
		if (series != lastSeries) {
			Track[] of = new Track[series.size()];
			for (int i = 0; i < of.length; i++) {
				of[i] = tracks.get(series.get(i));
			}
			lastTracks = of;
			lastSeries = series;
		}
		return lastTracks;
	}

	private void take(Track track, long sample, double measured, boolean lowerBound, Map<Lane, List<Lane.Step>> complete) {
		double value = Double.isFinite(measured) ? track.transform().to(measured) : Double.NaN;
		if (Double.isFinite(measured) && Double.isNaN(value)) {
			track.trainBy(now.toEpochMilli(), "a value of " + measured + " has come, which has no logarithm");
		} else if (Double.isFinite(value)) {
			if (lowerBound && track.samples > 0) {
				value = Math.max(value, track.expected(sample));
			}
			if (!lowerBound && track.samples >= Track.LEAST) {
				track.score(sample, value);
			}
			track.take(sample, value);
		}
		if (track.fill(sample, value)) {
			judge(track);
			if (track.choice != null || track.training) {
				complete.computeIfAbsent(track.lane, lane -> new ArrayList<>())
						.add(new Lane.Step(track, track.completed, track.completedValue, track.transform()));
			}
		}
	}

	/** Tests for drift with the block that is complete. */
	private void judge(Track track) {
		Curve curve = track.curve();
		if (curve == null || curve.origin >= track.completed) {
			return;
		}
		schedule.judge(track, track.completedValue - curve.at(plan.centre(track.completed)), now);
	}

	/** A worker has new parameters for a metric. */
	private void learned(String metric, int candidate, boolean first, int series) {
		news.add(() -> {
			for (Lane lane : lanes.of(metric)) {
				lane.patient(() -> lane.renew(candidate, (track, end) -> cohorts.history(candidate, track, end)));
			}
			if (first) {
				schedule.tryToo(metric, tracks.values(), candidates.get(candidate).id() + " has learned from " + series + " series", now);
			}
		});
	}

	private <T> T locked(Supplier<T> work) {
		lock.lock();
		try {
			hearNews();
			return work.get();
		} finally {
			lock.unlock();
		}
	}

	/** Takes what workers have found out. */
	private void hearNews() {
		for (Runnable item = news.poll(); item != null; item = news.poll()) {
			item.run();
		}
	}

	/** Older samples have arrived: these series are trained anew. */
	public void historyChanged(Collection<SeriesId> ids) {
		lock.lock();
		try {
			for (SeriesId id : ids) {
				Track track = tracks.get(id);
				if (track != null && schedule.wants(track)) {
					track.cause = "older samples have arrived";
				}
			}
		} finally {
			lock.unlock();
		}
	}

	/**
	 * Forecasts at the leads of the settings.
	 *
	 * @param ids which series
	 * @param at  the estate's time
	 * @return one for each, in the same order; absent ones carry a reason and when there will be one
	 */
	public List<Forecast> forecast(Collection<SeriesId> ids, Instant at) {
		lock.lock();
		try {
			if (at.isAfter(now)) {
				now = at;
			}
			schedule.startWaiting(tracks.size(), now);
			hearNews();
			List<Forecast> all = new ArrayList<>(ids.size());
			for (SeriesId id : ids) {
				all.add(forecast(id, at));
			}
			return all;
		} finally {
			lock.unlock();
		}
	}

	private Forecast forecast(SeriesId id, Instant at) {
		Track track = tracks.get(id);
		Forecast absent = reports.absent(id, track, at);
		if (absent != null) {
			return absent;
		}
		Bands made = bands.standard(track, at);
		return made == null ? Forecast.absent(id, at, "Its values are too large to be forecast.", Optional.empty()) : reports.present(track, at, made);
	}

	/**
	 * Forecasts one series at any leads.
	 *
	 * @param id    the series
	 * @param at    the estate's time
	 * @param leads positive, ascending, at most 90 days
	 * @return the forecast, or why there is none
	 * @throws IllegalArgumentException when the leads are not so
	 */
	public Forecast path(SeriesId id, Instant at, List<Duration> leads) {
		long[] millis = LongPath.check(leads);
		LongPath path;
		Track track;
		lock.lock();
		try {
			hearNews();
			track = tracks.get(id);
			Forecast absent = reports.absent(id, track, at);
			if (absent != null) {
				return absent;
			}
			path = new LongPath(plan, track, at, millis);
		} finally {
			lock.unlock();
		}
		return path.finish(history, settings.trainingSpan(), made -> locked(() -> reports.present(track, at, made)));
	}

	/**
	 * Takes the forecast of a series apart: what its members say of it by their weights, and what is left.
	 *
	 * @param id    the series
	 * @param at    the estate's time
	 * @param leads as for {@link #path}
	 * @return parts that add up to the median of {@link #path} at every lead; empty when there is no forecast
	 */
	public List<Part> explain(SeriesId id, Instant at, List<Duration> leads) {
		Optional<Bands> forecast = path(id, at, leads).bands();
		if (forecast.isEmpty()) {
			return List.of();
		}
		Track track = locked(() -> tracks.get(id));
		return track.lane.ask(() -> track.lane.explain(track, forecast.get())).join().at(forecast.get());
	}

	/**
	 * How probable it is that a series exceeds a limit at some time until another, by paths of its past errors, which are kept for a
	 * day after the last question; before there are enough, the largest probability of a single time counts.
	 *
	 * @param limit by time, in the unit of the series; called before this returns
	 * @param until what lies more than six hours ahead is left out
	 */
	public BreachRisk breach(SeriesId id, Instant at, ToDoubleFunction<Instant> limit, Instant until) {
		return locked(() -> forecast(id, at).bands().map(made -> tracks.get(id).breach(made, limit, until)).orElse(BreachRisk.UNKNOWN));
	}

	/** What is known of the forecasts of a series. */
	public Quality quality(SeriesId id) {
		return locked(() -> reports.quality(id, tracks.get(id)));
	}

	/** What trainings have cost in this run, by the id of the candidate. Any thread. */
	public Map<String, ModelCost> costs() {
		return costs.all();
	}

	/**
	 * Tells what has happened. Series that a deployment concerns are trained again once there are enough samples after it; told again, an event changes nothing.
	 * Any thread.
	 *
	 * @param events of all kinds, in any order
	 */
	public void events(List<Event> events) {
		locked(() -> {
			schedule.happened(events, tracks.values(), now);
			return null;
		});
	}

	/**
	 * Trains series at once, with all candidates whatever they cost. Any thread.
	 *
	 * @param ids      the series; those that are not known are passed over, those that are being trained are trained again after it and not counted
	 * @param progress told after each piece of work; cancelled, what has not begun keeps its model
	 * @return completed by a worker, with how many series were trained
	 */
	public CompletableFuture<Integer> retrain(Collection<SeriesId> ids, Progress progress) {
		return train(ids, "on request", progress);
	}

	/** Trains what all series of a metric share where it is due, as samples do; whether there is any by now. Any thread. */
	public boolean learn() {
		return locked(() -> cohorts.due(tracks.values(), now).isThere());
	}

	private CompletableFuture<Integer> train(Collection<SeriesId> ids, String cause, Progress progress) {
		return locked(() -> schedule.startNow(ids.stream().map(tracks::get).filter(Objects::nonNull).distinct().toList(), cause, now, progress));
	}

	/**
	 * Pins the model of a series, or lets the windows choose again, and trains it. Pins of the settings are where this begins. Any thread.
	 *
	 * @param id    the series
	 * @param model the id of a candidate; empty for none
	 * @return completed by a worker when the series was trained
	 * @throws IllegalArgumentException when there is no such candidate
	 */
	public CompletableFuture<Integer> pin(SeriesId id, Optional<String> model) {
		if (model.isPresent() && candidates.stream().noneMatch(candidate -> candidate.id().equals(model.get()))) {
			throw new IllegalArgumentException("there is no model " + model.get());
		}
		pins.set(id, model);
		return train(List.of(id), model.isPresent() ? "the model " + model.get() + " was pinned" : "its model is free again", Progress.NONE);
	}

	/**
	 * What is decided on series may have changed: those for which it has are trained. Any thread.
	 *
	 * @return completed by a worker, with how many were trained
	 */
	public CompletableFuture<Integer> decided() {
		return locked(() -> schedule.startNow(tracks.values().stream().filter(track -> track.choice != null && !tailor.of(track.id).equals(track.decided)).toList(),
				"what is decided on its forecast has changed", now, Progress.NONE));
	}

	/**
	 * Judges all candidates, and what would be chosen of them, on one series by rolling origin. It changes nothing and uses models of its own, so that
	 * forecasts go on beside it. Any thread.
	 *
	 * @param id       the series; it need not be registered
	 * @param at       the end of the history that is used, as long as that of a training
	 * @param request  what is judged
	 * @param progress told of each candidate; cancelled, the answer is a {@link java.util.concurrent.CancellationException}
	 * @return completed by a worker
	 * @throws IllegalArgumentException when no lead is as long as the step
	 */
	public CompletableFuture<BackTestReport> backTest(SeriesId id, Instant at, BackTestRequest request, Progress progress) {
		BackTester tester = locked(() -> {
			Track track = tracks.get(id);
			return new BackTester(parts, id, track == null ? null : track.metric, track == null || track.choice == null ? "" : track.choice.model(), request);
		});
		return CompletableFuture.supplyAsync(() -> tester.run(at, progress), workers);
	}

	/** The id of the model that is pinned for a series; empty for none. Any thread. */
	public Optional<String> pinned(SeriesId id) {
		return tailor.of(id).model();
	}

	/** How each candidate model is doing, by its id. */
	public Map<String, Status> statuses() {
		return health.all();
	}

	/**
	 * Writes all states, whole or not at all. Any thread; waits for the workers.
	 *
	 * @param file where to
	 * @throws IOException when it could not be written
	 */
	public void save(Path file) throws IOException {
		Map<Lane, List<Track>> byLane = locked(() -> tracks.values().stream().filter(track -> track.choice != null)
				.collect(Collectors.groupingBy(track -> track.lane, LinkedHashMap::new, Collectors.toList())));
		Map<SeriesId, byte[]> pieces = new LinkedHashMap<>();
		for (Map.Entry<Lane, List<Track>> entry : byLane.entrySet()) {
			Map<Track, Lane.Kept> kept = keeper.ask(entry.getKey(), entry.getValue());
			pieces.putAll(locked(() -> keeper.pack(kept)));
		}
		States.write(file, plan, new States.Content(pieces, cohorts.all()));
	}

	/**
	 * Reads what {@link #save} wrote with the same step and leads; series whose state does not fit any more are trained anew, those
	 * that are not registered yet find theirs when they are.
	 *
	 * @param file where from
	 * @throws IOException when it cannot be read or is no such file
	 */
	public void load(Path file) throws IOException {
		lock.lock();
		try {
			States.Content content = States.read(file, plan);
			cohorts.restore(content.cohorts());
			keeper.offer(content.pieces());
			schedule.restored(keeper::restore);
		} finally {
			lock.unlock();
		}
	}

	@Override
	public void close() {
		stopTraining();
		Lanes.end(locked(lanes::all));
	}

	/** Starts no more trainings and lets running ones end early; what is trained goes on. Before {@link #save} at the end. */
	public void stopTraining() {
		closed = true;
	}
}
