// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.autoscaling;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.grpc.stub.ServerCallStreamObserver;

import io.shadowweaver.engine.Weaver;

/**
 * A stream of what changes with the state of an estate: it says the present at once, then each change. To a slow reader it says the newest when that
 * reads again, and nothing of what was between. Works on the worker alone, but for {@link #wake()}.
 *
 * @param <T> what it says; compared by {@code equals}
 */
final class ScalerStream<T> {
	private final ServerCallStreamObserver<T> observer;
	private final ExternalScaler.Answer<T> answer;
	private final Executor worker;
	private final Consumer<ScalerStream<?>> ended;
	private final AtomicBoolean awake = new AtomicBoolean();
	private AutoCloseable subscription;
	private T last;
	private boolean behind;
	private boolean over;

	/**
	 * @param observer where it goes
	 * @param answer   the present
	 * @param worker   a single thread
	 * @param ended    told once when nothing more is said
	 */
	ScalerStream(ServerCallStreamObserver<T> observer, ExternalScaler.Answer<T> answer, Executor worker, Consumer<ScalerStream<?>> ended) {
		this.observer = observer;
		this.answer = answer;
		this.worker = worker;
		this.ended = ended;
	}

	/** Says the present, and from then on what changes. */
	void begin(Weaver weaver) {
		observer.setOnCancelHandler(this::leave);
		observer.setOnReadyHandler(() -> {
			if (behind) {
				update(false);
			}
		});
		subscription = weaver.subscribe(state -> wake());
		update(false);
	}

	/** There is a new state. Any thread; returns at once. */
	private void wake() {
		if (!awake.getAndSet(true)) {
			worker.execute(() -> {
				awake.set(false);
				update(false);
			});
		}
	}

	/** Says the present even where it is the same. */
	void beat() {
		update(true);
	}

	private void update(boolean always) {
		if (over || observer.isCancelled()) {
			return;
		}
		try {
			T present = answer.get();
			behind = !observer.isReady() && (behind || !present.equals(last));
			if (observer.isReady() && (always || !present.equals(last))) {
				last = present;
				observer.onNext(present);
			}
		} catch (DemandException e) {
			leave();
			observer.onError(ExternalScaler.status(e));
		}
	}

	/** Says nothing more; its call is over. */
	void leave() {
		if (over) {
			return;
		}
		over = true;
		ended.accept(this);
		try {
			subscription.close();
		} catch (Exception e) {
			System.getLogger(ScalerStream.class.getName()).log(System.Logger.Level.WARNING, "a stream did not end well", e);
		}
	}
}
