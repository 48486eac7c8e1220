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

	/** So many trainings say more than what a model declares. */
	private static final int ENOUGH = 10;

	private record Measured(int series, long blocks, long nanos) {
		Measured and(Measured more) {
			return new Measured(series + more.series, blocks + more.blocks, nanos + more.nanos);
		}
	}

	private final List<Candidate> candidates;
	private final Map<Integer, Measured> measured = new ConcurrentHashMap<>();
	private final Map<Integer, ModelCost> byCandidate = new ConcurrentHashMap<>();

	Costs(List<Candidate> candidates) {
		this.candidates = candidates;
	}

	/** The CPU that this thread has taken, in nanoseconds; where that cannot be told, the time. Only differences mean something. */
	static long now() {
		return THREADS.isCurrentThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled() ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
	}

	/**
	 * Adds a piece of work.
	 *
	 * @param series how many series were trained
	 * @param blocks how long their histories were together
	 */
	void add(int candidate, int series, long blocks, long nanos, Instant at) {
		measured.merge(candidate, new Measured(series, blocks, nanos), Measured::and);
		byCandidate.merge(candidate, ModelCost.NONE.and(series, nanos, at), (all, more) -> all.and(series, nanos, at));
	}

	/** About how many microseconds a training takes for each thousand blocks: as measured, or, before there is enough of that, as declared. */
	double micros(int candidate) {
		Measured known = measured.get(candidate);
		return known == null || known.series < ENOUGH || known.blocks == 0 ? candidates.get(candidate).factory().needs().trainMicros()
				: (double) known.nanos / known.blocks;
	}

	Map<String, ModelCost> all() {
		Map<String, ModelCost> all = new LinkedHashMap<>();
		for (int candidate = 0; candidate < candidates.size(); candidate++) {
			all.put(candidates.get(candidate).id(), byCandidate.getOrDefault(candidate, ModelCost.NONE));
		}
		return all;
	}
}
