// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.kit.rest;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A provider answered, but not with what was asked for. */
public final class AnswerException extends IOException {
	private static final long serialVersionUID = 1L;
	/** The status of an answer that came but is not JSON where JSON was asked for. */
	public static final int NOT_JSON = -1;

	private final int status;
	private final String call;
	private final String reason;
	private final String said;
	private final Duration retryAfter;

	/**
	 * @param status the HTTP status, or {@link #NOT_JSON}
	 * @param call   method and path, without query
	 * @param said   what the provider says of it; empty for nothing
	 */
	public AnswerException(int status, String call, String said) {
		this(status, call, "", said, Optional.empty());
	}

	/**
	 * @param status     the HTTP status, or {@link #NOT_JSON}
	 * @param call       method and path, without query
	 * @param reason     the provider's own code for it, such as {@code quotaExceeded}; empty for none
	 * @param said       what the provider says of it; empty for nothing
	 * @param retryAfter how long the provider wants no further call; empty where it does not say
	 */
	public AnswerException(int status, String call, String reason, String said, Optional<Duration> retryAfter) {
		super(call + " was answered " + (status == NOT_JSON ? "with something that is not JSON" : "with " + status) + (said.isEmpty() ? "" : ": " + said));
		this.status = status;
		this.call = call;
		this.reason = reason;
		this.said = said;
		this.retryAfter = retryAfter.orElse(null);
	}

	/** The HTTP status, or {@link #NOT_JSON}. */
	public int status() {
		return status;
	}

	/** Method and path, without query. */
	public String call() {
		return call;
	}

	/** The provider's own code for it, such as {@code quotaExceeded}; empty for none. */
	public String reason() {
		return reason;
	}

	/** What the provider says of it; empty for nothing. */
	public String said() {
		return said;
	}

	/** How long the provider wants no further call; empty where it does not say. */
	public Optional<Duration> retryAfter() {
		return Optional.ofNullable(retryAfter);
	}

	/**
	 * Whether the provider has read the call and declined it, so that nothing was done. A time-out of the server or a
	 * fault inside it leave that open.
	 */
	public boolean isCertain() {
		return status >= 400 && status < 500 && status != 408;
	}
}
