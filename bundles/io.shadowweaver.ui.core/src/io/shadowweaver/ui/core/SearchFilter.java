// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

import org.eclipse.swt.widgets.Display;

import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.engine.search.Query;
import io.shadowweaver.engine.search.QueryException;

/** What all windows are filtered by, and filters that are kept under a name. Changed on the UI thread; read from any. */
public final class SearchFilter {
	private record Found(WeaverState state, CursorPosition position, Query query, Set<String> ids) {
	}

	private final Listeners listeners = new Listeners();
	private final Consumer<Map<String, String>> memory;
	private volatile Query query = Query.ALL;
	private volatile Map<String, String> saved;
	private Found found;

	/**
	 * @param saved  filters that were kept, by name
	 * @param memory keeps them
	 */
	SearchFilter(Map<String, String> saved, Consumer<Map<String, String>> memory) {
		this.saved = new TreeMap<>(saved);
		this.memory = memory;
	}

	/** What is looked for. */
	public Query query() {
		return query;
	}

	/**
	 * Looks for something else.
	 *
	 * @param text  a query; empty for all
	 * @param state of the estate, which must have what is asked for
	 * @throws QueryException with the place where it goes wrong; nothing is changed then
	 */
	public void look(String text, WeaverState state) throws QueryException {
		onUi();
		Query wanted = Query.parse(text).checked(state);
		if (!wanted.equals(query)) {
			query = wanted;
			listeners.fire();
		}
	}

	/** Shows all again. */
	public void clear() {
		onUi();
		if (!query.isAll()) {
			query = Query.ALL;
			listeners.fire();
		}
	}

	/** The filters that are kept: queries by name, in the order of names. */
	public Map<String, String> saved() {
		return Map.copyOf(saved);
	}

	/** Keeps a query under a name, in place of what is there; an empty one removes it. */
	public void save(String name, String text) {
		onUi();
		Map<String, String> next = new TreeMap<>(saved);
		if (text.isBlank()) {
			next.remove(name);
		} else {
			next.put(name, text);
		}
		saved = next;
		memory.accept(Map.copyOf(next));
		listeners.fire();
	}

	/**
	 * Calls back on the UI thread after each change.
	 *
	 * @return ends it
	 */
	public Runnable listen(Runnable listener) {
		return listeners.add(listener);
	}

	/** Ids of the resources that match; empty where all do. Computed once for a state. Feed's thread. */
	Optional<Set<String>> matching(WeaverState state, CursorPosition position) {
		Query wanted = query;
		if (wanted.isAll()) {
			return Optional.empty();
		}
		Found last = found;
		if (last == null || last.state != state || !last.position.equals(position) || !last.query.equals(wanted)) {
			last = new Found(state, position, wanted, Set.copyOf(wanted.matches(state, new Query.Prediction(position.kind(), position.level()))));
			found = last;
		}
		return Optional.of(last.ids);
	}

	private static void onUi() {
		if (Display.getCurrent() == null) {
			throw new IllegalStateException("the filter is changed on the UI thread only");
		}
	}
}
