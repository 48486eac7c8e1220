// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.time.Instant;
import java.util.List;

import io.shadowweaver.api.metric.Event;
import io.shadowweaver.api.metric.SeriesId;

/** Knows the events that may explain a series. Called from workers, several at once; answers from memory. */
@FunctionalInterface
public interface EventSource {
	/** No events. */
	EventSource NONE = (id, from, to, known) -> List.of();

	/**
	 * The events that concern a series: those of the whole estate, of its resource, and of the group that its resource is in.
	 *
	 * @param id    the series
	 * @param from  inclusive
	 * @param to    exclusive
	 * @param known events that became known later are left out; a forecast, or the judgement of one, gives its origin
	 * @return those that lie in the time at least in part, by their beginning
	 */
	List<Event> events(SeriesId id, Instant from, Instant to, Instant known);
}
