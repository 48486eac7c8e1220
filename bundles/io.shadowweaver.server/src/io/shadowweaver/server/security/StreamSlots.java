// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.security;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How many streams are open, of all and of each caller. Thread-safe. */
public final class StreamSlots {
	private final Limits limits;
	private final Map<String, Integer> open = new HashMap<>();
	private int all;

	/**
	 * @param limits how many there may be
	 */
	public StreamSlots(Limits limits) {
		this.limits = limits;
	}

	/** A stream that counts until it is closed. */
	public interface Slot extends AutoCloseable {
		@Override
		void close();
	}

	/**
	 * Counts a stream that is about to begin.
	 *
	 * @return ends it when closed, once; empty when there are as many as there may be
	 */
	public synchronized Optional<Slot> take(String caller) {
		if (all >= limits.streams() || open.getOrDefault(caller, 0) >= limits.streamsPerCaller()) {
			return Optional.empty();
		}
		all++;
		open.merge(caller, 1, Integer::sum);
		boolean[] ended = new boolean[1];
		return Optional.of(() -> {
			synchronized (this) {
				if (!ended[0]) {
					ended[0] = true;
					all--;
					open.computeIfPresent(caller, (name, count) -> count == 1 ? null : count - 1);
				}
			}
		});
	}

	/** How many are open. */
	public synchronized int count() {
		return all;
	}
}
