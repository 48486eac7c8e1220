// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.shadowweaver.api.metric.SeriesId;

/**
 * Numbers the series of an estate, in the order in which they were first seen. Only grows; shared by all states of the
 * estate. One writer, many readers.
 */
public final class SeriesIndex {
	private final Map<SeriesId, Integer> slots = new ConcurrentHashMap<>();
	private volatile List<SeriesId> ids = List.of();
	private final List<SeriesId> growing = new ArrayList<>();

	/**
	 * The number of a series, given at the first call. For the one writer.
	 *
	 * @param id the series
	 * @return 0, 1, 2 …
	 */
	public int add(SeriesId id) {
		Integer known = slots.get(id);
		if (known != null) {
			return known;
		}
		int slot = growing.size();
		growing.add(id);
		slots.put(id, slot);
		return slot;
	}

	/** Makes what was added readable by {@link #id(int)}; for the one writer. */
	void publish() {
		if (ids.size() != growing.size()) {
			ids = List.copyOf(growing);
		}
	}

	/** The number of a series, or -1. */
	public int slot(SeriesId id) {
		return slots.getOrDefault(id, -1);
	}

	/** The series of a published number. */
	public SeriesId id(int slot) {
		return ids.get(slot);
	}

	/** How many numbers were given. For the one writer. */
	int size() {
		return growing.size();
	}
}
