// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.shadowweaver.api.plugin.PluginException;

/**
 * Calls one plug-in from one named thread of its own, with a deadline: a plug-in that hangs holds up nothing but itself. A
 * call that outlived its deadline is interrupted; until it returns, further calls are refused at once.
 */
final class Guarded implements AutoCloseable {
	private final ExecutorService thread;
	private final String name;
	private Future<?> late;

	Guarded(String name) {
		this.name = name;
		thread = Executors.newSingleThreadExecutor(task -> {
			Thread created = new Thread(task, name);
			created.setDaemon(true);
			return created;
		});
	}

	/** Runs a long task on the thread; its caller does not wait. */
	void start(Runnable task) {
		thread.execute(task);
	}

	/**
	 * Calls and waits.
	 *
	 * @throws PluginException with a sentence: what the plug-in said, that it hangs, or what it threw
	 */
	<T> T call(String what, Duration deadline, Callable<T> call) throws PluginException {
		synchronized (this) {
			if (late != null && !late.isDone()) {
				throw new PluginException(name + " still hangs in an earlier call; " + what + " was not tried.");
			}
			late = null;
		}
		Future<T> future = thread.submit(call);
		try {
			return future.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
		} catch (TimeoutException e) {
			future.cancel(true);
			synchronized (this) {
				late = thread.submit(() -> {
					// done as soon as the hanging call returns
				});
			}
			throw new PluginException(name + " did not answer within " + deadline.toSeconds() + " s (" + what + ").", e);
		} catch (ExecutionException e) {
			throw asPluginException(name, what, e.getCause());
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new PluginException(name + ": interrupted during " + what + ".", e);
		}
	}

	static PluginException asPluginException(String name, String what, Throwable cause) {
		if (cause instanceof PluginException said) {
			return said;
		}
		if (cause instanceof VirtualMachineError error) {
			throw error;
		}
		return new PluginException(name + " failed in " + what + ": " + cause, cause);
	}

	@Override
	public void close() {
		thread.shutdownNow();
	}

	/** Waits for what runs to end, after {@link #close()}. */
	void await(Duration time) {
		try {
			thread.awaitTermination(time.toMillis(), TimeUnit.MILLISECONDS);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}
}
