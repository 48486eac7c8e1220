// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.plan;

import java.util.ArrayList;
import java.util.List;

import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.GuardOutcome;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.engine.whatif.Commit;
import io.shadowweaver.provisioning.Proposal;
import io.shadowweaver.ui.act.Names;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.properties.Fact;

/** What a scenario would propose, in words. */
final class CommitFacts {
	private static final String LEFT = "Not proposed";

	private CommitFacts() {
	}

	/** How many plans there would be. */
	static int plans(Commit commit) {
		return (int) commit.proposals().stream().filter(proposal -> proposal.plan().isPresent()).count();
	}

	/** What would come of it, in a sentence. */
	static String verdict(Commit commit) {
		int plans = plans(commit);
		if (plans == 0) {
			return commit.proposals().isEmpty() ? "The scenario adds no members, so there is nothing to propose." : "Nothing can be proposed.";
		}
		long refused = commit.proposals().stream().flatMap(proposal -> proposal.plan().stream()).filter(plan -> plan.guards().stream().anyMatch(guard -> !guard.passed())).count();
		return (plans == 1 ? "One plan would be proposed" : plans + " plans would be proposed") + (refused == 0 ? ", and every guard passes now" : "; as it stands, guards would refuse " + (plans == 1 ? "it" : refused + " of them"))
				+ ". Nothing is made until a person approves.";
	}

	/** What was proposed, in a sentence. */
	static String done(Commit commit) {
		int plans = plans(commit);
		return plans == 0 ? "Nothing was proposed." : (plans == 1 ? "One plan was proposed" : plans + " plans were proposed") + " and waits in the view Provisioning for a person's approval.";
	}

	/** Each plan with its actions, cost and guards, and what nothing becomes of. */
	static List<Fact> of(Commit commit, Names names) {
		List<Fact> facts = new ArrayList<>();
		for (Proposal proposal : commit.proposals()) {
			String category = names.group(proposal.group()) + ": " + proposal.wanted() + " wanted";
			facts.add(new Fact(category, proposal.plan().isPresent() ? "Plan" : LEFT, names.said(proposal.sentence())));
			proposal.plan().ifPresent(plan -> add(facts, category, plan, names));
		}
		commit.notes().forEach(note -> facts.add(new Fact(LEFT, "Note", note)));
		return facts;
	}

	private static void add(List<Fact> facts, String category, Plan plan, Names names) {
		for (Action action : plan.actions()) {
			facts.add(new Fact(category, "Action", names.action(action)));
		}
		facts.add(new Fact(category, "Cost an hour", Double.isNaN(plan.costPerHour()) ? "not known" : Formats.cost(plan.costPerHour(), plan.currency())));
		facts.add(new Fact(category, "Ready by", names.said(plan.neededBy().toString())));
		facts.add(new Fact(category, "Approve by", names.said(plan.approveBy().toString())));
		for (GuardOutcome guard : plan.guards()) {
			facts.add(new Fact(category, guard.guard(), (guard.passed() ? "passes: " : "refuses: ") + names.said(guard.sentence())));
		}
	}
}
