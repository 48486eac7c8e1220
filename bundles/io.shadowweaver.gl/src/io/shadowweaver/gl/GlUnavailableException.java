// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.gl;

/** OpenGL cannot be used here; the message says why, for the operator. */
public class GlUnavailableException extends Exception {
	private static final long serialVersionUID = 1L;

	/**
	 * @param sentence why, one sentence
	 * @param cause    what was thrown; may be {@code null}
	 */
	public GlUnavailableException(String sentence, Throwable cause) {
		super(sentence, cause);
	}
}
