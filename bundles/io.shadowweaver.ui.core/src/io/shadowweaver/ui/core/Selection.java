// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.util.List;
import java.util.Optional;

import org.eclipse.swt.widgets.Display;

/**
 * The one selection that links all parts. Changed on the UI thread; read from any.
 */
public final class Selection {
	private final Listeners listeners = new Listeners();
	private volatile List<Item> items = List.of();

	Selection() {
		// made by WindowServices
	}

	/** What is selected; the first is what single-item parts show. */
	public List<Item> items() {
		return items;
	}

	/** The first of the selected. */
	public Optional<Item> first() {
		return items.stream().findFirst();
	}

	/** Whether something is selected. */
	public boolean contains(Item item) {
		return items.contains(item);
	}

	/**
	 * Selects. Does nothing where that is selected already, so that linked parts do not chase each other.
	 *
	 * @param wanted the new selection; empty for none
	 */
	public void select(List<Item> wanted) {
		if (Display.getCurrent() == null) {
			throw new IllegalStateException("the selection is changed on the UI thread only");
		}
		if (!items.equals(wanted)) {
			items = List.copyOf(wanted);
			listeners.fire();
		}
	}

	/** Selects one. */
	public void select(Item wanted) {
		select(List.of(wanted));
	}

	/**
	 * Calls back on the UI thread after each change.
	 *
	 * @return ends it
	 */
	public Runnable listen(Runnable listener) {
		return listeners.add(listener);
	}
}
