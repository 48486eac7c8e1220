// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.promql;

/** A query that cannot be answered. */
final class PromException extends RuntimeException {
	private static final long serialVersionUID = 1L;
	private final int status;

	private PromException(int status, String message) {
		super(message, null, false, false);
		this.status = status;
	}

	/** It is written wrongly, or a parameter is. */
	static PromException bad(String message) {
		return new PromException(400, message);
	}

	/** It is right, but not something that is done here. */
	static PromException cannot(String message) {
		return new PromException(422, message);
	}

	/** The status of HTTP. */
	int status() {
		return status;
	}

	/** What Prometheus calls it. */
	String type() {
		return status == 400 ? "bad_data" : "execution";
	}
}
