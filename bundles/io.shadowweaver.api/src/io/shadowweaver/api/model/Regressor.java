// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.model;

import java.util.Objects;

/**
 * A driver of a series over its history.
 *
 * @param id     stable, such as {@code event:launch} or {@code requests@group:web-30min}; regressors of one id mean the same in
 *               every training
 * @param kind   what it is
 * @param values one a step of the history, finite; not copied
 */
public record Regressor(String id, Kind kind, double[] values) {
	/** What a regressor is. */
	public enum Kind {
		/** From a calendar: 0 outside of the event, its share of the step inside; known ahead. */
		EVENT,
		/** Another series, moved by a lag; ahead of the lag its values are forecasts. */
		DRIVER
	}

	/** Checks that nothing is missing. */
	public Regressor {
		Objects.requireNonNull(kind, "kind");
		Objects.requireNonNull(values, "values");
		if (id.isBlank()) {
			throw new IllegalArgumentException("a regressor needs an id");
		}
	}

	/** What an operator reads for an id: {@code launch summer-sale} for {@code event:launch:summer-sale}. */
	public static String name(String id) {
		return id.startsWith("event:") ? id.substring("event:".length()).replace(':', ' ') : id;
	}
}
