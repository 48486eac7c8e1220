// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.topology.Resource;

/**
 * What is on its way to a group: each machine once, whether it is still coming, or ready and not yet reported by a source, or
 * reported already.
 *
 * @param entries machines to be counted beside the live members
 * @param asked   the size that an external owner was asked for and has not reached; 0 for none
 */
record Coming(List<Entry> entries, int asked) {
	static Coming of(GroupView view, List<Entry> ofGroup) {
		Set<String> reported = new HashSet<>();
		view.liveMembers().stream().map(Resource::id).forEach(reported::add);
		List<Entry> counted = new ArrayList<>();
		int asked = 0;
		for (Entry entry : ofGroup) {
			// what became ready is there until its provider says otherwise, however late a source reports it: else it would be made again
			boolean unreported = entry.isOurs() && ofGroup.stream().noneMatch(other -> removes(other, entry));
			if ((entry.isComing() || unreported) && !reported.contains(entry.resource())) {
				counted.add(entry);
			}
			if (entry.intent().kind() == Action.Kind.SET_SIZE && !entry.isFinal()) {
				asked = Math.max(asked, entry.intent().size());
			}
		}
		return new Coming(counted, asked);
	}

	private static boolean removes(Entry other, Entry entry) {
		return other.intent().target().equals(entry.token()) && !other.is(QueueEntry.State.FAILED, QueueEntry.State.CANCELLED);
	}

	/** Whether something was asked for and is not there yet. */
	boolean isBuilding() {
		return asked > 0 || entries.stream().anyMatch(Entry::isComing);
	}

	/**
	 * The ready members and these.
	 *
	 * @param offers by account
	 */
	Supply with(GroupView view, Supply ready, Map<String, List<Offer>> offers) {
		Supply supply = ready;
		for (Entry entry : entries) {
			String provider = entry.intent().provider();
			Optional<Offer> offer = offers.getOrDefault(provider, List.of()).stream().filter(one -> one.id().equals(entry.intent().offer())).findFirst();
			Map<String, Double> unit = offer.map(one -> Capacities.unit(view, provider, one)).orElse(Map.of());
			supply = supply.plus(1, unit.isEmpty() ? Capacities.unit(view) : unit);
		}
		return asked > supply.members() ? supply.plus(asked - supply.members(), Capacities.unit(view)) : supply;
	}

	/** The number of members, these included. */
	int members(int ready) {
		return Math.max(asked, ready + entries.size());
	}
}
