// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Adds up the CPU that trainings take. Thread-safe. */
final class Costs {
	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	private final List<Candidate> candidates;
	private final Map<Integer, ModelCost> byCandidate = new ConcurrentHashMap<>();

	Costs(List<Candidate> candidates) {
		this.candidates = candidates;
	}

	/** The CPU that this thread has taken, in nanoseconds; where that cannot be told, the time. Only differences mean something. */
	static long now() {
		return THREADS.isCurrentThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled() ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
	}

	void add(int candidate, int series, long nanos, Instant at) {
		byCandidate.merge(candidate, ModelCost.NONE.and(series, nanos, at), (all, more) -> all.and(series, nanos, at));
	}

	Map<String, ModelCost> all() {
		Map<String, ModelCost> all = new LinkedHashMap<>();
		for (int candidate = 0; candidate < candidates.size(); candidate++) {
			all.put(candidates.get(candidate).id(), byCandidate.getOrDefault(candidate, ModelCost.NONE));
		}
		return all;
	}
}
