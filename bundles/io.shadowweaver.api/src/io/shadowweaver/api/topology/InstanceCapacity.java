// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.topology;

import java.time.Instant;
import java.util.Objects;

/**
 * What one instance safely carries.
 *
 * @param group  id of the scaling group
 * @param provider id of the provider account that makes it; empty for members of no account
 * @param offer  id of the offer that it is made from
 * @param metric id of the metric
 * @param median safe demand of one instance at the target, in the metric's demand unit
 * @param lower  the same at the cautious end of what is known, at most the median; sizing uses this
 * @param basis  how it is known
 * @param asOf   when it was known
 */
public record InstanceCapacity(String group, String provider, String offer, String metric, double median, double lower, Basis basis,
		Instant asOf) {
	/** How a capacity is known. */
	public enum Basis {
		/** The provider or operator says so. */
		DECLARED,
		/** Fitted to what members carried. */
		LEARNED,
		/** Measured by a load test. */
		TESTED
	}

	/** Checks the order. */
	public InstanceCapacity {
		Objects.requireNonNull(provider, "provider");
		Objects.requireNonNull(basis, "basis");
		Objects.requireNonNull(asOf, "asOf");
		if (!(lower > 0 && lower <= median)) {
			throw new IllegalArgumentException(
					"capacity of " + group + "/" + provider + "/" + offer + "/" + metric + ": need 0 < lower <= median: " + lower + ", " + median);
		}
	}
}
