// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import io.shadowweaver.api.metric.Batch;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Status.State;
import io.shadowweaver.api.source.SourceInfo;

/**
 * Runs a {@link SourceRunner} for the weave thread: on a guarded thread of the source, or, unthreaded, in line. What a source
 * delivers reaches the weave thread through its inbox; a source that is ahead of the engine waits.
 */
final class SourceDriver implements AutoCloseable {
	private static final Duration OPEN_DEADLINE = Duration.ofSeconds(30);
	private static final Duration POLL_DEADLINE = Duration.ofSeconds(10);
	/** Batches of history that may wait. */
	private static final int AHEAD = 8;

	private final SourceRunner runner;
	private final boolean threaded;
	private final Queue<Runnable> inbox;
	private final Guarded thread;
	private final Semaphore ahead = new Semaphore(AHEAD);
	private volatile SourceInfo info;
	private volatile boolean loading;
	private volatile boolean refused;
	private volatile boolean closed;
	/** When the running poll of {@link #follow} began, by {@link System#nanoTime()}; 0 between polls. */
	private volatile long pollBegan;
	private volatile boolean hangs;
	private volatile Thread follower;

	SourceDriver(SourceRunner runner, boolean threaded, Queue<Runnable> inbox) {
		this.runner = runner;
		this.threaded = threaded;
		this.inbox = inbox;
		thread = threaded ? new Guarded("source-" + runner.id()) : null;
	}

	String id() {
		return runner.id();
	}

	SourceInfo info() {
		return info;
	}

	boolean isOpen() {
		return info != null;
	}

	/** Whether history is being loaded. */
	boolean isLoading() {
		return loading;
	}

	/** Whether nothing more will come at or after a time. */
	boolean isEnded(Instant now) {
		return refused || info != null && info.latest().isPresent() && !now.isBefore(info.latest().get());
	}

	/** Opens the source, waiting at most its deadline. */
	boolean tryOpen() {
		try {
			info = threaded ? thread.call("connecting", OPEN_DEADLINE, runner::open) : openInLine();
			return true;
		} catch (PluginException e) {
			runner.failed(e);
			return false;
		}
	}

	private SourceInfo openInLine() throws PluginException {
		try {
			return runner.open();
		} catch (RuntimeException e) {
			throw Guarded.asPluginException(runner.id(), "connecting", e);
		}
	}

	/** Whether it lives in the same kind of time as the estate; one that does not is refused. */
	boolean fits(EstateClock clock) {
		boolean own = isOpen() && info().hasOwnTime();
		if (clock.isOwn() && !own) {
			refuse("This estate lives in the time of its data; a live source needs an estate of its own.");
		} else if (!clock.isOwn() && own) {
			refuse("This estate lives in real time; data with a time of their own need an estate of their own.");
		}
		return clock.isOwn() == own;
	}

	/** This estate cannot have this source. */
	void refuse(String sentence) {
		refused = true;
		runner.status(State.UNAVAILABLE, "TIME", sentence);
	}

	/**
	 * Back-fills, and then, for a source in real time, polls for ever.
	 *
	 * @param from    start of history
	 * @param to      its end
	 * @param clock   the estate's time
	 * @param accept  runs on the weave thread for each batch
	 * @param loaded  runs on the weave thread when history is complete
	 * @param ownTime whether polls come from {@link #pollNow}
	 */
	void run(Instant from, Instant to, InstantSource clock, Consumer<Batch> accept, Runnable loaded, boolean ownTime) {
		loading = true;
		if (!threaded) {
			try {
				runner.backfill(from, to, accept::accept);
			} catch (PluginException | RuntimeException e) {
				runner.failed(Guarded.asPluginException(runner.id(), "loading history", e));
			}
			loading = false;
			loaded.run();
			return;
		}
		thread.start(() -> follow(from, to, clock, accept, loaded, ownTime));
	}

	private void follow(Instant from, Instant to, InstantSource clock, Consumer<Batch> accept, Runnable loaded, boolean ownTime) {
		boolean filled = false;
		follower = Thread.currentThread();
		try {
			while (!closed) {
				Duration pause;
				try {
					info = runner.open();
					if (!filled) {
						loading = true;
						runner.backfill(from, to, batch -> offer(batch, accept));
						filled = true;
						inbox.add(loaded);
						loading = false;
						if (ownTime) {
							return;
						}
					}
					Batch batch = timedPoll(clock.instant());
					if (!batch.isEmpty()) {
						offer(batch, accept);
					}
					pause = runner.pollInterval();
				} catch (PluginException | RuntimeException e) {
					pause = runner.failed(Guarded.asPluginException(runner.id(), filled ? "reading" : "loading history", e));
					if (ownTime) {
						inbox.add(loaded);
						return;
					}
				}
				Thread.sleep(pause);
			}
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		} finally {
			loading = false;
		}
	}

	private Batch timedPoll(Instant now) throws PluginException {
		pollBegan = Math.max(1, System.nanoTime());
		try {
			return runner.poll(now);
		} catch (PluginException | RuntimeException e) {
			if (hangs) {
				throw new PluginException("It did not answer within " + POLL_DEADLINE.toSeconds() + " s and was interrupted.", new TimeoutException());
			}
			throw e;
		} finally {
			pollBegan = 0;
			hangs = false;
			if (!closed) {
				// an interruption by the watch was meant for this poll alone
				Thread.interrupted();
			}
		}
	}

	/** Says that a poll hangs, and interrupts it; called from the weave thread at each tick. */
	void watch() {
		long began = pollBegan;
		if (began != 0 && System.nanoTime() - began > POLL_DEADLINE.toNanos()) {
			hangs = true;
			runner.status(State.FAILED, "TIMEOUT", "It has not answered for " + (System.nanoTime() - began) / 1_000_000_000L + " s; interrupted.");
			follower.interrupt();
		}
	}

	private void offer(Batch batch, Consumer<Batch> accept) {
		try {
			ahead.acquire();
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			return;
		}
		inbox.add(() -> {
			ahead.release();
			accept.accept(batch);
		});
	}

	/** Asks a source with a time of its own for what is new, waiting at most its deadline; on the weave thread. */
	void pollNow(Instant now, Consumer<Batch> accept) {
		if (refused || info == null) {
			return;
		}
		try {
			accept.accept(threaded ? thread.call("reading", POLL_DEADLINE, () -> runner.poll(now)) : runner.poll(now));
		} catch (PluginException | RuntimeException e) {
			runner.failed(Guarded.asPluginException(runner.id(), "reading", e));
		}
	}

	/** Lets a back-fill end early; any thread. */
	void cancel() {
		closed = true;
		runner.cancel();
	}

	@Override
	public void close() {
		closed = true;
		if (threaded) {
			thread.close();
			thread.await(Duration.ofSeconds(3));
		}
		runner.close();
	}
}
