// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.shadowweaver.api.plugin.Status;

/** How the candidates are doing. Thread-safe. */
final class Health {
	private final List<Candidate> candidates;
	private final Map<String, Status> statuses = new ConcurrentHashMap<>();

	Health(List<Candidate> candidates) {
		this.candidates = candidates;
	}

	/** What was found out about a candidate; an empty sentence means well. */
	void set(int candidate, boolean lasting, String sentence, Instant now) {
		Status.State state = sentence.isEmpty() ? Status.State.OK : lasting ? Status.State.UNAVAILABLE : Status.State.FAILED;
		Status status = new Status(state, "", sentence.isEmpty() ? "Works." : sentence, now);
		statuses.merge(candidates.get(candidate).id(), status, (old, newer) -> newer.differsFrom(old) ? newer : old);
	}

	Map<String, Status> all() {
		Map<String, Status> all = new LinkedHashMap<>();
		for (Candidate candidate : candidates) {
			Status idle = new Status(Status.State.IDLE, "", "Not used yet.", Instant.EPOCH);
			all.put(candidate.id(), statuses.getOrDefault(candidate.id(), idle));
		}
		return all;
	}
}
