// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.history;

/**
 * The history cannot be opened, read or written. The message is a sentence for the operator that names the folder and the
 * reason. What failed was not written, not even in part. Unchecked, since most callers can only hand it on to the
 * estate's status.
 */
public class HistoryException extends RuntimeException {
	private static final long serialVersionUID = 1L;

	private final boolean inUse;

	/**
	 * @param sentence what failed and where
	 */
	public HistoryException(String sentence) {
		this(sentence, null);
	}

	/**
	 * @param sentence what failed and where
	 * @param cause    the technical reason
	 */
	public HistoryException(String sentence, Throwable cause) {
		this(sentence, cause, false);
	}

	HistoryException(String sentence, Throwable cause, boolean inUse) {
		super(sentence, cause);
		this.inUse = inUse;
	}

	/** Whether it failed since somebody else has the history open. */
	public boolean isInUse() {
		return inUse;
	}
}
