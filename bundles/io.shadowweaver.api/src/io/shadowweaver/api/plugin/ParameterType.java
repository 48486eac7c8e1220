// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.plugin;

/** The type of a declared {@link Parameter}; decides how its text is checked and edited. */
public enum ParameterType {
	/** Any text. */
	STRING,
	/** A whole number. */
	INTEGER,
	/** A decimal number, finite. */
	NUMBER,
	/** {@code true} or {@code false}. */
	BOOLEAN,
	/** A span of time: {@code 90s}, {@code 5m}, {@code 2h}, {@code 14d}, {@code 250ms} or ISO-8601 ({@code PT5M}). */
	DURATION,
	/** A path of an existing or new file. */
	FILE,
	/** A path of an existing or new directory. */
	DIRECTORY,
	/** An absolute http or https address. */
	URL,
	/** Several lines of text, for example one rule a line. */
	TEXT
}
