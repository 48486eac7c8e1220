// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Work that is done one piece at a time, on any worker, what is urgent before the rest; long queues let other queues have turns. */
final class WorkQueue {
	private static final long TURN_NANOS = 100_000_000;

	private final Executor workers;
	private final Deque<Runnable> urgent = new ArrayDeque<>();
	private final Deque<Runnable> patient = new ArrayDeque<>();
	private boolean running;

	WorkQueue(Executor workers) {
		this.workers = workers;
	}

	/** Queues work before what is patient. */
	void urgent(Runnable work) {
		queue(urgent, work);
	}

	/** Queues work behind everything else. */
	void patient(Runnable work) {
		queue(patient, work);
	}

	/** Queues urgent work and gives its result. */
	<T> CompletableFuture<T> ask(Supplier<T> work) {
		CompletableFuture<T> answer = new CompletableFuture<>();
		urgent(() -> {
			try {
				answer.complete(work.get());
			} catch (RuntimeException | LinkageError e) {
				answer.completeExceptionally(e);
			}
		});
		return answer;
	}

	/** Drops patient work that waits. */
	void forgetPatient() {
		synchronized (urgent) {
			patient.clear();
		}
	}

	private void queue(Deque<Runnable> queue, Runnable work) {
		synchronized (urgent) {
			queue.add(work);
			if (running) {
				return;
			}
			running = true;
		}
		workers.execute(this::run);
	}

	private void run() {
		long start = System.nanoTime();
		while (System.nanoTime() - start < TURN_NANOS) {
			Runnable work;
			synchronized (urgent) {
				work = urgent.isEmpty() ? patient.poll() : urgent.poll();
				if (work == null) {
					running = false;
					return;
				}
			}
			try {
				work.run();
			} catch (RuntimeException | LinkageError e) {
				System.getLogger(Lane.class.getName()).log(System.Logger.Level.ERROR, "Work on forecasts failed", e);
			}
		}
		workers.execute(this::run);
	}
}
