// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.util.function.UnaryOperator;

import org.eclipse.swt.widgets.Display;

/** The one cursor on the time line that all parts follow. Changed on the UI thread; read from any. */
public final class TimeCursor {
	private final Listeners listeners = new Listeners();
	private volatile CursorPosition position = CursorPosition.START;

	TimeCursor() {
		// made by WindowServices
	}

	/** Where it is. */
	public CursorPosition position() {
		return position;
	}

	/**
	 * Moves it, for example {@code move(p -> p.withMetric("memory"))}.
	 *
	 * @param change makes the new position from the present one
	 */
	public void move(UnaryOperator<CursorPosition> change) {
		if (Display.getCurrent() == null) {
			throw new IllegalStateException("the cursor is moved on the UI thread only");
		}
		CursorPosition wanted = change.apply(position);
		if (!wanted.equals(position)) {
			position = wanted;
			listeners.fire();
		}
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
