// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.simulated;

/** What can go wrong with a wish for a machine. */
public enum Fault {
	/** The zone has no room: certain, nothing is made. */
	REFUSED,
	/** The machine is taken on and fails while it is made. */
	FAILED,
	/** The machine is made, but the answer is lost. */
	LOST,
	/** The call is lost on its way: nothing is made, but the caller cannot know. */
	DROPPED,
	/** As {@link #LOST}, and the machine is listed only after the settling time. */
	LATE,
	/** The machine runs but never takes traffic. */
	UNHEALTHY
}
