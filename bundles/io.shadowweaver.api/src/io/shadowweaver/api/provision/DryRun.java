// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.provision;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What a plan would do if it were carried out now. Nothing was changed to find it out.
 *
 * @param plan     the id of the plan
 * @param at       when it was tried, in the estate's time
 * @param steps    each call in its order
 * @param guards   what the guards say now, all of them
 * @param cost     the arithmetic of the cost, for the operator
 * @param quota    what is left of the quota before and after, a sentence for each account
 * @param rollBack how each step is undone, in the order of undoing
 * @param trouble  why it would not work; empty when it would
 */
public record DryRun(String plan, Instant at, List<Step> steps, List<GuardOutcome> guards, String cost, List<String> quota,
		List<String> rollBack, String trouble) {
	/** Copies. */
	public DryRun {
		Objects.requireNonNull(plan, "plan");
		Objects.requireNonNull(at, "at");
		Objects.requireNonNull(cost, "cost");
		Objects.requireNonNull(trouble, "trouble");
		steps = List.copyOf(steps);
		guards = List.copyOf(guards);
		quota = List.copyOf(quota);
		rollBack = List.copyOf(rollBack);
	}

	/** The same with other steps; where nothing was in the way yet, what is in the way of the first of them is. */
	public DryRun with(List<Step> others) {
		String first = others.stream().map(Step::trouble).filter(sentence -> !sentence.isEmpty()).findFirst().orElse("");
		return new DryRun(plan, at, others, guards, cost, quota, rollBack, trouble.isEmpty() ? first : trouble);
	}

	/**
	 * One intent.
	 *
	 * @param token    that it would carry
	 * @param provider the id of the provider connection
	 * @param calls    the exact calls, one a line; empty where the provider could not be asked
	 * @param trouble  what the provider says against it; empty for nothing
	 */
	public record Step(String token, String provider, List<String> calls, String trouble) {
		/** Copies. */
		public Step {
			Objects.requireNonNull(token, "token");
			Objects.requireNonNull(provider, "provider");
			Objects.requireNonNull(trouble, "trouble");
			calls = List.copyOf(calls);
		}
	}
}
