// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.shadowweaver.api.provision.GuardOutcome;

/**
 * All that the guards look at.
 *
 * @param now          the estate's time
 * @param stopped      why nothing may be called at all (kill switch, damaged journal); empty when it may
 * @param view         the group, with its maximum as it is now
 * @param approvedBy   the persons who approved the plan; empty for nobody, or not enough
 * @param draft        what would be done
 * @param fence        whether we may act, when there is a lease; empty without one
 * @param lastAction   when the group was acted on last; empty for never
 * @param lastRemoval  when a member was removed last; empty for never
 * @param failures     plans of the group that failed wholly since one last worked
 * @param madeByGroup  when machines were made for the group in the last hour, the oldest first
 * @param madeByEstate the same for the estate
 * @param members      members of the group, coming ones included
 * @param machines     machines of ours, coming ones included
 * @param trial        what is known of the kinds of machines that would be made
 * @param raised       the raised maximum; empty where none holds
 * @param thawed       who allowed changes in a freeze window; empty for nobody
 * @param budget       what the money allows
 */
record GuardInput(Instant now, String stopped, GroupView view, String approvedBy, Draft draft, Optional<Fence> fence,
		Optional<Instant> lastAction, Optional<Instant> lastRemoval, int failures, List<Instant> madeByGroup, List<Instant> madeByEstate,
		int members, int machines, Canary.Trial trial, Optional<JournalRecord.Raised> raised, Optional<JournalRecord.Thawed> thawed,
		GuardOutcome budget) {
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
