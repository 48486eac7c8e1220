// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import io.shadowweaver.api.plugin.Status;

/** The newest status of each part of an estate. A change is a line of the log; a repetition keeps its time. Thread-safe. */
final class Statuses {
	private static final Logger LOG = System.getLogger(Statuses.class.getName());

	private final Map<String, Status> newest = new ConcurrentHashMap<>();
	private final String estate;
	private final InstantSource clock;

	Statuses(String estate, InstantSource clock) {
		this.estate = estate;
		this.clock = clock;
	}

	void set(String part, Status.State state, String detail, String sentence) {
		set(part, new Status(state, detail, sentence, clock.instant()));
	}

	void set(String part, Status status) {
		Status before = newest.get(part);
		if (status.differsFrom(before)) {
			newest.put(part, status);
			if (before == null || before.state() != status.state() || !before.detail().equals(status.detail())) {
				boolean bad = status.state() == Status.State.FAILED || status.state() == Status.State.UNAVAILABLE;
				LOG.log(bad ? Level.WARNING : Level.INFO, estate + ": " + part + " is " + status.state() + ": " + status.sentence());
			}
		}
	}

	/**
	 * Sets the statuses of all parts below a prefix; a part that is not among them has none any more.
	 *
	 * @param present by what follows the prefix
	 */
	void replace(String prefix, Map<String, Status> present) {
		newest.keySet().removeIf(part -> part.startsWith(prefix) && !present.containsKey(part.substring(prefix.length())));
		present.forEach((part, status) -> set(prefix + part, status));
	}

	Map<String, Status> all() {
		return new TreeMap<>(newest);
	}
}
