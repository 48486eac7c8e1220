// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning.cost;

/** What machines cost and may cost. */
public record CostSettings() {
	/** Nothing is limited. */
	public static final CostSettings DEFAULT = new CostSettings();
}
