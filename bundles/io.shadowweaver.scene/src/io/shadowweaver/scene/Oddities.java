// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.shadowweaver.api.forecast.Anomaly;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Unit;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.scene.SceneModel.Unusual;

/** The most unusual that each resource or group has at the moment that is shown. Immutable. */
final class Oddities {
	/** So long an anomaly stays marked: an operator who looks up from something else still sees it. */
	static final Duration LASTING = Duration.ofMinutes(30);

	private final Map<String, Unusual> bySubject = new HashMap<>();

	/**
	 * @param state the estate
	 * @param at    the moment that is shown as live
	 */
	Oddities(WeaverState state, Instant at) {
		for (Anomaly anomaly : state.anomalies()) {
			if (!anomaly.time().isAfter(at) && anomaly.time().isAfter(at.minus(LASTING))) {
				bySubject.merge(anomaly.series().subject(), unusual(state, anomaly), (old, other) -> other.score() > old.score() ? other : old);
			}
		}
	}

	private static Unusual unusual(WeaverState state, Anomaly anomaly) {
		boolean forecast = anomaly.kind() == Anomaly.Kind.FORECAST;
		SeriesId id = anomaly.series();
		Metric metric = state.metrics().getOrDefault(id.metric(), Metric.of(id.metric(), Unit.COUNT));
		String text = (forecast ? "unusual forecast of " : "unusual ") + metric.name() + ": " + Words.value(id, metric, anomaly.value()) + " instead of "
				+ Words.value(id, metric, anomaly.expected());
		return new Unusual(anomaly.time(), anomaly.score(), forecast, text);
	}

	/** That of a resource's id, or of a group's key. */
	Optional<Unusual> of(String subject) {
		return Optional.ofNullable(bySubject.get(subject));
	}

	/** Whether nothing is unusual. */
	boolean isEmpty() {
		return bySubject.isEmpty();
	}
}
