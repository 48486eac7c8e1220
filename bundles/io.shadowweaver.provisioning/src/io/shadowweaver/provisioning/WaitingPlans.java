// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.shadowweaver.api.provision.Plan;

/** The plans that wait for persons or were approved by them and not yet carried out, summed up from the journal. One thread. */
final class WaitingPlans {
	private final Map<String, JournalRecord.Proposed> plans = new LinkedHashMap<>();

	void apply(JournalRecord.OfWaiting record) {
		switch (record) {
		case JournalRecord.Proposed proposed -> plans.put(proposed.plan().id(), proposed);
		case JournalRecord.Consented consented -> plans.computeIfPresent(consented.plan(),
				(id, one) -> with(one, one.plan().approved(new Plan.Approval(consented.person(), consented.at()))));
		}
	}

	void apply(JournalRecord.Decided decided) {
		switch (decided.state()) {
		case PROPOSED, APPROVED -> plans.computeIfPresent(decided.plan(),
				(id, one) -> with(one, one.plan().with(decided.state(), one.plan().guards(), decided.sentence())));
		default -> plans.remove(decided.plan());
		}
	}

	boolean holds(String plan) {
		return plans.containsKey(plan);
	}

	void clear() {
		plans.clear();
	}

	Collection<JournalRecord.Proposed> all() {
		return List.copyOf(plans.values());
	}

	private static JournalRecord.Proposed with(JournalRecord.Proposed before, Plan plan) {
		return new JournalRecord.Proposed(before.at(), plan, before.observed(), before.metric(), before.oldCapacity(), before.unit());
	}

	/** What the plan came from, as far as it matters for carrying it out. */
	static Draft draft(JournalRecord.Proposed one) {
		Plan plan = one.plan();
		return new Draft(plan.group(), plan.needs(), plan.actions(), plan.startBy(), plan.neededBy(), plan.approveBy(), plan.expires(),
				new LeadTimes.Lead(plan.leadMedian(), plan.leadP95(), plan.leadCount()), plan.costPerHour(), plan.currency(),
				plan.arithmetic(), plan.alternatives(), plan.basis(), plan.stateHash(), one.observed(), one.metric(), one.oldCapacity(),
				one.unit(), plan.sentence());
	}
}
