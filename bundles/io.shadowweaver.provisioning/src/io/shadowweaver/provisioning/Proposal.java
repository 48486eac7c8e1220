// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.util.Objects;
import java.util.Optional;

import io.shadowweaver.api.provision.Plan;

/**
 * What becomes of a {@linkplain Wish wish}.
 *
 * @param group    the id of the group
 * @param wanted   how many members were wanted
 * @param plan     the plan that is proposed, with what the guards say of it; empty where there is none. Without an id where it was only looked at.
 * @param sentence the plan's, or why there is none
 */
public record Proposal(String group, int wanted, Optional<Plan> plan, String sentence) {
	/** Checks. */
	public Proposal {
		Objects.requireNonNull(group, "group");
		Objects.requireNonNull(plan, "plan");
		Objects.requireNonNull(sentence, "sentence");
	}

	static Proposal none(Wish wish, String sentence) {
		return new Proposal(wish.group(), wish.count(), Optional.empty(), sentence);
	}

	static Proposal of(Wish wish, Plan plan) {
		return new Proposal(wish.group(), wish.count(), Optional.of(plan), plan.sentence());
	}
}
