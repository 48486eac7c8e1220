// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.act;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.GuardOutcome;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.ui.core.Formats;

class PlanDecisionTest {
	private static final Instant NOW = Instant.parse("2026-03-03T12:00:00Z");

	private static Plan plan(double cost, GuardOutcome... guards) {
		return new Plan("p1", "web", Plan.State.PROPOSED, NOW, List.of(), List.of(new Action(Action.Kind.CREATE, "cloud", 2, "m1", "a", "")),
				NOW.plusSeconds(3000), NOW.plusSeconds(3600), NOW.plusSeconds(2000), NOW.plusSeconds(4000), Duration.ofMinutes(5), Duration.ofMinutes(9), 3,
				cost, "EUR", "2 × 0.05 EUR", List.of(), List.of(), List.of(), "hash", List.of(guards), "web needs 2 more m1 by 2026-03-03T13:00:00Z");
	}

	@Test
	void theQuestionSaysWhatItCostsAndWhatTheGuardsSaid() {
		String asked = String.join("\n", PlanDecision.of(List.of(plan(.1, new GuardOutcome("budget", true, "enough"))), true, NOW).details());
		assertTrue(asked.contains("web needs 2 more m1 by " + Formats.time(NOW.plusSeconds(3600), NOW) + "\n") && asked.contains("0.10\u00a0EUR/h; 2 × 0.05 EUR") && asked.contains("all 1 passed"), asked);
		assertTrue(PlanDecision.of(List.of(plan(Double.NaN)), false, NOW).details().get(1).contains("Cost: not known"));
		assertEquals("cap refused: no more than 20", PlanDecision.guards(plan(.1, new GuardOutcome("budget", true, "enough"), new GuardOutcome("cap", false, "no more than 20"))));
	}

	@Test
	void theSamePersonDoesNotApproveTwice() {
		Plan once = plan(.1).approved(new Plan.Approval("ann", NOW));
		DecisionDialog.Decision decision = PlanDecision.of(List.of(once), true, NOW);
		assertEquals("ann has approved this plan already; another person must.", decision.problems().apply("ann"));
		assertEquals("", decision.problems().apply("bob"));
		assertEquals("", PlanDecision.of(List.of(once), false, NOW).problems().apply("ann"), "who approved may change their mind");
		assertEquals("ann, waits for a second person", PlanDecision.approvals(once));
		assertEquals("waits for a person", PlanDecision.approvals(plan(.1)));
		assertEquals("ann", PlanDecision.approvals(once.with(Plan.State.DONE, List.of(), "done")));
		assertEquals("", PlanDecision.approvals(plan(.1).with(Plan.State.DONE, List.of(), "done")));
	}
}
