// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.whatif;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.provisioning.GroupView;

/**
 * What a scenario starts from. Immutable: it may be solved on any thread, as often as one likes.
 *
 * @param state the estate at its newest tick
 * @param use   by group, what was learned of its members
 * @param views by group, what provisioning sees of it: from them comes how many members are required
 * @param leads by group, how long it takes to make a member of it; absent where nothing makes one
 */
public record Base(WeaverState state, Map<String, GroupUse> use, Map<String, GroupView> views, Map<String, Duration> leads) {
	/** Copies. */
	public Base {
		Objects.requireNonNull(state, "state");
		use = Map.copyOf(use);
		views = Map.copyOf(views);
		leads = Map.copyOf(leads);
	}
}
