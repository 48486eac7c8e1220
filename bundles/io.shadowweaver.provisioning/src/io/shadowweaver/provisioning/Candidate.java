// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.shadowweaver.api.provision.Offer;

/**
 * An offer that a plan may take.
 *
 * @param account the id of the account
 * @param offer   the offer
 * @param unit    safe demand of one of it, by metric
 * @param lead    expected from the call to the first healthy traffic
 * @param ready   when one that is decided now would be ready
 * @param quota   how many more can be had, at least 1
 * @param zones   where it may be made; one empty name for a provider without zones
 * @param price   of an hour, in the currency of the comparison; assumed where {@code priced} is false
 * @param priced  whether somebody says the price
 * @param order   its place in the order of preference: templates first, then the offers of each
 */
record Candidate(String account, Offer offer, Map<String, Double> unit, LeadTimes.Lead lead, Instant ready, int quota, List<String> zones,
		double price, boolean priced, int order) {
	Candidate priced(double assumed) {
		return new Candidate(account, offer, unit, lead, ready, quota, zones, assumed, false, order);
	}

	/**
	 * What an hour of as much costs as one reference member carries.
	 *
	 * @param reference safe demand of that member by metric
	 */
	double merit(Map<String, Double> reference) {
		double members = 0;
		for (Map.Entry<String, Double> one : reference.entrySet()) {
			double carries = unit.getOrDefault(one.getKey(), 0.);
			members = Math.max(members, carries > 0 ? one.getValue() / carries : 1e6);
		}
		return price * (members > 0 ? members : 1);
	}
}
