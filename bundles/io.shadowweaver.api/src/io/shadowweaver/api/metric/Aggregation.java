// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.metric;

/** How values of a metric combine over the members of a group, and over time in a roll-up (always the mean there). */
public enum Aggregation {
	/** Adds up: bytes a second, requests a second. */
	SUM,
	/** Averages, weighted by capacity: utilisation. */
	MEAN,
	/** Neither: latency is never summed; the worst stands for the group. */
	MAX
}
