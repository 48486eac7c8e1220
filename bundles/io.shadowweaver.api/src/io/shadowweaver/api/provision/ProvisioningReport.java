// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.provision;

import java.util.List;
import java.util.Map;

/**
 * What automation costs, what has drifted, and which group has earned more of it.
 *
 * @param spending   one for each currency
 * @param drifts     differences between journal and providers, the oldest first
 * @param promotions of each group that is not in mode <em>auto</em>, and of those that are in it and fail in what has earned it
 * @param prices     of live and coming resources, by id; those whose price nobody knows are absent
 */
public record ProvisioningReport(List<Spending> spending, List<Drift> drifts, List<Promotion> promotions, Map<String, Price> prices) {
	/** Nothing to tell. */
	public static final ProvisioningReport EMPTY = new ProvisioningReport(List.of(), List.of(), List.of(), Map.of());

	/** Copies. */
	public ProvisioningReport {
		spending = List.copyOf(spending);
		drifts = List.copyOf(drifts);
		promotions = List.copyOf(promotions);
		prices = Map.copyOf(prices);
	}
}
