// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.search;

/** A query that cannot be understood, or that asks for what the estate does not have. */
public final class QueryException extends Exception {
	private static final long serialVersionUID = 1;
	private final int position;

	QueryException(int position, String message) {
		super(message);
		this.position = position;
	}

	/** The index of the character at which it goes wrong, from 0 to the length of the query. */
	public int position() {
		return position;
	}
}
