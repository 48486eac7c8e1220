// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Instant;
import java.util.Optional;

/**
 * All that the guards look at.
 *
 * @param now           the estate's time
 * @param stopped       why nothing may be called at all (kill switch, damaged journal); empty when it may
 * @param view          the group
 * @param approvedBy    the person who approved the plan; empty for nobody
 * @param draft         what would be done
 * @param fence         whether we may act, when there is a lease; empty without one
 * @param lastAction    when the group was acted on last; empty for never
 * @param lastRemoval   when a member was removed last; empty for never
 * @param failures      plans of the group that failed wholly since one last worked
 * @param madeByGroup   machines made for the group in the last hour
 * @param madeByEstate  machines made in the last hour
 * @param members       members of the group, coming ones included
 * @param machines      machines of ours, coming ones included
 * @param costPerHour   what they cost; {@code NaN} when a price is not known
 * @param currency      of that cost; empty while there are none
 */
record GuardInput(Instant now, String stopped, GroupView view, String approvedBy, Draft draft, Optional<Fence> fence,
		Optional<Instant> lastAction, Optional<Instant> lastRemoval, int failures, int madeByGroup, int madeByEstate, int members,
		int machines, double costPerHour, String currency) {
	/**
	 * What the lease says.
	 *
	 * @param held     whether we hold it
	 * @param number   the fencing number; 0 when not held
	 * @param sentence for the operator
	 */
	record Fence(boolean held, long number, String sentence) {
	}
}
