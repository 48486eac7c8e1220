// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.kit.state;

/** A file that is no snapshot, or none that can be read here. Its message is a sentence for the operator. */
public final class SnapshotException extends Exception {
	private static final long serialVersionUID = 1L;

	/** Says why. */
	public SnapshotException(String sentence) {
		super(sentence);
	}

	/** Says why, and what was behind it. */
	public SnapshotException(String sentence, Throwable cause) {
		super(sentence, cause);
	}
}
