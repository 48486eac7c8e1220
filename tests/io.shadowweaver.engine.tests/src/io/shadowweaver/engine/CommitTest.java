// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.engine.whatif.Change;
import io.shadowweaver.engine.whatif.Commit;
import io.shadowweaver.engine.whatif.Scenario;
import io.shadowweaver.engine.whatif.ScenarioException;
import io.shadowweaver.engine.whatif.When;
import io.shadowweaver.provisioning.GroupLimits;
import io.shadowweaver.provisioning.ProvisioningSettings;

/** What a scenario adds, proposed in a real engine over the simulated fleet and cloud. */
class CommitTest {
	@TempDir
	Path directory;
	private Weaver weaver;

	@BeforeEach
	void open() throws Exception {
		weaver = new FleetRun(directory, 7).quiet().with(Map.of("web", Mode.PROPOSE), ProvisioningSettings.defaults().with("web", GroupLimits.NONE.withCanary(0))).open();
		weaver.prepare();
		step(10);
		// at night the group wants fewer rather than more
		assertTrue(weaver.state().plans().stream().noneMatch(plan -> plan.creates() > 0));
	}

	@AfterEach
	void close() {
		weaver.close();
	}

	private void step(int times) {
		for (int i = 0; i < times; i++) {
			weaver.step();
		}
	}

	private Commit answer(CompletableFuture<Commit> asked) {
		step(2);
		return asked.join();
	}

	private static Change.Add add(int count) {
		return new Change.Add("web", count, null, null, null, null);
	}

	private List<Plan> asked() {
		return weaver.state().plans().stream().filter(plan -> plan.creates() > 0).toList();
	}

	@Test
	void whatIsAddedIsProposedAndMadeWhenAPersonApproves() {
		long before = weaver.state().topology().liveMembers("web").size();
		Commit commit = answer(weaver.automation().commit(Scenario.of("sale", add(2)), "ann"));
		Plan plan = commit.proposals().getFirst().plan().orElseThrow();
		assertEquals(2, plan.creates());
		assertEquals(List.of(plan.id()), asked().stream().map(Plan::id).toList());
		assertEquals(Plan.State.PROPOSED, asked().getFirst().state());
		step(3);
		assertTrue(weaver.state().queue().isEmpty());
		weaver.automation().approve(plan.id(), "bob");
		step(40);
		assertEquals(before + 2, weaver.state().topology().liveMembers("web").size());
		assertEquals(2, weaver.state().queue().stream().filter(entry -> entry.state() == QueueEntry.State.READY).count());
	}

	@Test
	void aPreviewProposesNothing() {
		Commit commit = answer(weaver.automation().preview(Scenario.of("sale", add(2))));
		assertEquals(2, commit.proposals().getFirst().plan().orElseThrow().creates());
		assertTrue(asked().isEmpty());
	}

	@Test
	void onlyWhatIsAddedAndNotTakenAwayAgainIsWanted() throws Exception {
		String zone = weaver.state().topology().liveMembers("web").getFirst().label(Resource.ZONE);
		int members = weaver.state().topology().liveMembers("web").size();
		Scenario scenario = Scenario.of("mixed", Change.Traffic.of("estate", 2), add(3), new Change.Remove("whatif-web-2", null), new Change.Add("web", 1, null, Optional.of(zone), null, When.in(Duration.ofHours(3))));
		CompletableFuture<io.shadowweaver.engine.whatif.Base> base = weaver.base();
		step(1);
		Commit.Additions additions = Commit.additions(base.join(), scenario);
		assertEquals(1, additions.wishes().size());
		assertEquals(3, additions.wishes().getFirst().count());
		assertEquals(base.join().state().time(), additions.wishes().getFirst().readyBy());
		assertEquals(Optional.of(zone), additions.wishes().getFirst().parts().getLast().zone());
		assertEquals(List.of("Nothing becomes of change 1: it adds no members.", "Nothing becomes of change 3: it adds no members.",
				"What is added to web at several times becomes one plan, for the first of them."), additions.notes());
		assertEquals(members, Commit.additions(base.join(), Scenario.of("twice", new Change.Scale("web", 2.))).wishes().getFirst().count());
	}

	@Test
	void whatDoesNotFitIsSaid() {
		CompletableFuture<Commit> asked = weaver.automation().commit(Scenario.of("wrong", new Change.Add("nobody", 1, null, null, null, null)), "ann");
		step(2);
		assertInstanceOf(ScenarioException.class, assertThrows(CompletionException.class, asked::join).getCause());
		assertThrows(IllegalArgumentException.class, () -> weaver.automation().commit(Scenario.of("sale", add(1)), " "));
		assertTrue(answer(weaver.automation().commit(Scenario.of("none", Change.Traffic.of("estate", 2)), "ann")).proposals().isEmpty());
		weaver.automation().mode("web", Mode.OBSERVE);
		assertTrue(answer(weaver.automation().commit(Scenario.of("sale", add(1)), "ann")).proposals().getFirst().sentence().contains("is in mode observe"));
	}
}
