// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

/**
 * How many members a group needs at one time.
 *
 * @param members   how many, within the limits of the group
 * @param unclamped how many without its limits
 * @param metric    the binding metric; empty when no metric asks for any
 * @param demand    the demand of that metric that was sized for; {@code NaN} when no metric asks for any
 */
public record Requirement(int members, int unclamped, String metric, double demand) {
	/** Whether the group's maximum clamps it. */
	public boolean capped() {
		return unclamped > members;
	}
}
