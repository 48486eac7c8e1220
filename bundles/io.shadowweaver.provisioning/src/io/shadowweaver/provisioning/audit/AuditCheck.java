// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning.audit;

import java.util.Objects;

/**
 * Whether a trail is whole.
 *
 * @param entries how many entries are whole, from the first on
 * @param journal the number of the record of the journal that the last of them comes from; 0 for none
 * @param broken  the first broken line, from 1; 0 where all are whole
 * @param reason  why it is broken; empty where all are whole
 */
public record AuditCheck(long entries, long journal, long broken, String reason) {
	/** Checks that the reason is there. */
	public AuditCheck {
		Objects.requireNonNull(reason, "reason");
	}

	/** Whether all lines are whole. */
	public boolean whole() {
		return broken == 0;
	}
}
