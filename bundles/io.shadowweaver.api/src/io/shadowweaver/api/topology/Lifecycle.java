// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.topology;

/** Where a resource is between wish and end. */
public enum Lifecycle {
	/** A plan wants it; nothing was called. */
	PLANNED,
	/** Journalled or called; the provider has not begun. */
	QUEUED,
	/** The provider makes it, or it boots, registers and warms up. */
	BUILDING,
	/** Carries load. */
	LIVE,
	/** Takes no new work and will go. */
	DRAINING,
	/** Reported to be broken. */
	FAILED,
	/** Gone; kept for a while so that the picture heals slowly. */
	GONE;

	/** Whether it exists and can carry load now. */
	public boolean carriesLoad() {
		return this == LIVE || this == DRAINING;
	}

	/** Whether it does not exist yet. */
	public boolean isComing() {
		return this == PLANNED || this == QUEUED || this == BUILDING;
	}
}
