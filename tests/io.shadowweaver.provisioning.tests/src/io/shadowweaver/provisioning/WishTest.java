// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.topology.Placement;

/** What a person wants, whatever forecasts say: proposed, never done without an approval. */
class WishTest {
	@TempDir
	Path directory;
	private Bed bed;

	@BeforeEach
	void open() {
		bed = new Bed(directory);
		bed.settings = bed.settings.with("web", GroupLimits.NONE.withCanary(0));
		bed.step();
	}

	@AfterEach
	void close() {
		bed.close();
	}

	private static Wish wish(int count) {
		return wish(count, Map.of(), Optional.empty(), Instant.EPOCH);
	}

	private static Wish wish(int count, Map<String, Double> capacity, Optional<String> zone, Instant readyBy) {
		return new Wish("web", List.of(new Wish.Part(count, capacity, zone)), readyBy, "Scenario 'sale'");
	}

	private Proposal asked(Wish wish) {
		CompletableFuture<List<Proposal>> answer = bed.provisioner.propose(List.of(wish), "ann");
		bed.run(1);
		return answer.join().getFirst();
	}

	private Proposal looked(Wish wish) {
		CompletableFuture<List<Proposal>> answer = bed.provisioner.preview(List.of(wish));
		bed.run(1);
		return answer.join().getFirst();
	}

	@ParameterizedTest
	@EnumSource(value = Mode.class, names = { "AUTO", "PROPOSE" })
	void itWaitsForAPersonInAnyModeAndIsMadeThen(Mode mode) {
		bed.mode = mode;
		Proposal proposal = asked(wish(2));
		Plan plan = proposal.plan().orElseThrow();
		assertEquals(2, plan.creates());
		assertEquals(Plan.State.PROPOSED, plan.state());
		assertTrue(plan.sentence().startsWith("Scenario 'sale': 2 more"), plan.sentence());
		assertFalse(plan.guards().isEmpty());
		bed.run(5);
		assertEquals(0, bed.creations());
		assertEquals(Plan.State.PROPOSED, bed.plan().state());
		bed.provisioner.approve(plan.id(), "bob");
		bed.run(2);
		assertEquals(2, bed.creations());
	}

	@Test
	void aLookProposesNothing() {
		Proposal proposal = looked(wish(2));
		assertEquals(2, proposal.plan().orElseThrow().creates());
		assertTrue(proposal.plan().orElseThrow().costPerHour() > 0);
		assertTrue(bed.view.plans().isEmpty());
	}

	@Test
	void itIsThereAfterARestart() {
		String id = asked(wish(2)).plan().orElseThrow().id();
		bed.provisioner.close();
		bed.provisioner = null;
		bed.run(12);
		assertEquals(Plan.State.PROPOSED, bed.plan().state(), bed.plan().sentence());
		bed.provisioner.approve(id, "bob");
		bed.run(2);
		assertEquals(2, bed.creations());
	}

	@Test
	void whatNobodyApprovesEndsAndIsNotAskedForAgain() {
		asked(wish(2));
		bed.run(40);
		assertEquals(Plan.State.EXPIRED, bed.plan().state());
		assertTrue(bed.plan().sentence().contains("Ask for it again"), bed.plan().sentence());
		assertEquals(1, bed.view.plans().size());
		assertEquals(0, bed.creations());
	}

	@Test
	void automationIsNotHeldUpByIt() {
		asked(wish(1));
		bed.demand = minute -> 4 * Bed.SAFE * 1.6;
		bed.run(3);
		assertTrue(bed.creations() > 0);
		assertTrue(bed.view.plans().stream().anyMatch(plan -> plan.state() == Plan.State.EXPIRED && plan.sentence().contains("goes first")));
	}

	@Test
	void aGuardRefusesItWhenItIsApproved() {
		bed.settings = bed.settings.withBudget(.05, "EUR");
		bed.provisioner.settings(bed.settings);
		bed.step();
		Proposal proposal = asked(wish(2));
		bed.provisioner.approve(proposal.plan().orElseThrow().id(), "bob");
		bed.run(2);
		assertEquals(Plan.State.REFUSED, bed.plan().state(), bed.plan().sentence());
		assertTrue(bed.plan().sentence().contains("budget"), bed.plan().sentence());
		assertEquals(0, bed.creations());
	}

	@Test
	void itMakesNoMoreThanMayBeMade() {
		bed.group = Bed.group("web", 1, 6, 1, Placement.ANYWHERE);
		Proposal capped = looked(wish(5));
		assertEquals(2, capped.plan().orElseThrow().creates());
		assertTrue(capped.sentence().contains("5 are wanted; "), capped.sentence());
		bed.group = Bed.group("web", 1, 4, 1, Placement.ANYWHERE);
		assertTrue(looked(wish(1)).sentence().contains("its maximum of 4 is reached"));
	}

	@Test
	void ofAKindThatNeverCarriedTrafficOneIsTriedFirst() {
		bed.provisioner.settings(bed.settings.with("web", GroupLimits.NONE.withCanary(1)));
		bed.step();
		Proposal proposal = looked(wish(2));
		assertEquals(1, proposal.plan().orElseThrow().creates());
		assertTrue(proposal.sentence().contains("ask for the rest when it does"), proposal.sentence());
	}

	@Test
	void itGoesWhereAndWhenItIsWantedAndAsLargeAsItIsWanted() {
		assertTrue(looked(wish(2, Map.of(), Optional.of("b"), Instant.EPOCH)).plan().orElseThrow().actions().stream().allMatch(action -> action.zone().equals("b")));
		assertTrue(looked(wish(2, Map.of(), Optional.of("nowhere"), Instant.EPOCH)).sentence().contains("in zone nowhere"));
		assertTrue(looked(wish(2, Map.of("requests", 1e6), Optional.empty(), Instant.EPOCH)).sentence().contains("as large as wanted"));
		Instant later = bed.now.plus(Duration.ofHours(6));
		Plan plan = asked(wish(1, Map.of("requests", 100.), Optional.empty(), later)).plan().orElseThrow();
		assertEquals(later, plan.neededBy());
		assertTrue(plan.startBy().isBefore(later));
		bed.provisioner.approve(plan.id(), "bob");
		bed.run(2);
		assertEquals(0, bed.creations());
		assertEquals(Plan.State.APPROVED, bed.plan().state());
	}

	@Test
	void whyThereIsNoPlanIsSaid() {
		bed.mode = Mode.OBSERVE;
		assertTrue(asked(wish(1)).sentence().contains("in mode observe"));
		bed.mode = Mode.AUTO;
		asked(wish(2));
		assertTrue(asked(wish(2)).sentence().contains("asks for as many"));
		bed.settings = bed.settings.with("web", GroupLimits.NONE.withCanary(1));
		bed.provisioner.settings(bed.settings);
		assertTrue(looked(wish(3)).sentence().contains("asks for as many"));
		bed.provisioner.reject(bed.plan().id(), "bob");
		bed.run(1);
		assertTrue(asked(wish(2)).sentence().contains("rejected"));
		assertEquals("There is no group nobody.", asked(new Wish("nobody", List.of(new Wish.Part(1, Map.of(), Optional.empty())), Instant.EPOCH, "x")).sentence());
	}

	@Test
	void whoWaitsWhenTheEstateIsClosedIsTold() {
		CompletableFuture<List<Proposal>> answer = bed.provisioner.propose(List.of(wish(1)), "ann");
		bed.close();
		bed.provisioner = null;
		assertThrows(CompletionException.class, answer::join);
	}
}
