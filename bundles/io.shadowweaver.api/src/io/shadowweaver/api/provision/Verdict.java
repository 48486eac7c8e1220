// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.provision;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * What an action was worth, judged afterwards.
 *
 * @param plan          the id of the plan
 * @param group         the id of the group
 * @param at            when it was judged
 * @param provisioned   members that became ready
 * @param peakUse       largest observed demand above the old capacity, as a share of the capacity added; 0 or more
 * @param early         from ready to first needed; negative when it came late; zero when it was never needed
 * @param cost          what the added members cost until {@code at}; {@code NaN} when not known
 * @param currency      of the cost
 * @param breachAvoided whether observed demand exceeded the old capacity
 * @param sentence      the verdict in one sentence
 */
public record Verdict(String plan, String group, Instant at, int provisioned, double peakUse, Duration early,
		double cost, String currency, boolean breachAvoided, String sentence) {
	/** Checks that nothing is {@code null}. */
	public Verdict {
		Objects.requireNonNull(plan, "plan");
		Objects.requireNonNull(group, "group");
		Objects.requireNonNull(at, "at");
		Objects.requireNonNull(early, "early");
		Objects.requireNonNull(sentence, "sentence");
	}
}
