// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.provision.DryRun;
import io.shadowweaver.api.provision.GuardOutcome;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.Price;

/** A dry run tells what would be called, and changes nothing. */
class DryRunTest {
	@TempDir
	Path directory;
	private Bed bed;

	@BeforeEach
	void propose() {
		bed = new Bed(directory);
		bed.mode = Mode.PROPOSE;
		bed.demand = minute -> 4 * Bed.SAFE * 1.2;
		bed.step();
	}

	@AfterEach
	void close() {
		bed.close();
	}

	/** Each file of the provisioner with what is in it. */
	private Map<String, String> written() throws IOException {
		Map<String, String> files = new TreeMap<>();
		try (Stream<Path> all = Files.walk(directory)) {
			for (Path file : all.filter(Files::isRegularFile).toList()) {
				files.put(directory.relativize(file).toString(), Files.readString(file));
			}
		}
		return files;
	}

	private DryRun dryRun(String plan) throws Exception {
		CompletableFuture<DryRun> answer = bed.provisioner.dryRun(plan);
		bed.step();
		assertTrue(answer.isDone(), "all calls are synchronous here");
		return answer.get();
	}

	@Test
	void itTellsCallsGuardsCostQuotaAndTheWayBackAndChangesNothing() throws Exception {
		bed.step();
		Map<String, String> before = written();
		List<Plan> plans = bed.view.plans();
		DryRun run = dryRun(bed.plan().id());
		assertEquals(2, run.steps().size());
		for (DryRun.Step step : run.steps()) {
			assertEquals(List.of("create " + step.token()), step.calls());
			assertEquals("", step.trouble());
		}
		assertEquals("", run.trouble());
		assertEquals(12, run.guards().size());
		assertTrue(run.cost().startsWith("2 × 0.100 EUR (small at cloud) = 0.200 EUR an hour."), run.cost());
		assertEquals(List.of("The account cloud has room for 50 more small, and for 48 after it."), run.quota());
		assertTrue(run.rollBack().getFirst().contains(run.steps().getLast().token()));
		assertEquals(before, written(), "nothing is written");
		assertEquals(plans, bed.view.plans());
		assertEquals(List.of(), bed.cloud.log, "nothing is called");
		bed.provisioner.approve(bed.plan().id(), "ada");
		bed.run(1);
		assertEquals(run.steps().stream().flatMap(step -> step.calls().stream()).toList(), bed.cloud.log, "what was foretold is what is called");
	}

	@Test
	void aPriceThatNobodySaysIsInNoSum() throws Exception {
		bed.close();
		bed = new Bed(directory.resolve("unpriced"));
		bed.mode = Mode.PROPOSE;
		bed.cloud.offers.replaceAll(offer -> offer.with(Price.UNKNOWN));
		bed.demand = minute -> 4 * Bed.SAFE * 1.2;
		bed.run(2);
		DryRun run = dryRun(bed.plan().id());
		assertTrue(run.cost().startsWith("2 × an unknown price (small at cloud) = an unknown price an hour. What nobody prices is in no sum, and no budget lets it be made."), run.cost());
		assertEquals("", run.trouble());
		GuardOutcome budget = run.guards().stream().filter(guard -> guard.guard().equals("budget")).findFirst().orElseThrow();
		assertTrue(budget.passed() && budget.sentence().equals("There is no budget."), budget.toString());
	}

	@Test
	void theKillSwitchDoesNotStopItAndIsSaid() throws Exception {
		bed.provisioner.killSwitch(true, "ada");
		bed.step();
		DryRun run = dryRun(bed.plan().id());
		assertTrue(run.trouble().startsWith("Refused by kill switch"), run.trouble());
		assertEquals(1, run.steps().getFirst().calls().size());
		assertEquals(List.of(), bed.cloud.log);
	}

	@Test
	void whatTheProviderWouldRefuseIsSaid() throws Exception {
		bed.cloud.refusal = "The quota of cores is used up.";
		DryRun run = dryRun(bed.plan().id());
		assertEquals("The quota of cores is used up.", run.trouble());
		assertEquals(List.of(), run.steps().getFirst().calls());
	}

	@Test
	void theRemovalOfAMemberIsForetoldToo() throws Exception {
		bed.mode = Mode.AUTO;
		bed.run(60);
		assertEquals(2, bed.cloud.machines.size());
		bed.mode = Mode.PROPOSE;
		bed.provisioner.settings(bed.settings.withScaleIn(Set.of("web")));
		bed.demand = minute -> Bed.SAFE;
		bed.run(60);
		Plan plan = bed.plan();
		assertEquals(Plan.State.PROPOSED, plan.state());
		DryRun run = dryRun(plan.id());
		String instance = run.steps().getFirst().calls().getFirst().substring("drain ".length());
		assertTrue(bed.cloud.machines.containsKey(instance));
		assertEquals(List.of("drain " + instance, "delete " + instance), run.steps().getFirst().calls());
		assertTrue(run.cost().startsWith("1 × -0.100 EUR"), run.cost());
		assertEquals(2, bed.cloud.machines.size());
	}

	@Test
	void whatDoesNotWaitCannotBeTried() {
		CompletableFuture<DryRun> answer = bed.provisioner.dryRun("web-999");
		bed.step();
		assertEquals("There is no plan web-999 that waits.", assertThrows(ExecutionException.class, answer::get).getCause().getMessage());
	}

	@Test
	void nobodyWaitsForAnAnswerOfAProvisionerThatIsClosed() {
		CompletableFuture<DryRun> before = bed.provisioner.dryRun(bed.plan().id());
		bed.provisioner.close();
		CompletableFuture<DryRun> after = bed.provisioner.dryRun(bed.plan().id());
		assertTrue(before.isCompletedExceptionally() && after.isCompletedExceptionally());
	}

	@Test
	void anAccountThatHangsIsGivenUpAfterItsDeadlineAndTheAnswerSaysSo() throws Exception {
		bed.close();
		bed.provisioner = null;
		Queue<Runnable> waiting = new ArrayDeque<>();
		bed.executor = waiting::add;
		bed.step();
		waiting.poll().run();
		bed.step();
		CompletableFuture<DryRun> answer = bed.provisioner.dryRun(bed.plan().id());
		bed.step();
		assertEquals(1, waiting.size(), "one thread of an account");
		// the worker asks, and is not heard of again
		bed.cloud.stuck = () -> {
			bed.nanos.addAndGet(bed.settings.calls().deadline().toNanos() + 1);
			bed.step();
			assertTrue(answer.isDone(), "the call still hangs, and nobody waits for it any more");
		};
		waiting.poll().run();
		assertTrue(answer.get().trouble().contains("No answer to 'dry run' within 60 s"), answer.get().trouble());
		assertEquals(List.of(), bed.cloud.log);
	}
}
