// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.provision;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A type of machine that a provider makes.
 *
 * @param id           unique at the provider
 * @param name         what the operator reads
 * @param capacity     by metric id, as in {@link io.shadowweaver.api.topology.Resource}
 * @param zones        where it can be had; empty for a provider without zones
 * @param pricePerHour in the currency; {@code NaN} where it is not known, never 0 for unknown
 * @param currency     ISO 4217 code
 * @param quotaLeft    how many more may be made now
 * @param leadMedian   the provider's usual time from call to running; the prior before anything is measured
 * @param leadP95      the same at the 95th percentile, at least the median
 */
public record Offer(String id, String name, Map<String, Double> capacity, List<String> zones, double pricePerHour,
		String currency, int quotaLeft, Duration leadMedian, Duration leadP95) {
	/** Checks and copies. */
	public Offer {
		Objects.requireNonNull(name, "name");
		Objects.requireNonNull(currency, "currency");
		capacity = Map.copyOf(capacity);
		zones = List.copyOf(zones);
		if (id.isBlank() || quotaLeft < 0 || leadMedian.isNegative() || leadP95.compareTo(leadMedian) < 0) {
			throw new IllegalArgumentException("offer '" + id + "': quota " + quotaLeft + ", lead " + leadMedian + " to " + leadP95);
		}
		if (pricePerHour <= 0) {
			throw new IllegalArgumentException("offer " + id + ": a price must be positive, or NaN when it is not known: " + pricePerHour);
		}
	}
}
