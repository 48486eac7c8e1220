// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.simulated;

import java.time.Instant;

/**
 * The truth about a tier at an instant, which no metric shows when it is saturated.
 *
 * @param time     when
 * @param members  those that carry load
 * @param offered  requests a second that want in
 * @param capacity requests a second that all members serve at full load
 * @param shed     requests a second that are turned away
 * @param cpu      mean processor utilisation of the members
 * @param latency  95th percentile of the response time, averaged over the members by what they serve; seconds
 */
public record GroupLoad(Instant time, int members, double offered, double capacity, double shed, double cpu, double latency) {
	/** Offered by capacity: over 1 in overload. */
	public double utilisation() {
		return offered / capacity;
	}

	/** The share of the capacity that nobody uses, 0 to 1. */
	public double unused() {
		return Math.max(0, 1 - offered / capacity);
	}
}
