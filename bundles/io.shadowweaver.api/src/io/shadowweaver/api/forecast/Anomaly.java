// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.forecast;

import java.time.Instant;
import java.util.Objects;

import io.shadowweaver.api.metric.SeriesId;

/**
 * Something unusual: a value, or a forecast that departs from its own past. Scored with nothing but what came before it.
 *
 * @param series   the series
 * @param time     of the value, or when the forecast was issued
 * @param kind     what is unusual
 * @param value    the value, or the forecast's median at the lead where it departs most
 * @param expected what was expected instead, in the unit of the series
 * @param score    0 (usual) to 1
 * @param reason   a sentence for the operator
 */
public record Anomaly(SeriesId series, Instant time, Kind kind, double value, double expected, double score, String reason) {
	/** What is unusual. */
	public enum Kind {
		/** A measured value. */
		VALUE,
		/** A forecast. */
		FORECAST
	}

	/** Checks the score. */
	public Anomaly {
		Objects.requireNonNull(series, "series");
		Objects.requireNonNull(time, "time");
		Objects.requireNonNull(kind, "kind");
		Objects.requireNonNull(reason, "reason");
		if (!(score >= 0 && score <= 1)) {
			throw new IllegalArgumentException("a score of 0 to 1, not " + score);
		}
	}
}
