// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.metric;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The samples of many series at one instant: a row. The list and the array are not copied; a source that always sends the
 * same series should send the same list, which readers may compare by identity.
 *
 * @param time   when they were measured
 * @param series what was measured
 * @param values in the base units, one for each series; {@code NaN} where there is none
 */
public record Tick(Instant time, List<SeriesId> series, double[] values) {
	/** Checks that there is one value a series. */
	public Tick {
		Objects.requireNonNull(time, "time");
		if (series.size() != values.length) {
			throw new IllegalArgumentException(series.size() + " series but " + values.length + " values");
		}
	}
}
