// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.calendar;

/** What is wrong with a line of an iCalendar file. */
final class IcsException extends Exception {
	private static final long serialVersionUID = 1;

	/**
	 * @param line     from 1; 0 for the whole file
	 * @param property its name; empty for none
	 * @param reason   a sentence
	 */
	IcsException(int line, String property, String reason) {
		super((line > 0 ? "line " + line + (property.isEmpty() ? "" : ", " + property) + ": " : "") + reason);
	}
}
