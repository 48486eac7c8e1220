// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.kit.rest;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The bearer token of an account: granted when it is first needed, kept until shortly before it expires or is declined. Thread-safe. */
public final class BearerTokens {
	private static final Duration MARGIN = Duration.ofMinutes(1);

	/** Asks for a token. */
	@FunctionalInterface
	public interface Source {
		/**
		 * @return a new token
		 * @throws IOException where none was granted
		 */
		Granted grant() throws IOException;
	}

	/**
	 * A token.
	 *
	 * @param token    secret
	 * @param lifetime how long it is valid
	 */
	public record Granted(String token, Duration lifetime) {
		/** Without the token. */
		@Override
		public String toString() {
			return "a token for " + lifetime;
		}
	}

	private final InstantSource clock;
	private final Source source;
	private String token = "";
	private Instant renewAt = Instant.MIN;

	/**
	 * @param clock  ours
	 * @param source grants tokens
	 */
	public BearerTokens(InstantSource clock, Source source) {
		this.clock = clock;
		this.source = source;
	}

	/**
	 * A valid token.
	 *
	 * @throws IOException where none was granted
	 */
	synchronized String token() throws IOException {
		Instant now = clock.instant();
		if (token.isEmpty() || !now.isBefore(renewAt)) {
			token = "";
			Granted granted = source.grant();
			token = granted.token();
			renewAt = now.plus(granted.lifetime()).minus(MARGIN);
		}
		return token;
	}

	/** The provider declines a token: it is given no more. */
	synchronized void declined(String declined) {
		if (token.equals(declined)) {
			token = "";
		}
	}
}
