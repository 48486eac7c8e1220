// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Offer;

/**
 * What a provider said of its account.
 *
 * @param at       when it was asked, in the estate's time: what happened before that is in it, after the settling time
 * @param offers   what can be made
 * @param tokened  the machines that carry a token, in the order of {@link #OLDEST}
 * @param byToken  the same by their token; more than one where the provider made it more than once, then in that order
 * @param ids      the ids of all machines
 * @param settling how long a machine may be missing from the list
 */
record Snapshot(Instant at, List<Offer> offers, List<Instance> tokened, Map<String, List<Instance>> byToken, Set<String> ids, Duration settling) {
	/** By which one of several machines of one token is taken for the one that was meant: one that stays, then the oldest; the same at each reading. */
	static final Comparator<Instance> OLDEST = Comparator.comparing((Instance machine) -> machine.state() == Instance.State.DELETING)
			.thenComparing(machine -> machine.state() == Instance.State.FAILED)
			.thenComparing(Instance::createdAt, Comparator.nullsLast(Comparator.naturalOrder())).thenComparing(Instance::id);

	/** Asks, and refuses nonsense. A list that was paged while it moved may hold a machine twice: the later word counts. */
	static Snapshot of(CloudProvider provider, Instant at) throws PluginException {
		List<Offer> offers = provider.offers();
		List<Instance> machines = provider.list();
		Duration settling = provider.settling();
		if (offers == null || machines == null || settling == null || settling.isNegative()) {
			throw new PluginException("The provider answered with nothing where it must list offers, machines and a settling time.");
		}
		Map<String, Instance> byId = new LinkedHashMap<>();
		for (Instance machine : machines) {
			if (machine == null) {
				throw new PluginException("The provider's list of machines is not whole: an entry is missing.");
			}
			Instance before = byId.put(machine.id(), machine);
			if (before != null && !before.token().equals(machine.token())) {
				throw new PluginException("The provider's list of machines contradicts itself: the id " + machine.id() + " is there with the token '"
						+ before.token() + "' and with '" + machine.token() + "'.");
			}
		}
		List<Instance> tokened = byId.values().stream().filter(machine -> !machine.token().isEmpty()).sorted(OLDEST).toList();
		Map<String, List<Instance>> byToken = tokened.stream().collect(Collectors.groupingBy(Instance::token, Collectors.toUnmodifiableList()));
		return new Snapshot(at, List.copyOf(offers), tokened, Map.copyOf(byToken), Set.copyOf(byId.keySet()), settling);
	}

	/**
	 * The machine of an intent: the one that the journal names; before it names one, the first of its token.
	 *
	 * @param entry of a creation
	 */
	Optional<Instance> machine(Entry entry) {
		String token = entry.intent().request().token();
		return machines(token).stream().filter(machine -> entry.instance().isEmpty() || machine.id().equals(entry.instance())).findFirst();
	}

	/** The machines of a token. */
	List<Instance> machines(String token) {
		return byToken.getOrDefault(token, List.of());
	}

	/** With other offers. */
	Snapshot offering(List<Offer> other) {
		return new Snapshot(at, other, tokened, byToken, ids, settling);
	}

	Optional<Offer> offer(String id) {
		return offers.stream().filter(offer -> offer.id().equals(id)).findFirst();
	}
}
