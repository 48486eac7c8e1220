// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.whatif;

/** A scenario cannot be read, or does not fit the estate: the sentence names the change and what is wrong with it. */
public final class ScenarioException extends Exception {
	private static final long serialVersionUID = 1L;

	/**
	 * @param sentence for the operator
	 */
	public ScenarioException(String sentence) {
		super(sentence);
	}

	/**
	 * @param sentence for the operator
	 * @param cause    what led to it
	 */
	public ScenarioException(String sentence, Throwable cause) {
		super(sentence, cause);
	}
}
