// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.provisioning.cost.Charge;

/**
 * What can be had, and what is paid for already.
 *
 * @param offers  what accounts offer, priced, by their ids; an account that has not answered yet is absent
 * @param types   types of the accounts' providers, by the accounts' ids
 * @param charges machines of ours in this month
 */
record Market(Map<String, List<Offer>> offers, Map<String, String> types, Collection<Charge> charges) {
	/** Nothing is paid for yet, and nobody says what the accounts are. */
	static Market of(Map<String, List<Offer>> offers) {
		return new Market(offers, Map.of(), List.of());
	}
}
