// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.metric;

import java.util.Objects;

/**
 * Many samples of one series: a column, as back-fill delivers it.
 *
 * @param id     the series
 * @param series its samples
 */
public record Block(SeriesId id, Series series) {
	/** Checks that nothing is {@code null}. */
	public Block {
		Objects.requireNonNull(id, "id");
		Objects.requireNonNull(series, "series");
	}
}
