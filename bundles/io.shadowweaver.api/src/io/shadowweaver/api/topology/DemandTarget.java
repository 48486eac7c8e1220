// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.topology;

/**
 * A metric whose demand scales a group, and the utilisation at which a member works safely.
 *
 * @param metric the id of the metric, whose capacity the members declare
 * @param target safe utilisation of one member, over 0 and at most 1
 */
public record DemandTarget(String metric, double target) {
	/** Checks the range. */
	public DemandTarget {
		if (!(target > 0 && target <= 1)) {
			throw new IllegalArgumentException("target of " + metric + " must be over 0 and at most 1: " + target);
		}
	}
}
