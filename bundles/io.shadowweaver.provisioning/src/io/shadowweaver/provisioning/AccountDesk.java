// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.RefusedException;

/**
 * All traffic with one account: one batch of calls at a time on the executor, a deadline of real time for each call, back-off and
 * a breaker after failures. Results lie here until the weave thread {@linkplain #collect collects} them. Used by the weave
 * thread alone; only batches run elsewhere.
 */
final class AccountDesk {
	/** So many given-up calls may still hang before nothing more is tried. */
	private static final int HANGING = 3;

	private final Account account;
	private final ProvisioningSettings.Calls settings;
	private final Executor executor;
	private final LongSupplier nanos;
	private final Supplier<String> forbidden;
	private final FailPoint failPoint;
	private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
	private final List<Outcome> outcomes = new ArrayList<>();
	private Optional<Snapshot> snapshot = Optional.empty();
	private Batch running;
	private Instant pausedUntil = Instant.MIN;
	private Instant asked = Instant.MIN;
	private int failures;
	private int hanging;
	private Status status;

	/**
	 * @param forbidden asked before each changing call, on its thread: why it must not be made; empty when it may
	 * @param nanos     real time, for deadlines: a provider hangs in real time, however fast the estate's clock runs
	 */
	AccountDesk(Account account, ProvisioningSettings.Calls settings, Executor executor, LongSupplier nanos,
			Supplier<String> forbidden, FailPoint failPoint, Instant now) {
		this.account = account;
		this.settings = settings;
		this.executor = executor;
		this.nanos = nanos;
		this.forbidden = forbidden;
		this.failPoint = failPoint;
		status = new Status(Status.State.STARTING, "", "The account " + account.id() + " was not asked yet.", now);
	}

	/** What the account said last; empty before its first answer. */
	Optional<Snapshot> snapshot() {
		return snapshot;
	}

	Status status() {
		return status;
	}

	/** Whether calls can be given now. */
	boolean isFree(Instant now) {
		return running == null && hanging < HANGING && !now.isBefore(pausedUntil);
	}

	/** Asks for offers and machines when that is due and possible. */
	void refresh(Instant now) {
		boolean due = asked.equals(Instant.MIN) || now.isBefore(asked) || !now.isBefore(asked.plus(settings.poll()));
		if (isFree(now) && due) {
			asked = now;
			submit(new Batch(now, List.of()));
		}
	}

	/** Makes calls one after the other; only when {@link #isFree}. */
	void call(List<Call> calls, Instant now) {
		submit(new Batch(now, calls));
	}

	/** Gives up what is over its deadline, and hands out how calls ended. */
	List<Outcome> collect(Instant now) {
		for (Runnable message = inbox.poll(); message != null; message = inbox.poll()) {
			message.run();
		}
		if (running != null && running.isOver()) {
			giveUp(running, now);
		}
		List<Outcome> ended = List.copyOf(outcomes);
		outcomes.clear();
		return ended;
	}

	private void submit(Batch batch) {
		running = batch;
		try {
			executor.execute(batch);
		} catch (RejectedExecutionException e) {
			running = null;
			for (Call call : batch.calls) {
				outcomes.add(new Outcome.NotCalled(call.token(), "Not called: the workers are stopped."));
			}
			failed(batch.now, "STOPPED", "The account " + account.id() + " is not asked: the workers are stopped.");
		}
	}

	private void giveUp(Batch batch, Instant now) {
		int current = batch.abandon();
		running = null;
		hanging++;
		String what = batch.calls.isEmpty() ? "list" : batch.calls.get(Math.max(0, current)).name();
		for (int i = Math.max(0, current); i < batch.calls.size(); i++) {
			String token = batch.calls.get(i).token();
			outcomes.add(i == current ? new Outcome.Lost(token, "No answer to '" + what + "' within " + settings.deadline().toSeconds() + " s.")
					: new Outcome.NotCalled(token, "Not called: the account did not answer."));
		}
		failed(now, "TIMEOUT", "The account " + account.id() + " did not answer '" + what + "' within " + settings.deadline().toSeconds() + " s.");
	}

	private void failed(Instant now, String detail, String sentence) {
		failures++;
		Duration pause = settings.backOff().multipliedBy(1L << Math.min(20, failures - 1));
		if (pause.compareTo(settings.maxBackOff()) > 0) {
			pause = settings.maxBackOff();
		}
		pausedUntil = now.plus(pause);
		String next = hanging >= HANGING ? " " + hanging + " calls hang; it is asked again when one of them comes back."
				: " It is asked again at " + pausedUntil + ".";
		become(new Status(Status.State.FAILED, detail, sentence + next, now));
	}

	private void worked(Instant now) {
		failures = 0;
		pausedUntil = Instant.MIN;
		String machines = snapshot.map(all -> all.ids().size() + " machines, " + all.byToken().size() + " with a token, " + all.offers().size() + " offers").orElse("it answers");
		become(new Status(Status.State.OK, "", "The account " + account.id() + " answers: " + machines + ".", now));
	}

	private void become(Status other) {
		if (other.state() != status.state() || !other.detail().equals(status.detail())) {
			status = other;
		} else if (other.differsFrom(status)) {
			status = new Status(other.state(), other.detail(), other.sentence(), status.since());
		}
	}

	/** Calls in order on one worker; empty for reading the account. */
	private final class Batch implements Runnable {
		private final Instant now;
		private final List<Call> calls;
		private int current = -1;
		private boolean busy;
		private boolean abandoned;
		private long begun;
		private Thread thread;

		Batch(Instant now, List<Call> calls) {
			this.now = now;
			this.calls = calls;
		}

		@Override
		public void run() {
			try {
				if (calls.isEmpty() && begin(0)) {
					read();
				}
				for (int i = 0; i < calls.size() && begin(i); i++) {
					make(calls.get(i));
				}
			} finally {
				boolean late = end();
				inbox.add(() -> {
					if (late) {
						hanging--;
					} else if (running == this) {
						running = null;
					}
				});
			}
		}

		private void read() {
			try {
				Snapshot fresh = Snapshot.of(account.provider(), now);
				inbox.add(() -> {
					snapshot = Optional.of(fresh);
					worked(now);
				});
			} catch (PluginException | RuntimeException | LinkageError e) {
				inbox.add(() -> failed(now, "LIST", "The account " + account.id() + " could not be read: " + said(e)));
			}
		}

		private void make(Call call) {
			String reason = forbidden.get();
			if (!reason.isEmpty()) {
				inbox.add(() -> outcomes.add(new Outcome.NotCalled(call.token(), "Not called: " + reason)));
				return;
			}
			failPoint.reached(call.name() + ".before");
			Outcome outcome = outcome(call);
			failPoint.reached(call.name() + ".after");
			inbox.add(() -> outcomes.add(outcome));
			if (outcome instanceof Outcome.Lost lost) {
				inbox.add(() -> failed(now, "CALL", "The account " + account.id() + ": " + lost.sentence()));
			}
		}

		private Outcome outcome(Call call) {
			try {
				return call.action().run(account.provider());
			} catch (RefusedException e) {
				return new Outcome.Refused(call.token(), "The provider refused: " + said(e));
			} catch (PluginException | RuntimeException | LinkageError e) {
				return new Outcome.Lost(call.token(), "The outcome of '" + call.name() + "' is not known: " + said(e));
			}
		}

		private synchronized boolean begin(int index) {
			if (abandoned) {
				return false;
			}
			current = index;
			begun = nanos.getAsLong();
			busy = true;
			thread = Thread.currentThread();
			return true;
		}

		private synchronized boolean end() {
			busy = false;
			thread = null;
			return abandoned;
		}

		synchronized boolean isOver() {
			return busy && nanos.getAsLong() - begun > settings.deadline().toNanos();
		}

		/** Gives it up, and says which call it was in. */
		synchronized int abandon() {
			abandoned = true;
			if (thread != null) {
				thread.interrupt();
			}
			return current;
		}
	}

	private static String said(Throwable e) {
		return e instanceof PluginException ? e.getMessage() : e.toString();
	}

	/** The provider behind it. */
	CloudProvider provider() {
		return account.provider();
	}
}
