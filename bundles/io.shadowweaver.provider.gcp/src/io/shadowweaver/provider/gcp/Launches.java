// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.gcp;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import io.shadowweaver.api.provision.Instance;

/**
 * Insertions that Compute Engine has taken and not yet carried out. Where one fails, for want of quota or room, no instance is left to be
 * listed, so that the reason is kept here for a while.
 */
final class Launches {
	/** How long a failed one is told. */
	private static final Duration TOLD = Duration.ofHours(1);

	private record Open(String operation, Instance instance) {
	}

	private final Compute compute;
	private final Map<String, Open> open = new LinkedHashMap<>();
	private final Map<String, Instance> failed = new LinkedHashMap<>();

	Launches(Compute compute) {
		this.compute = compute;
	}

	/** From now on an insertion is followed. */
	void follow(Operation operation, Instance instance) {
		forget(instance.id());
		if (!operation.isDone()) {
			open.put(instance.id(), new Open("zones/" + instance.zone() + "/operations/" + operation.name(), instance));
		}
	}

	/** Nobody wants to hear of an instance any more. */
	void forget(String id) {
		open.remove(id);
		failed.remove(id);
	}

	/**
	 * Asks what has become of the open ones.
	 *
	 * @param listed the ids of those that are there
	 * @param now    by our clock
	 * @return those of which nothing came, with the reason
	 */
	Collection<Instance> failed(Set<String> listed, Instant now) throws IOException {
		List<Open> asked = new ArrayList<>(open.values());
		for (Open one : asked) {
			Optional<JsonNode> answer = compute.find(one.operation());
			Optional<Operation> operation = answer.map(Operation::of);
			if (operation.map(Operation::isDone).orElse(true)) {
				open.remove(one.instance().id());
			}
			operation.filter(Operation::isFailed).ifPresent(ended -> failed.put(one.instance().id(), failed(one.instance(), ended)));
		}
		failed.values().removeIf(one -> one.createdAt().plus(TOLD).isBefore(now));
		// it may still be listed for a moment, and goes
		return failed.values().stream().filter(one -> !listed.contains(one.id())).toList();
	}

	private static Instance failed(Instance coming, Operation operation) {
		return new Instance(coming.id(), coming.name(), coming.token(), coming.resource(), coming.offer(), coming.region(), coming.zone(), "", Instance.State.FAILED,
				coming.createdAt(), coming.tags(), "It was not made: " + operation.reason() + ".");
	}
}
