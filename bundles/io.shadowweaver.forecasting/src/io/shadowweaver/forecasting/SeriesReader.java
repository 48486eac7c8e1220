// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.time.Instant;

import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;

/** Reads history in its base step. Called from workers, several at once, and from callers of {@link Forecaster#path}. */
@FunctionalInterface
public interface SeriesReader {
	/**
	 * @param id   the series
	 * @param from inclusive
	 * @param to   exclusive
	 * @return what there is, gaps as {@code NaN}; an empty series says why
	 */
	Series range(SeriesId id, Instant from, Instant to);
}
