// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.util.List;
import java.util.function.Function;

import io.shadowweaver.api.metric.SeriesId;

/**
 * What a forecaster asks the estate around it of a series. All of it is called from several threads, workers included, and answers from memory.
 *
 * @param tailoring what an operator has decided on a series
 * @param events    which events may explain it
 * @param drivers   which series may drive it, the likeliest first; those that are not registered are passed over
 */
public record Surroundings(Function<SeriesId, Tailoring> tailoring, EventSource events, Function<SeriesId, List<SeriesId>> drivers) {
	/** Nothing is decided, nothing happens, nothing drives anything. */
	public static final Surroundings NONE = new Surroundings(id -> Tailoring.NONE, EventSource.NONE, id -> List.of());
}
