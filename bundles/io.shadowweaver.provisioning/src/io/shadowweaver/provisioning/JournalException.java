// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

/** The journal cannot be opened or written. The message is a sentence that names the file and what is wrong. */
class JournalException extends Exception {
	private static final long serialVersionUID = 1L;

	/**
	 * @param sentence what failed and where
	 * @param cause    the technical reason; {@code null} where there is none
	 */
	public JournalException(String sentence, Throwable cause) {
		super(sentence, cause);
	}
}
