// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.act;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.shadowweaver.api.provision.GuardOutcome;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.ui.core.Formats;

/** What a person is told before a plan is approved or rejected. Pure. */
public final class PlanDecision {
	private PlanDecision() {
	}

	/**
	 * The question.
	 *
	 * @param plans   those that wait for a person, not empty
	 * @param approve whether they are approved, or rejected
	 * @param now     the estate's time: the times in their sentences are written as seen from it
	 */
	public static DecisionDialog.Decision of(List<Plan> plans, boolean approve, Instant now) {
		List<String> lines = new ArrayList<>();
		for (Plan plan : plans) {
			lines.add(plan.sentence());
			lines.add("   Cost: " + cost(plan));
			lines.add("   Guards: " + guards(plan));
			if (!plan.approvals().isEmpty()) {
				lines.add("   Approved so far by " + people(plan) + "; a second person is needed.");
			}
		}
		if (approve) {
			lines.add("All guards run once more before anything is called.");
		}
		String verb = approve ? "Approve" : "Reject";
		return new DecisionDialog.Decision(verb + (plans.size() == 1 ? " this plan" : " these " + plans.size() + " plans"), verb,
				lines.stream().map(line -> Formats.said(line, now)).toList(), Optional.empty(),
				person -> approve ? problem(plans, person) : "");
	}

	private static String problem(List<Plan> plans, String person) {
		return plans.stream().filter(plan -> plan.approvals().stream().anyMatch(approval -> approval.person().equals(person))).findFirst()
				.map(plan -> person + " has approved this plan already; another person must.").orElse("");
	}

	/** What a plan costs, with how that came about. */
	public static String cost(Plan plan) {
		String cost = Double.isNaN(plan.costPerHour()) ? "not known" : Formats.cost(plan.costPerHour(), plan.currency());
		return plan.arithmetic().isEmpty() ? cost : cost + "; " + plan.arithmetic();
	}

	/** How many guards passed, or which refused and why. */
	public static String guards(Plan plan) {
		for (GuardOutcome guard : plan.guards()) {
			if (!guard.passed()) {
				return guard.guard() + " refused: " + guard.sentence();
			}
		}
		return plan.guards().isEmpty() ? "not asked yet" : "all " + plan.guards().size() + " passed";
	}

	/** Who approved, in order. */
	public static String people(Plan plan) {
		return plan.approvals().stream().map(Plan.Approval::person).collect(Collectors.joining(", "));
	}

	/** Who approved and what is still waited for; empty where nobody has to. */
	public static String approvals(Plan plan) {
		boolean waits = plan.state() == Plan.State.PROPOSED;
		if (plan.approvals().isEmpty()) {
			return waits ? "waits for a person" : "";
		}
		return people(plan) + (waits ? ", waits for a second person" : "");
	}
}
