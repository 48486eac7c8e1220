// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.state;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.metric.SeriesId;

/** The bands of another shadow with some replaced, added or left out. Cannot be changed. */
final class Patched extends AbstractMap<SeriesId, Bands> {
	private final Map<SeriesId, Bands> under;
	private final Map<SeriesId, Bands> over;
	private final Set<SeriesId> without;
	private final int size;

	/** Keeps all three, which cannot be changed. */
	Patched(Map<SeriesId, Bands> under, Map<SeriesId, Bands> over, Set<SeriesId> without) {
		this.under = under;
		this.over = over;
		this.without = without;
		int more = (int) over.keySet().stream().filter(id -> !under.containsKey(id)).count();
		int less = (int) without.stream().filter(id -> under.containsKey(id) && !over.containsKey(id)).count();
		size = under.size() + more - less;
	}

	@Override
	public Bands get(Object id) {
		Bands bands = over.get(id);
		return bands != null || without.contains(id) ? bands : under.get(id);
	}

	@Override
	public boolean containsKey(Object id) {
		return id != null && get(id) != null;
	}

	@Override
	public int size() {
		return size;
	}

	@Override
	public Set<Entry<SeriesId, Bands>> entrySet() {
		return new AbstractSet<>() {
			@Override
			public Iterator<Entry<SeriesId, Bands>> iterator() {
				return Stream.concat(under.entrySet().stream().filter(entry -> !over.containsKey(entry.getKey()) && !without.contains(entry.getKey())), over.entrySet().stream()).iterator();
			}

			@Override
			public int size() {
				return size;
			}
		};
	}
}
