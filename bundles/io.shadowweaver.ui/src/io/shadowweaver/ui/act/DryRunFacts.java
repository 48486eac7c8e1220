// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.act;

import java.util.ArrayList;
import java.util.List;

import io.shadowweaver.api.provision.DryRun;
import io.shadowweaver.api.provision.GuardOutcome;
import io.shadowweaver.ui.properties.Fact;

/** What a dry run tells, in reading order. Pure. */
final class DryRunFacts {
	private DryRunFacts() {
	}

	/** Whether it would work, in a sentence. */
	static String verdict(DryRun run) {
		if (!run.trouble().isEmpty()) {
			return "It would not be carried out: " + run.trouble();
		}
		long troubled = run.steps().stream().filter(step -> !step.trouble().isEmpty()).count();
		return troubled == 0 ? "It would be carried out: " + run.steps().size() + (run.steps().size() == 1 ? " step" : " steps") + ", and every guard passes."
				: troubled + " of " + run.steps().size() + " steps would fail.";
	}

	/** The calls, the guards, the quota, the cost and the way back. */
	static List<Fact> of(DryRun run, Names names) {
		List<Fact> facts = new ArrayList<>();
		facts.add(new Fact("Result", "Tried", names.said(run.at().toString()) + "; nothing was changed"));
		facts.add(new Fact("Result", "Outcome", names.said(verdict(run))));
		for (GuardOutcome guard : run.guards()) {
			facts.add(new Fact("Guards", guard.guard(), (guard.passed() ? "passes: " : "refuses: ") + names.said(guard.sentence())));
		}
		facts.add(new Fact("Cost", "Arithmetic", run.cost()));
		run.quota().forEach(sentence -> facts.add(new Fact("Quota", "Before and after", sentence)));
		for (int i = 0; i < run.steps().size(); i++) {
			DryRun.Step step = run.steps().get(i);
			String category = "Step " + (i + 1) + " of " + run.steps().size() + ", at " + names.account(step.provider());
			facts.add(new Fact(category, "Token", step.token()));
			if (!step.trouble().isEmpty()) {
				facts.add(new Fact(category, "Trouble", step.trouble()));
			}
			if (step.calls().isEmpty() && step.trouble().isEmpty()) {
				facts.add(new Fact(category, "Calls", "none is made"));
			}
			for (int call = 0; call < step.calls().size(); call++) {
				facts.add(new Fact(category, "Call " + (call + 1), step.calls().get(call)));
			}
		}
		for (int i = 0; i < run.rollBack().size(); i++) {
			facts.add(new Fact("Roll-back, in this order", String.valueOf(i + 1), run.rollBack().get(i)));
		}
		return facts;
	}
}
