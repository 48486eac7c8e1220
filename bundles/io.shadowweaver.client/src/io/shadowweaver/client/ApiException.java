// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.client;

import java.io.IOException;

/** A server did not do what it was asked for; the message is a sentence for the operator, the server's own where it has said one. */
public final class ApiException extends IOException {
	private static final long serialVersionUID = 1L;
	private static final int NOT_FOUND = 404;
	private static final int UNKNOWN_CALLER = 401;
	private static final int FORBIDDEN = 403;

	private final int status;

	/**
	 * The server has answered.
	 *
	 * @param status  of HTTP
	 * @param message a sentence
	 */
	ApiException(int status, String message) {
		super(message);
		this.status = status;
	}

	/** The server has not answered, or nothing that can be read. */
	ApiException(String message, Throwable cause) {
		super(message, cause);
		status = 0;
	}

	/** The status of HTTP; 0 where there was no answer. */
	public int status() {
		return status;
	}

	/** Whether the server knows nothing of that name. */
	public boolean isMissing() {
		return status == NOT_FOUND;
	}

	/** Whether the key is missing or wrong, or may not do that: asking again changes nothing. */
	public boolean isRefusal() {
		return status == UNKNOWN_CALLER || status == FORBIDDEN;
	}
}
