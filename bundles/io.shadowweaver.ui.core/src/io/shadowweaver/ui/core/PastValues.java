// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.time.Instant;
import java.util.Map;

import io.shadowweaver.api.metric.SeriesId;

/**
 * What was observed at one time of the past, as far as it is read from the history yet. Immutable.
 *
 * @param estate   the id of the estate
 * @param time     the time
 * @param values   in base units; a series that is missing is not read yet or has no value there
 * @param complete whether all series were read
 */
public record PastValues(String estate, Instant time, Map<SeriesId, Double> values, boolean complete) {
	/** Nothing read. */
	public static final PastValues NOTHING = new PastValues("", Instant.EPOCH, Map.of(), false);

	/** The value of a series; {@code NaN} where it is not known. */
	public double value(SeriesId id) {
		Double value = values.get(id);
		return value == null ? Double.NaN : value;
	}
}
