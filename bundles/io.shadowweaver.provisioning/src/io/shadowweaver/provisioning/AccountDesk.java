// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.AccountFault;
import io.shadowweaver.api.provision.RefusedException;

/**
 * All traffic with one account: one call at a time on the executor, a deadline of real time for each, back-off and a breaker
 * after failures. Results lie here until the weave thread {@linkplain #collect collects} them. Used by the weave thread alone;
 * only the worker runs elsewhere, and {@code waiting}, {@code worker} and what is in it are shared with it under the lock of this.
 */
final class AccountDesk {
	/** So many given-up calls may still hang before nothing more is tried. */
	private static final int HANGING = 3;

	/**
	 * Something that changes nothing.
	 *
	 * @param <T> what is answered
	 */
	@FunctionalInterface
	interface Question<T> {
		/**
		 * Asks.
		 *
		 * @throws PluginException as the provider does
		 */
		T ask(CloudProvider provider) throws PluginException;
	}

	private final Account account;
	private ProvisioningSettings.Calls settings;
	private final Executor executor;
	private final LongSupplier nanos;
	private final LongFunction<String> forbidden;
	private final FailPoint failPoint;
	private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
	private final List<Outcome> outcomes = new ArrayList<>();
	private final Queue<Batch> waiting = new ArrayDeque<>();
	private Worker worker;
	private Optional<Snapshot> snapshot = Optional.empty();
	private final Breaker breaker;
	private Instant asked = Instant.MIN;
	/** How often the clock was set, and what it said last. */
	private int era;
	private Instant latest;
	private int hanging;
	private Status status;

	/**
	 * @param forbidden asked before each changing call, on its thread, with its fencing number: why it must not be made; empty when it may
	 * @param nanos     real time, for deadlines: a provider hangs in real time, however fast the estate's clock runs
	 */
	AccountDesk(Account account, ProvisioningSettings.Calls settings, Executor executor, LongSupplier nanos,
			LongFunction<String> forbidden, FailPoint failPoint, Instant now) {
		this.account = account;
		this.settings = settings;
		this.executor = executor;
		this.nanos = nanos;
		this.forbidden = forbidden;
		this.failPoint = failPoint;
		breaker = new Breaker(account.id(), settings);
		latest = now;
		status = new Status(Status.State.STARTING, "", "The account " + account.id() + " was not asked yet.", now);
	}

	/** From now on by these. */
	void settings(ProvisioningSettings.Calls other) {
		settings = other;
	}

	/** What the account said last; empty before its first answer. */
	Optional<Snapshot> snapshot() {
		return snapshot;
	}

	Status status() {
		return status;
	}

	/** How many changes can be given now; they wait for those that run. */
	int room(Instant now) {
		return hanging < HANGING ? breaker.room(now) : 0;
	}

	/** Whether machines may be made there now. */
	boolean makes(Instant now) {
		return breaker.makes(now);
	}

	/** Whether machines should be planned there now. */
	boolean isWorthPlanning(Instant now) {
		return breaker.isWorthPlanning(now);
	}

	/** Asks for offers and machines when that is due and nothing else runs. */
	void refresh(Instant now) {
		boolean due = breaker.probes() || asked.equals(Instant.MIN) || now.isBefore(asked) || !now.isBefore(asked.plus(settings.poll()));
		if (hanging < HANGING && breaker.reads(now) && due && isIdle()) {
			asked = now;
			submit(new Batch(now, era, List.of(), Optional.empty()));
		}
	}

	/** Ends what stopped or paused it after failures: the account is asked at the next {@link #refresh}. Calls that hang are not affected. */
	void retry() {
		asked = Instant.MIN;
		breaker.retry();
	}

	/** The clock was set: what was read by it before is forgotten, also what is being read, and the account is asked at the next {@link #refresh}. */
	void jumped(Duration by) {
		era++;
		snapshot = Optional.empty();
		asked = Instant.MIN;
		breaker.jumped(by);
	}

	/** When a batch was handed over, by the clock of now. */
	private Instant begun(Batch batch) {
		return batch.era == era ? batch.now : latest;
	}

	private synchronized boolean isIdle() {
		return worker == null;
	}

	/** Makes calls one after the other, up to the first whose outcome is not known; not more than there is {@link #room} for. */
	void call(List<Call> calls, Instant now) {
		submit(new Batch(now, era, calls, Optional.empty()));
	}

	/**
	 * Asks the provider something that changes nothing, after what waits already, whether or not calls are allowed.
	 *
	 * @param name for sentences
	 * @return completed on the account's thread, or by {@link #collect} when it hangs; exceptionally with the provider's exception, or with a
	 *         sentence where the account is not asked now
	 */
	<T> CompletableFuture<T> ask(String name, Question<T> question, Instant now) {
		CompletableFuture<T> answer = new CompletableFuture<>();
		if (hanging < HANGING && breaker.reads(now)) {
			submit(new Batch(now, era, List.of(), Optional.of(new Inquiry<>(name, question, answer))));
		} else {
			answer.completeExceptionally(new PluginException(status.sentence()));
		}
		return answer;
	}

	/** Gives up what is over its deadline, and hands out how calls ended. */
	List<Outcome> collect(Instant now) {
		latest = now;
		for (Runnable message = inbox.poll(); message != null; message = inbox.poll()) {
			message.run();
		}
		giveUpWhatHangs(now);
		List<Outcome> ended = List.copyOf(outcomes);
		outcomes.clear();
		return ended;
	}

	private void submit(Batch batch) {
		Worker fresh = null;
		synchronized (this) {
			waiting.add(batch);
			if (worker == null) {
				fresh = worker = new Worker();
			}
		}
		if (fresh != null) {
			try {
				executor.execute(fresh);
			} catch (RejectedExecutionException e) {
				synchronized (this) {
					worker = null;
					drop("Not called: the workers are stopped.");
				}
				failed(AccountFault.OTHER, batch.now, "STOPPED", "The account " + account.id() + " is not asked: the workers are stopped.");
			}
		}
	}

	private void giveUpWhatHangs(Instant now) {
		String what;
		synchronized (this) {
			Worker stuck = worker;
			if (stuck == null || !stuck.busy || nanos.getAsLong() - stuck.begun <= settings.deadline().toNanos()) {
				return;
			}
			what = stuck.batch.inquiry().map(Inquiry::name).orElseGet(() -> stuck.batch.calls().isEmpty() ? "list" : stuck.batch.calls.get(stuck.index).name());
			stuck.batch.inquiry().ifPresent(inquiry -> fail(inquiry, "No answer to '" + inquiry.name() + "' within " + settings.deadline().toSeconds() + " s."));
			for (int i = stuck.index; i < stuck.batch.calls.size(); i++) {
				String token = stuck.batch.calls.get(i).token();
				outcomes.add(i == stuck.index ? new Outcome.Lost(token, "No answer to '" + what + "' within " + settings.deadline().toSeconds() + " s.")
						: new Outcome.NotCalled(token, "Not called: the account did not answer."));
			}
			drop("Not called: the account did not answer.");
			stuck.abandoned = true;
			stuck.thread.interrupt();
			worker = null;
			hanging++;
		}
		failed(AccountFault.DOWN, now, "TIMEOUT", "The account " + account.id() + " did not answer '" + what + "' within " + settings.deadline().toSeconds() + " s.");
	}

	/** What waits is not called. */
	private void drop(String sentence) {
		for (Batch batch : waiting) {
			batch.calls.forEach(call -> outcomes.add(new Outcome.NotCalled(call.token(), sentence)));
			batch.inquiry().ifPresent(inquiry -> fail(inquiry, sentence));
		}
		waiting.clear();
	}

	/** At the next {@link #collect}, since who waits for it may not be called under the lock. */
	private void fail(Inquiry<?> inquiry, String sentence) {
		inbox.add(() -> inquiry.answer().completeExceptionally(new PluginException(sentence)));
	}

	private void failed(AccountFault fault, Instant now, String detail, String sentence) {
		breaker.failed(fault, detail, sentence, now);
		tell(now);
	}

	private void worked(Instant now) {
		breaker.read(now);
		tell(now);
	}

	private void tell(Instant now) {
		String hangs = hanging >= HANGING ? " " + hanging + " calls hang; it is asked again when one of them comes back." : "";
		become(breaker.status(hangs, now).orElseGet(() -> {
			String machines = snapshot.map(all -> all.ids().size() + " machines, " + all.tokened().size() + " with a token, " + all.offers().size() + " offers").orElse("it answers");
			return new Status(Status.State.OK, "", "The account " + account.id() + " answers: " + machines + ".", now);
		}));
	}

	private void become(Status other) {
		if (other.state() != status.state() || !other.detail().equals(status.detail())) {
			status = other;
		} else if (other.differsFrom(status)) {
			status = new Status(other.state(), other.detail(), other.sentence(), status.since());
		}
	}

	/** A question with the place for its answer, which is given once. */
	private record Inquiry<T>(String name, Question<T> question, CompletableFuture<T> answer) {
		void ask(CloudProvider provider) {
			try {
				answer.complete(question.ask(provider));
			} catch (PluginException | RuntimeException | LinkageError e) {
				answer.completeExceptionally(e);
			}
		}
	}

	/**
	 * Calls in order.
	 *
	 * @param now     when they were handed over, in the estate's time
	 * @param era     how often the clock had been set by then
	 * @param calls   empty for reading the account, or for an inquiry
	 * @param inquiry what is asked instead
	 */
	private record Batch(Instant now, int era, List<Call> calls, Optional<Inquiry<?>> inquiry) {
	}

	/** Makes what waits until nothing waits any more, or until it is abandoned. */
	private final class Worker implements Runnable {
		private Batch batch;
		private int index;
		private boolean busy;
		private boolean abandoned;
		/** Whether the next call of a batch can be made: not when the last one tells that it would fail as well. */
		private boolean goesOn;
		private long begun;
		private Thread thread;

		@Override
		public void run() {
			try {
				for (Batch next = next(); next != null; next = next()) {
					if (next.calls().isEmpty() && begin(next, 0)) {
						if (next.inquiry().isPresent()) {
							next.inquiry().get().ask(account.provider());
						} else {
							read(next);
						}
					}
					goesOn = true;
					for (int i = 0; i < next.calls().size() && begin(next, i); i++) {
						if (goesOn) {
							make(next.calls().get(i), next);
						} else {
							skip(next.calls().get(i));
						}
					}
				}
			} finally {
				end();
			}
		}

		private Batch next() {
			synchronized (AccountDesk.this) {
				busy = false;
				Batch next = abandoned ? null : waiting.poll();
				if (next == null && worker == this) {
					worker = null;
				}
				return next;
			}
		}

		private boolean begin(Batch of, int at) {
			synchronized (AccountDesk.this) {
				if (abandoned) {
					return false;
				}
				batch = of;
				index = at;
				begun = nanos.getAsLong();
				thread = Thread.currentThread();
				busy = true;
				return true;
			}
		}

		private void end() {
			synchronized (AccountDesk.this) {
				busy = false;
				if (worker == this) {
					worker = null;
				}
				if (abandoned) {
					inbox.add(() -> hanging--);
				}
			}
		}

		private void read(Batch reading) {
			try {
				Snapshot fresh = Snapshot.of(account.provider(), reading.now());
				inbox.add(() -> {
					if (reading.era() == era) {
						snapshot = Optional.of(fresh);
					}
					worked(begun(reading));
				});
			} catch (PluginException | RuntimeException | LinkageError e) {
				unlessAbandoned(() -> failed(AccountFault.of(e), begun(reading), "LIST", "The account " + account.id() + " could not be read: " + said(e)));
			}
		}

		private void make(Call call, Batch of) {
			String reason = forbidden.apply(call.fencing());
			if (!reason.isEmpty()) {
				inbox.add(() -> outcomes.add(new Outcome.NotCalled(call.token(), "Not called: " + reason)));
				return;
			}
			failPoint.reached(FailPoint.before(call.name()));
			Outcome outcome = outcome(call, of);
			failPoint.reached(FailPoint.after(call.name()));
			inbox.add(() -> outcomes.add(outcome));
			boolean made = outcome instanceof Outcome.Named;
			if (made || outcome instanceof Outcome.Done) {
				unlessAbandoned(() -> {
					breaker.changed(made);
					tell(begun(of));
				});
			}
		}

		private void skip(Call call) {
			inbox.add(() -> outcomes.add(new Outcome.NotCalled(call.token(), "Not called: the account has just failed.")));
		}

		/** What was given up counts as a failure already. */
		private void unlessAbandoned(Runnable message) {
			inbox.add(() -> {
				if (!abandoned) {
					message.run();
				}
			});
		}

		private Outcome outcome(Call call, Batch of) {
			try {
				return call.action().run(account.provider());
			} catch (RefusedException e) {
				goesOn = e.fault() == AccountFault.MISSING || e.fault() == AccountFault.OTHER;
				unlessAbandoned(() -> {
					breaker.refused(e.fault(), said(e), begun(of));
					tell(begun(of));
				});
				// nothing was done: the same call can be made when the account takes calls again
				return e.fault() == AccountFault.DOWN ? new Outcome.NotCalled(call.token(), "Not done: " + said(e)) : new Outcome.Refused(call.token(), "The provider refused: " + said(e));
			} catch (PluginException | RuntimeException | LinkageError e) {
				goesOn = false;
				String sentence = "The outcome of '" + call.name() + "' is not known: " + said(e);
				unlessAbandoned(() -> failed(AccountFault.of(e), begun(of), "CALL", "The account " + account.id() + ": " + sentence));
				return new Outcome.Lost(call.token(), sentence);
			}
		}
	}

	private static String said(Throwable e) {
		return e instanceof PluginException ? e.getMessage() : e.toString();
	}
}
