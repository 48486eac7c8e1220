// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.autoscaling;

/** There is no demand to tell; the message says why, for a person. */
public final class DemandException extends Exception {
	private static final long serialVersionUID = 1L;

	/** Whose fault it is. */
	public enum Kind {
		/** The question is wrong, and stays wrong. */
		INVALID,
		/** The estate or series is not there. */
		UNKNOWN,
		/** It cannot be told now: there is no forecast, or its data are too old. */
		UNAVAILABLE
	}

	private final Kind kind;

	DemandException(Kind kind, String message) {
		super(message);
		this.kind = kind;
	}

	/** Whose fault it is. */
	public Kind kind() {
		return kind;
	}
}
