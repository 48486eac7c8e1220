// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Callbacks without arguments. Thread-safe; one that throws is logged and does not stop the others. */
final class Listeners {
	private static final System.Logger LOG = System.getLogger(Listeners.class.getName());
	private final List<Runnable> all = new CopyOnWriteArrayList<>();

	Runnable add(Runnable listener) {
		all.add(listener);
		return () -> all.remove(listener);
	}

	void fire() {
		for (Runnable listener : all) {
			try {
				listener.run();
			} catch (RuntimeException e) {
				LOG.log(System.Logger.Level.ERROR, "A window part failed while it was told of a change.", e);
			}
		}
	}
}
