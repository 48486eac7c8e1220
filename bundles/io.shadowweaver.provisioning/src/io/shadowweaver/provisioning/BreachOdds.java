// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Instant;

/**
 * Says how probable it is that the demand of a group exceeds a limit at some time from now on until another: by paths, since that is
 * more than the probability of any single time.
 */
@FunctionalInterface
public interface BreachOdds {
	/** Nothing is known. */
	BreachOdds UNKNOWN = (limit, until) -> Double.NaN;

	/**
	 * @param limit in the unit of demand
	 * @param until up to when
	 * @return 0 to 1; {@code NaN} where it is not known. What lies too far ahead for paths is left out
	 */
	double by(double limit, Instant until);
}
