// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.GuardOutcome;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.engine.whatif.Commit;
import io.shadowweaver.provisioning.Proposal;
import io.shadowweaver.ui.act.Names;
import io.shadowweaver.ui.properties.Fact;

class CommitFactsTest {
	private static final Instant NOW = Instant.parse("2026-03-02T06:00:00Z");
	private static final Names NAMES = new Names(WeaverState.initial("t", "T", NOW, Duration.ofMinutes(1)), Map.of());

	private static Proposal proposal(boolean passes, double cost) {
		Plan plan = new Plan("", "web", Plan.State.PROPOSED, NOW, List.of(), List.of(new Action(Action.Kind.CREATE, "cloud", 2, "m", "b", "")), NOW, NOW, NOW, NOW, Duration.ZERO, Duration.ZERO, 0, cost,
				"EUR", "", List.of(), List.of(), List.of(), "", List.of(new GuardOutcome("budget", passes, "It costs.")), "2 more.");
		return new Proposal("web", 2, Optional.of(plan), plan.sentence());
	}

	@Test
	void aPlanHasItsActionsCostAndGuards() {
		Commit commit = new Commit(List.of(proposal(true, .1)), List.of("A note."));
		assertEquals("One plan would be proposed, and every guard passes now. Nothing is made until a person approves.", CommitFacts.verdict(commit));
		List<Fact> facts = CommitFacts.of(commit, NAMES);
		assertTrue(facts.contains(new Fact("web: 2 wanted", "Action", "create 2 × m in b at cloud")), facts.toString());
		assertTrue(facts.contains(new Fact("web: 2 wanted", "budget", "passes: It costs.")), facts.toString());
		assertTrue(facts.contains(new Fact("Not proposed", "Note", "A note.")), facts.toString());
		assertTrue(CommitFacts.of(new Commit(List.of(proposal(true, Double.NaN)), List.of()), NAMES).contains(new Fact("web: 2 wanted", "Cost an hour", "not known")));
	}

	@Test
	void whatGuardsRefuseAndWhatCannotBePlannedIsSaid() {
		assertEquals("One plan would be proposed; as it stands, guards would refuse it. Nothing is made until a person approves.", CommitFacts.verdict(new Commit(List.of(proposal(false, .1)), List.of())));
		assertEquals("2 plans would be proposed; as it stands, guards would refuse 1 of them. Nothing is made until a person approves.",
				CommitFacts.verdict(new Commit(List.of(proposal(false, .1), proposal(true, .1)), List.of())));
		assertEquals("The scenario adds no members, so there is nothing to propose.", CommitFacts.verdict(new Commit(List.of(), List.of())));
		Commit none = new Commit(List.of(new Proposal("web", 2, Optional.empty(), "It is in mode observe.")), List.of());
		assertEquals("Nothing can be proposed.", CommitFacts.verdict(none));
		assertEquals(List.of(new Fact("web: 2 wanted", "Not proposed", "It is in mode observe.")), CommitFacts.of(none, NAMES));
		assertEquals("Nothing was proposed.", CommitFacts.done(none));
	}
}
