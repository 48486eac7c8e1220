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
 * @param region       where its zones lie; empty for a provider without regions
 * @param price        what an hour of it costs; {@link Price#UNKNOWN} where nobody says
 * @param quotaLeft    how many more may be made now
 * @param leadMedian   the provider's usual time from call to running; the prior before anything is measured
 * @param leadP95      the same at the 95th percentile, at least the median
 */
public record Offer(String id, String name, Map<String, Double> capacity, String region, List<String> zones, Price price,
		int quotaLeft, Duration leadMedian, Duration leadP95) {
	/** Checks and copies. */
	public Offer {
		Objects.requireNonNull(name, "name");
		Objects.requireNonNull(region, "region");
		Objects.requireNonNull(price, "price");
		capacity = Map.copyOf(capacity);
		zones = List.copyOf(zones);
		if (id.isBlank() || quotaLeft < 0 || leadMedian.isNegative() || leadP95.compareTo(leadMedian) < 0) {
			throw new IllegalArgumentException("offer '" + id + "': quota " + quotaLeft + ", lead " + leadMedian + " to " + leadP95);
		}
	}

	/** Without a region, at a price of the provider's own, as of {@link Price#of}. */
	public Offer(String id, String name, Map<String, Double> capacity, List<String> zones, double pricePerHour, String currency,
			int quotaLeft, Duration leadMedian, Duration leadP95) {
		this(id, name, capacity, "", zones, Price.of(pricePerHour, currency), quotaLeft, leadMedian, leadP95);
	}

	/** The price of an hour in its currency; {@code NaN} where it is not known. */
	public double pricePerHour() {
		return price.perHour();
	}

	/** ISO 4217 code of the price; empty where it is not known. */
	public String currency() {
		return price.currency();
	}

	/** The same at another price. */
	public Offer with(Price other) {
		return new Offer(id, name, capacity, region, zones, other, quotaLeft, leadMedian, leadP95);
	}
}
