// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.forecasting.BackTestReport;

/** Long work that the API was asked for. The last ones are kept, in memory. Thread-safe. */
public final class Jobs {
	/** So many may run. */
	private static final int RUNNING = 16;
	/** So many are kept. */
	private static final int KEPT = 200;
	private static final int REPORTS = 4;

	private final InstantSource clock;
	private final AtomicLong numbers = new AtomicLong();
	private final Map<String, Entry> jobs = new ConcurrentHashMap<>();
	/** Guarded by itself; the oldest first. */
	private final Map<String, BackTestReport> reports = new LinkedHashMap<>();

	/** Where a job is. */
	public enum State {
		/** It computes. */
		RUNNING,
		/** It has its result. */
		DONE,
		/** It ended without. */
		FAILED,
		/** Somebody ended it. */
		CANCELLED
	}

	/**
	 * A job as it is seen from outside.
	 *
	 * @param id        of the job
	 * @param kind      what it does: {@code backtest}, {@code retrain} or {@code pin}
	 * @param estate    on which estate
	 * @param person    who asked for it
	 * @param state     where it is
	 * @param progress  0 to 1
	 * @param sentence  what is being done, or why it failed
	 * @param startedAt when
	 * @param endedAt   when; absent while it runs
	 * @param trained   how many series were trained; absent for a back-test
	 * @param backTest  what a back-test found; absent otherwise
	 */
	public record Job(String id, String kind, String estate, String person, State state, double progress, String sentence, Instant startedAt, Optional<Instant> endedAt, Optional<Integer> trained,
			Optional<BackTest> backTest) {
	}

	/**
	 * What a back-test found, without its curves.
	 *
	 * @param subject of the series
	 * @param metric  of the series
	 * @param results best first
	 * @param why     why nothing could be judged; empty otherwise
	 */
	public record BackTest(String subject, String metric, List<Result> results, String why) {
		static BackTest of(BackTestReport report) {
			return new BackTest(report.series().subject(), report.series().metric(),
					report.results().stream().map(one -> new Result(one.model(), one.kind(), one.inUse(), one.note(), one.leads())).toList(), report.why());
		}
	}

	/**
	 * What one model reached.
	 *
	 * @param model its id
	 * @param kind  what it is
	 * @param inUse whether the series is forecast with it at present
	 * @param note  why it could not be judged; empty otherwise
	 * @param leads how good it was, by lead
	 */
	public record Result(String model, BackTestReport.Kind kind, boolean inUse, String note, List<BackTestReport.LeadResult> leads) {
	}

	private static final class Entry implements Progress {
		private volatile Job job;
		private volatile boolean cancelled;

		@Override
		public synchronized void report(double fraction, String what) {
			if (job.state() == State.RUNNING) {
				job = new Job(job.id(), job.kind(), job.estate(), job.person(), job.state(), Math.clamp(fraction, 0, 1), what, job.startedAt(), job.endedAt(), job.trained(), job.backTest());
			}
		}

		@Override
		public boolean isCancelled() {
			return cancelled;
		}

		private synchronized void end(State state, String sentence, Instant at, Optional<Integer> trained, Optional<BackTest> backTest) {
			if (job.state() == State.RUNNING) {
				job = new Job(job.id(), job.kind(), job.estate(), job.person(), state, state == State.DONE ? 1 : job.progress(), sentence, job.startedAt(), Optional.of(at), trained, backTest);
			}
		}
	}

	/**
	 * @param clock the real time
	 */
	Jobs(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * Begins a back-test.
	 *
	 * @param work begins it
	 * @throws jakarta.ws.rs.WebApplicationException 429 when as many run as may
	 */
	public Job backTest(String estate, String person, Function<Progress, CompletableFuture<BackTestReport>> work) {
		return begin("backtest", estate, person, work, (entry, report) -> {
			keep(entry.job.id(), report);
			entry.end(State.DONE, report.why(), clock.instant(), Optional.empty(), Optional.of(BackTest.of(report)));
		});
	}

	/**
	 * Begins a training.
	 *
	 * @param kind {@code retrain} or {@code pin}
	 * @param work begins it
	 * @throws jakarta.ws.rs.WebApplicationException 429 when as many run as may
	 */
	public Job training(String kind, String estate, String person, Function<Progress, CompletableFuture<Integer>> work) {
		return begin(kind, estate, person, work, (entry, trained) -> entry.end(State.DONE, "", clock.instant(), Optional.of(trained), Optional.empty()));
	}

	private <T> Job begin(String kind, String estate, String person, Function<Progress, CompletableFuture<T>> work, java.util.function.BiConsumer<Entry, T> done) {
		Entry entry = new Entry();
		synchronized (this) {
			if (jobs.values().stream().filter(one -> one.job.state() == State.RUNNING).count() >= RUNNING) {
				throw Problem.exception(429, "As many jobs run as may: " + RUNNING + ".");
			}
			entry.job = new Job("job-" + numbers.incrementAndGet(), kind, estate, person, State.RUNNING, 0, "", clock.instant(), Optional.empty(), Optional.empty(), Optional.empty());
			jobs.put(entry.job.id(), entry);
			forget();
		}
		try {
			work.apply(entry).whenComplete((result, failure) -> {
				if (failure == null) {
					done.accept(entry, result);
				} else {
					Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
					boolean cancelled = cause instanceof CancellationException;
					entry.end(cancelled ? State.CANCELLED : State.FAILED, cancelled ? "" : String.valueOf(cause.getMessage()), clock.instant(), Optional.empty(), Optional.empty());
				}
			});
		} catch (RuntimeException e) {
			jobs.remove(entry.job.id());
			throw e;
		}
		return entry.job;
	}

	/** Reports with their curves are large. */
	private void keep(String job, BackTestReport report) {
		synchronized (reports) {
			reports.put(job, report);
			if (reports.size() > REPORTS) {
				reports.remove(reports.keySet().iterator().next());
			}
		}
	}

	/**
	 * All that a back-test found, curves included.
	 *
	 * @throws jakarta.ws.rs.WebApplicationException 404 when the job is not kept, is none, runs still, or was followed by {@value #REPORTS} others
	 */
	public BackTestReport report(String id) {
		Job job = get(id);
		synchronized (reports) {
			return Optional.ofNullable(reports.get(id)).orElseThrow(() -> Problem.exception(404, "There is no report of " + job.kind() + " '" + id + "'."));
		}
	}

	/** The oldest that have ended go first. */
	private void forget() {
		while (jobs.size() > KEPT) {
			jobs.values().stream().map(entry -> entry.job).filter(job -> job.state() != State.RUNNING).min(Comparator.comparing(Job::startedAt)).ifPresent(job -> jobs.remove(job.id()));
		}
	}

	/** All that are kept, the newest first. */
	public List<Job> list() {
		return jobs.values().stream().map(entry -> entry.job).sorted(Comparator.comparing(Job::startedAt).thenComparing(Job::id).reversed()).toList();
	}

	/**
	 * One of them.
	 *
	 * @throws jakarta.ws.rs.WebApplicationException 404 when it is not kept
	 */
	public Job get(String id) {
		return entry(id).job;
	}

	/**
	 * Wishes a job to end at its next safe point.
	 *
	 * @throws jakarta.ws.rs.WebApplicationException 404 when it is not kept
	 */
	public Job cancel(String id) {
		Entry entry = entry(id);
		entry.cancelled = true;
		return entry.job;
	}

	private Entry entry(String id) {
		return Optional.ofNullable(jobs.get(id)).orElseThrow(() -> Problem.exception(404, "There is no job '" + id + "'."));
	}
}
