// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.shadowweaver.api.metric.SeriesId;

/** Which series have a model that is not to be chosen. Thread-safe. */
final class Pins {
	private final Map<SeriesId, String> models;

	/** @param models by series, as the settings have them */
	Pins(Map<SeriesId, String> models) {
		this.models = new ConcurrentHashMap<>(models);
	}

	/** The id of the model of a series; empty when it is chosen. */
	Optional<String> of(SeriesId id) {
		return Optional.ofNullable(models.get(id));
	}

	/** Pins, or lets go. */
	void set(SeriesId id, Optional<String> model) {
		model.ifPresentOrElse(to -> models.put(id, to), () -> models.remove(id));
	}
}
