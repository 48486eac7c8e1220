// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.state;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.metric.SeriesId;

/**
 * What the estate is expected to look like. Members of scaling groups are projected from the demand of their group and the
 * capacity ready at each time; every other series is its own forecast.
 *
 * @param kind      with or without what is called and building
 * @param origin    the estate's time
 * @param projected bands of those series that are projected: utilisation, or base units
 * @param groups    outlook of each scaling group by id
 */
public record Shadow(Kind kind, Instant origin, Map<SeriesId, Bands> projected, Map<String, GroupOutlook> groups) {
	/** Which of the two shadows. */
	public enum Kind {
		/** With the capacity ready now: what happens if nobody acts. Alerts and needs rise from it. */
		UNATTENDED,
		/** With what is called and building as well. */
		PLANNED
	}

	/** Checks and copies. */
	public Shadow {
		Objects.requireNonNull(kind, "kind");
		Objects.requireNonNull(origin, "origin");
		projected = projected instanceof Patched ? projected : Map.copyOf(projected);
		groups = Map.copyOf(groups);
	}

	/**
	 * The same with the bands of some series otherwise. It shares all others with this one, so that little is copied.
	 *
	 * @param other   bands by series
	 * @param without series that are not projected any more; one that {@code other} has is projected
	 * @param groups  outlook of each scaling group by id
	 */
	public Shadow with(Map<SeriesId, Bands> other, Set<SeriesId> without, Map<String, GroupOutlook> groups) {
		return new Shadow(kind, origin, new Patched(Map.copyOf(projected), Map.copyOf(other), Set.copyOf(without)), groups);
	}

	/** Nothing projected. */
	public static Shadow empty(Kind kind, Instant origin) {
		return new Shadow(kind, origin, Map.of(), Map.of());
	}

	/**
	 * The bands of a series in this shadow.
	 *
	 * @param id     the series
	 * @param series the state's series, whose forecasts stand for what is not projected
	 * @return the bands; empty when there is no forecast
	 */
	public Optional<Bands> bands(SeriesId id, SeriesPages series) {
		Bands bands = projected.get(id);
		return bands != null ? Optional.of(bands) : series.forecast(id).flatMap(Forecast::bands);
	}
}
