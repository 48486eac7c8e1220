// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.util.concurrent.CancellationException;

import org.eclipse.core.runtime.OperationCanceledException;

import io.shadowweaver.client.ApiException;

/** Asks a server from a Job: what it refuses is told in its own words. */
final class Asking {
	private Asking() {
	}

	/** A question. */
	@FunctionalInterface
	interface Question<T> {
		T ask() throws ApiException, InterruptedException;
	}

	/** A command. */
	@FunctionalInterface
	interface Command {
		void give() throws ApiException, InterruptedException;
	}

	/**
	 * Asks and waits.
	 *
	 * @throws IllegalStateException      with the sentence of the server, or why it does not answer
	 * @throws OperationCanceledException when the Job was cancelled
	 */
	static <T> T ask(Question<T> question) {
		try {
			return question.ask();
		} catch (ApiException e) {
			throw new IllegalStateException(e.getMessage(), e);
		} catch (CancellationException e) {
			throw new OperationCanceledException(e.getMessage());
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new OperationCanceledException();
		}
	}

	/** Commands and waits until the server has taken it. */
	static void give(Command command) {
		ask(() -> {
			command.give();
			return null;
		});
	}

	/** What can be changed by whoever runs the server alone. */
	static IllegalStateException elsewhere(String what, String server) {
		return new IllegalStateException(what + " of an estate on " + server + " can be changed there alone: the API does not offer it.");
	}
}
