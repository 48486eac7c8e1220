// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Offer;

/**
 * What a provider said of its account.
 *
 * @param at       when it was asked, in the estate's time: what happened before that is in it, after the settling time
 * @param offers   what can be made
 * @param byToken  the machines that carry a token
 * @param ids      the ids of all machines
 * @param settling how long a machine may be missing from the list
 */
record Snapshot(Instant at, List<Offer> offers, Map<String, Instance> byToken, Set<String> ids, Duration settling) {
	/** Asks, and refuses nonsense. */
	static Snapshot of(CloudProvider provider, Instant at) throws PluginException {
		List<Offer> offers = provider.offers();
		List<Instance> machines = provider.list();
		Duration settling = provider.settling();
		if (offers == null || machines == null || settling == null || settling.isNegative()) {
			throw new PluginException("The provider answered with nothing where it must list offers, machines and a settling time.");
		}
		Map<String, Instance> byToken = new HashMap<>();
		Set<String> ids = new HashSet<>();
		for (Instance machine : machines) {
			if (machine == null || !ids.add(machine.id())) {
				throw new PluginException("The provider's list of machines is not whole: "
						+ (machine == null ? "an entry is missing." : "the id " + machine.id() + " is there twice."));
			}
			if (!machine.token().isEmpty()) {
				Instance other = byToken.put(machine.token(), machine);
				if (other != null && other.state() != Instance.State.DELETING && machine.state() != Instance.State.DELETING) {
					throw new PluginException("The provider made two machines for the token " + machine.token() + ": " + other.id() + " and "
							+ machine.id() + "; somebody must remove one.");
				}
			}
		}
		return new Snapshot(at, List.copyOf(offers), Map.copyOf(byToken), Set.copyOf(ids), settling);
	}

	Optional<Instance> machine(String token) {
		return Optional.ofNullable(byToken.get(token));
	}

	Optional<Offer> offer(String id) {
		return offers.stream().filter(offer -> offer.id().equals(id)).findFirst();
	}
}
