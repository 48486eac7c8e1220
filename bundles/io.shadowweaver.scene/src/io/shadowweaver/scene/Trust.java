// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.state.WeaverState;

/**
 * Remembers a few older states, so that what was forecast for now can stand beside what came. For one thread.
 */
final class Trust {
	private static final Duration SPACING = Duration.ofMinutes(5);
	private static final Duration MEMORY = Duration.ofMinutes(65);

	private final Deque<WeaverState> states = new ArrayDeque<>();

	void remember(WeaverState state) {
		if (!states.isEmpty() && (!states.getLast().estate().equals(state.estate()) || state.time().isBefore(states.getLast().time()))) {
			states.clear();
		}
		if (states.isEmpty() || !state.time().isBefore(states.getLast().time().plus(SPACING))) {
			states.addLast(state);
		}
		while (states.getFirst().time().isBefore(state.time().minus(MEMORY))) {
			states.removeFirst();
		}
	}

	/** What was forecast as the median for a moment, at least a lead before it; {@code NaN} when nobody remembers. */
	double expected(SeriesId id, Instant moment, Duration lead) {
		Duration reach = lead.compareTo(Duration.ofHours(1)) > 0 ? Duration.ofHours(1) : lead;
		Iterator<WeaverState> newestFirst = states.descendingIterator();
		while (newestFirst.hasNext()) {
			WeaverState old = newestFirst.next();
			if (!old.time().isAfter(moment.minus(reach))) {
				return old.planned().bands(id, old.series()).map(bands -> bands.at(moment, .5)).orElse(Double.NaN);
			}
		}
		return Double.NaN;
	}
}
