// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.model;

import java.util.Objects;

/**
 * One of the parts whose sum is a forecast: what an operator reads behind 'because'.
 *
 * @param kind   what kind of part
 * @param name   what it is called for the operator, such as 'daily' or 'launch'
 * @param values one a lead, in the unit of the series; the parts of a forecast add up to its median
 */
public record Part(Kind kind, String name, double[] values) {
	/** Kinds of parts. */
	public enum Kind {
		/** Where the series is and where it is going. */
		TREND,
		/** What comes again each period. */
		SEASON,
		/** What events of the calendar add. */
		EVENT,
		/** What other series add. */
		DRIVER,
		/** Everything else: the present deviation, and what a model cannot take apart. */
		REST
	}

	/** Checks that nothing is missing. */
	public Part {
		Objects.requireNonNull(kind, "kind");
		Objects.requireNonNull(name, "name");
		Objects.requireNonNull(values, "values");
	}
}
