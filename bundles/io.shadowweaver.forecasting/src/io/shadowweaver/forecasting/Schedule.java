// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import io.shadowweaver.api.metric.Event;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.plugin.Progress;

/**
 * When series are trained and what becomes of it: the first time, on schedule, on drift, where bands do not cover, after a deployment, on request. Used under the
 * forecaster's lock; the trainings themselves run in the lanes.
 */
final class Schedule {
	private static final Logger LOG = System.getLogger(Forecaster.class.getName());
	/** So many blocks after a deployment there is enough to learn from. */
	private static final int AFTER_DEPLOYMENT = 36;
	/** At most so many changes of model are kept of a series. */
	static final int CHANGES = 20;
	private static final long HOUR = 3_600_000;
	/** So many deployments are remembered, and those of the last days. */
	private static final int EVENTS = 1000;
	private static final long FORGOTTEN = 72 * HOUR;
	/** A band that does not cover causes a training no more often than so many times between two of the schedule. */
	private static final int RESTING = 4;

	private final Trainer.Parts parts;
	private final LeadPlan plan;
	private final Queue<Runnable> news;
	private final BooleanSupplier closed;
	private final Set<Track> untrained = new LinkedHashSet<>();
	/** Deployments that are taken in. */
	private final Set<Event> told = new HashSet<>();
	/** Those whose first training has begun. */
	private final Set<Track> first = new HashSet<>();

	/**
	 * @param news   takes what is to be done under the lock
	 * @param closed whether trainings are to end
	 */
	Schedule(Trainer.Parts parts, Queue<Runnable> news, BooleanSupplier closed) {
		this.parts = parts;
		plan = parts.plan();
		this.news = news;
		this.closed = closed;
	}

	/** A series is to be trained as soon as possible; false when it is already. */
	boolean wants(Track track) {
		return untrained.add(track);
	}

	/** Takes back a wish where a state was found. */
	void restored(Predicate<Track> found) {
		untrained.removeIf(found);
	}

	/** Whether series wait for their first training, or have begun it. */
	boolean isBusy() {
		return !untrained.isEmpty() || !first.isEmpty();
	}

	/** Starts the trainings of series that wait for one, of scaling groups first. */
	void startWaiting(int all, Instant now) {
		if (untrained.isEmpty()) {
			return;
		}
		List<Track> free = untrained.stream().filter(track -> !track.training).sorted(Comparator.comparing((Track track) -> !track.id.isGroup())).toList();
		start(free, Budget.allowance(free.size(), all), now, Progress.NONE);
		untrained.removeAll(Set.copyOf(free));
		first.addAll(free);
		first.removeIf(track -> !track.training);
	}

	/** Starts the trainings whose time has come. */
	void startDue(Track[] of, int all, Instant now) {
		long millis = now.toEpochMilli();
		List<Track> due = null;
		for (Track track : of) {
			if (track != null && track.choice != null && track.trainAt <= millis && !track.training) {
				due = due == null ? new ArrayList<>() : due;
				due.add(track);
			}
		}
		if (due != null) {
			start(due, Budget.allowance(0, all), now, Progress.NONE);
		}
	}

	/**
	 * Starts trainings on request.
	 *
	 * @return how many series were trained, in the end
	 */
	CompletableFuture<Integer> startNow(List<Track> tracks, String cause, Instant now, Progress progress) {
		tracks.stream().filter(track -> track.training).forEach(track -> track.again = cause);
		List<Track> free = tracks.stream().filter(track -> !track.training).toList();
		free.forEach(track -> track.cause = cause);
		untrained.removeAll(Set.copyOf(free));
		return start(free, Budget.Allowance.EVERYTHING, now, progress);
	}

	private CompletableFuture<Integer> start(List<Track> wanted, Budget.Allowance allowance, Instant now, Progress progress) {
		Map<Lane, List<Track>> byLane = new LinkedHashMap<>();
		for (Track track : wanted) {
			track.training = true;
			byLane.computeIfAbsent(track.lane, lane -> new ArrayList<>()).add(track);
		}
		long endBlock = Math.floorDiv(now.toEpochMilli() + plan.step, plan.block) - 1;
		int piece = parts.budget().piece((int) Math.min(parts.settings().trainingSpan().toMillis() / plan.block, Integer.MAX_VALUE), allowance);
		AtomicInteger done = new AtomicInteger();
		List<CompletableFuture<Integer>> pieces = new ArrayList<>();
		byLane.forEach((lane, all) -> {
			for (int from = 0; from < all.size(); from += piece) {
				List<Track> batch = List.copyOf(all.subList(from, Math.min(all.size(), from + piece)));
				CompletableFuture<Integer> answer = new CompletableFuture<>();
				pieces.add(answer);
				lane.patient(() -> {
					int trained = train(lane, batch, endBlock, allowance, now, progress);
					progress.report(done.addAndGet(batch.size()) / (double) wanted.size(), "training");
					answer.complete(trained);
				});
			}
		});
		return CompletableFuture.allOf(pieces.toArray(CompletableFuture[]::new)).thenApply(all -> pieces.stream().mapToInt(CompletableFuture::join).sum());
	}

	private int train(Lane lane, List<Track> batch, long endBlock, Budget.Allowance allowance, Instant at, Progress watched) {
		if (closed.getAsBoolean() || watched.isCancelled()) {
			news.add(() -> batch.forEach(this::notTrained));
			return 0;
		}
		Progress progress = new Progress() {
			@Override
			public void report(double fraction, String what) {
				// what is done is reported by pieces
			}

			@Override
			public boolean isCancelled() {
				return closed.getAsBoolean() || watched.isCancelled();
			}
		};
		try {
			List<Trainer.Result> results = new Trainer(parts, progress).train(lane, batch, endBlock, allowance, at);
			news.add(() -> results.forEach(this::trained));
			return results.size();
		} catch (RuntimeException | LinkageError e) {
			LOG.log(Level.ERROR, "A training of " + batch.size() + " series failed", e);
			news.add(() -> batch.forEach(track -> {
				track.training = false;
				first.remove(track);
				track.trainAt = at.toEpochMilli() + 60 * plan.block;
			}));
			return 0;
		}
	}

	private void notTrained(Track track) {
		track.training = false;
		first.remove(track);
		if (track.choice == null && !closed.getAsBoolean()) {
			untrained.add(track);
		}
	}

	private void trained(Trainer.Result result) {
		Track track = result.track();
		first.remove(track);
		Choice before = track.choice;
		Choice choice = result.choice();
		track.choice = choice;
		track.training = false;
		track.transform(result.job().past.transform);
		track.tailored = parts.tailor().key(track.id);
		track.decided = parts.tailor().of(track.id);
		track.lower = result.job().past.lower();
		track.warm(result.tail(), result.tailStart());
		track.samples = Math.max(track.samples, result.job().past.count);
		if (result.start() != null && (before == null || !before.model().equals(choice.model()))) {
			track.start(result.start());
		}
		if (result.curve() != null || choice.members().length == 0) {
			track.curve(result.curve());
		}
		track.drift.reset();
		track.calibration.coverage.watch.reset();
		track.trainAt = Trainer.next(track, result.job(), parts.settings());
		track.lastChange = choice.trainedAt() + ": " + choice.model() + " (" + track.cause + "). " + choice.why();
		if (result.job().change != null) {
			changed(track, result.job().change);
		} else if (track.cause.equals(Track.SCHEDULE) || before == null) {
			LOG.log(Level.DEBUG, () -> track.id + ": " + track.lastChange);
		} else {
			LOG.log(Level.INFO, track.id + " was trained anew: " + track.cause + "; still " + choice.model());
		}
		track.cause = Track.SCHEDULE;
		if (track.again != null) {
			track.cause = track.again;
			track.again = null;
			untrained.add(track);
		}
		if (track.deployed != null && track.deployed.time().toEpochMilli() + AFTER_DEPLOYMENT * plan.block > choice.trainedAt().toEpochMilli()) {
			awaitDeployment(track);
		} else {
			track.deployed = null;
		}
	}

	private static void changed(Track track, Quality.Change found) {
		Quality.Change change = new Quality.Change(found.time(), track.cause, found.before(), found.after(), found.errorBefore(), found.errorAfter());
		LOG.log(Level.INFO, track.id + ": " + change.before() + " (error " + text(change.errorBefore()) + " of seasonal naive's) gives way to " + change.after()
				+ " (" + text(change.errorAfter()) + "); cause: " + change.cause());
		track.changes.addFirst(change);
		while (track.changes.size() > CHANGES) {
			track.changes.removeLast();
		}
	}

	private static String text(double error) {
		return Double.isNaN(error) ? "not known" : String.format(Locale.ROOT, "%.3f", error);
	}

	/** The error of a block is known: tests whether the model still fits. */
	void judge(Track track, double error, Instant now) {
		if (track.drift.take(error)) {
			soon(track, "drift: the mean of the errors has moved", now);
		}
		CoverageWatch watch = track.calibration.coverage.watch;
		long rested = track.choice.trainedAt().toEpochMilli() + parts.settings().retrainEvery().toMillis() / RESTING;
		if (watch.isBreached() && now.toEpochMilli() >= rested) {
			soon(track, "the band from .1 to .9 covered " + Math.round(100 * watch.share()) + " % of the recent values", now);
			watch.reset();
		}
	}

	/** A training because of what the forecasts came to; not within an hour, or a few blocks, of the last. */
	private void soon(Track track, String cause, Instant now) {
		long soonest = track.choice.trainedAt().toEpochMilli() + Math.max(24 * plan.block, HOUR);
		track.trainBy(Math.max(soonest, now.toEpochMilli()), cause);
	}

	/** There is one candidate more to try for series of a metric: within some hours, not all at once. */
	void tryToo(String metric, Collection<Track> tracks, String cause, Instant now) {
		for (Track track : tracks) {
			if (track.metric.id().equals(metric)) {
				double share = (track.id.hashCode() & 1023) / 1023.;
				track.trainBy(now.toEpochMilli() + (long) (share * parts.settings().retrainEvery().toMillis() / 8), cause);
			}
		}
	}

	/** Takes what has happened; only deployments of the past cause something. */
	void happened(List<Event> events, Collection<Track> tracks, Instant now) {
		events.stream().filter(event -> event.kind() == Event.Kind.DEPLOYMENT && !event.time().isAfter(now) && told.add(event))
				.sorted(Comparator.comparing(Event::time)).forEach(event -> deployed(event, tracks));
		if (told.size() > EVENTS) {
			told.removeIf(event -> event.time().isBefore(now.minusMillis(FORGOTTEN)));
		}
	}

	/** A deployment concerns series: they are trained again when there is enough to learn from after it. */
	private void deployed(Event event, Collection<Track> tracks) {
		for (Track track : tracks) {
			if (concerns(event, track.id) && track.isNewDeployment(event)) {
				track.deployed = event;
				track.lastDeployment = event.time();
				awaitDeployment(track);
			}
		}
	}

	private void awaitDeployment(Track track) {
		track.trainBy(track.deployed.time().toEpochMilli() + AFTER_DEPLOYMENT * plan.block, "after a deployment: " + track.deployed.text());
	}

	/** An event of the whole estate, or of this resource or group. */
	private static boolean concerns(Event event, SeriesId id) {
		return event.subject().isEmpty() || event.subject().equals(id.subject());
	}
}
