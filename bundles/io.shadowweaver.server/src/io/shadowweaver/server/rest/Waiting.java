// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.rest;

import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.shadowweaver.server.Problem;

/** Waits for what other threads compute, but not for ever. */
final class Waiting {
	private Waiting() {
	}

	/**
	 * The result of some work.
	 *
	 * @param status of the problem when it ends with a sentence instead
	 * @throws jakarta.ws.rs.WebApplicationException 504 when it takes too long
	 */
	static <T> T of(CompletableFuture<T> work, Duration patience, int status) throws InterruptedException {
		try {
			return work.get(patience.toMillis(), TimeUnit.MILLISECONDS);
		} catch (ExecutionException e) {
			if (e.getCause() instanceof IllegalStateException || e.getCause() instanceof IllegalArgumentException || e.getCause() instanceof NoSuchElementException) {
				throw Problem.exception(status, e.getCause().getMessage());
			}
			throw new IllegalStateException(e.getCause());
		} catch (TimeoutException e) {
			work.cancel(true);
			throw Problem.exception(504, "It took longer than " + patience.toSeconds() + " s and was given up.");
		}
	}
}
