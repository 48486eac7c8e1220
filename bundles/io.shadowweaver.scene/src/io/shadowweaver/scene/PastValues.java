// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import io.shadowweaver.api.metric.SeriesId;

/** What series were at the moment that the time cursor shows. Read by the scene thread: must answer at once, from memory. */
@FunctionalInterface
public interface PastValues {
	/** Nothing is known of the past. */
	PastValues NONE = id -> Double.NaN;

	/**
	 * @param id a series
	 * @return its value at the cursor in base units; {@code NaN} where it is not known (yet)
	 */
	double at(SeriesId id);
}
