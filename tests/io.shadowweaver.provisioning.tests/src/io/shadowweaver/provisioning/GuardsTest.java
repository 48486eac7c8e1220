// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.GuardOutcome;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.store.Lease;

class GuardsTest {
	@TempDir
	Path directory;

	private static final Draft CREATE = draft(Action.Kind.CREATE, 2);
	private static final Draft REMOVE = draft(Action.Kind.DELETE, 1);

	private static Draft draft(Action.Kind kind, int count) {
		return new Draft("web", List.of(), List.of(new Action(kind, "cloud", count, kind == Action.Kind.CREATE ? "small" : "", "a", kind == Action.Kind.DELETE ? "vm-i1" : "")), Bed.START, Bed.START, Bed.START, Bed.START,
				new LeadTimes.Lead(Duration.ZERO, Duration.ZERO, 0), .2, "EUR", "", List.of(), List.of(), "", false, "requests", 320, Map.of("requests", 80.), "x");
	}

	/** A history that every guard lets pass; a test changes one thing. */
	private final class Input {
		String stopped = "";
		String approvedBy = "";
		Draft draft = CREATE;
		Optional<GuardInput.Fence> fence = Optional.empty();
		Optional<Instant> lastAction = Optional.empty();
		Optional<Instant> lastRemoval = Optional.empty();
		int failures;
		int madeByGroup;
		int madeByEstate;
		int machines;
		Canary.Trial trial = Canary.Trial.NONE;
		Optional<JournalRecord.Raised> raised = Optional.empty();
		Optional<JournalRecord.Thawed> thawed = Optional.empty();
		GuardOutcome budget = new GuardOutcome("budget", true, "There is none.");
		final Bed bed = new Bed(directory);
		ProvisioningSettings settings = ProvisioningSettings.defaults();

		List<GuardOutcome> run() {
			return new Guards(settings).run(new GuardInput(bed.now, stopped, bed.groupView(), approvedBy, draft, fence, lastAction, lastRemoval, failures, made(madeByGroup), made(madeByEstate), bed.base, machines,
					trial, raised, thawed, budget));
		}

		private List<Instant> made(int count) {
			return Collections.nCopies(count, bed.now.minusSeconds(60));
		}

		void refused(String guard, String part) {
			List<GuardOutcome> outcomes = run();
			GuardOutcome first = Guards.refusal(outcomes).orElseThrow(() -> new AssertionError("nothing refused"));
			assertEquals(guard, first.guard());
			assertTrue(first.sentence().contains(part), first.sentence());
			assertEquals(12, outcomes.size(), "all are asked");
		}

		void passed() {
			List<GuardOutcome> outcomes = run();
			assertEquals(12, outcomes.size());
			assertTrue(outcomes.stream().allMatch(GuardOutcome::passed), outcomes.toString());
		}
	}

	@Test
	void allPassInTheStatedOrder() {
		assertEquals(List.of("kill switch", "mode", "freshness", "skill", "fencing", "cooldown", "rate", "canary", "blast radius", "cap", "budget", "freeze window"), new Input().run().stream().map(GuardOutcome::guard).toList());
		new Input().passed();
	}

	@Test
	void killSwitchAndMode() {
		Input in = new Input();
		in.stopped = "The kill switch is on: nothing new is called.";
		in.refused("kill switch", "on");
		in = new Input();
		in.bed.mode = Mode.PROPOSE;
		in.refused("mode", "approval");
		in.approvedBy = "ada";
		in.passed();
		in.bed.mode = Mode.OBSERVE;
		in.refused("mode", "observe");
	}

	@Test
	void freshness() {
		Input in = new Input();
		in.bed.stale = .45;
		in.passed();
		in.bed.stale = .46;
		in.refused("freshness", "46 %");
		in = new Input();
		in.draft = REMOVE;
		in.bed.stale = .2;
		in.refused("freshness", "20 %");
		in.bed.stale = 0;
		in.passed();
		in.bed.measured = false;
		in.refused("freshness", "lost metrics never scale in");
	}

	@Test
	void skill() {
		Input in = new Input();
		in.bed.skill = Double.NaN;
		in.refused("skill", "not measured");
		in.bed.skill = -.2;
		in.refused("skill", "-0.200");
		in.bed.skill = .1;
		in.bed.coverage = .3;
		in.refused("skill", "30 %");
		in.bed.coverage = Double.NaN;
		in.passed();
		in.bed.skill = -.5;
		in.draft = new Draft(CREATE.group(), CREATE.needs(), CREATE.actions(), CREATE.startBy(), CREATE.neededBy(), CREATE.approveBy(), CREATE.expires(), CREATE.lead(), CREATE.costPerHour(), CREATE.currency(), "", CREATE.alternatives(),
				List.of(), "", true, "requests", 320, CREATE.unit(), "x");
		in.passed();
	}

	@Test
	void fencingCooldownAndRate() {
		Input in = new Input();
		in.fence = Optional.of(new GuardInput.Fence(false, 0, "The lease is held by other."));
		in.refused("fencing", "other");
		in = new Input();
		in.lastAction = Optional.of(in.bed.now.minusSeconds(179));
		in.refused("cooldown", "2 min ago");
		in.lastAction = Optional.of(in.bed.now.minusSeconds(180));
		in.passed();
		in.failures = 2;
		in.refused("cooldown", "12 min must pass");
		in.lastAction = Optional.of(in.bed.now.plusSeconds(3600));
		in.passed();
		in = new Input();
		in.madeByGroup = 29;
		in.refused("rate", "29 were made");
		in.madeByGroup = 28;
		in.passed();
		in.madeByEstate = 99;
		in.refused("rate", "estate");
	}

	@Test
	void blastRadiusCapAndBudget() {
		Input in = new Input();
		in.draft = draft(Action.Kind.CREATE, 3);
		in.refused("blast radius", "3 of 4");
		in = new Input();
		in.bed.base = 39;
		in.refused("cap", "41 members");
		in = new Input();
		in.bed.base = 1;
		in.draft = REMOVE;
		in.refused("cap", "minimum is 1");
		in = new Input();
		in.machines = 199;
		in.refused("cap", "201 machines");
		in = new Input();
		in.budget = new GuardOutcome("budget", false, "The day is over its cap.");
		in.refused("budget", "over its cap");
	}

	@Test
	void freezeWindow() {
		Input in = new Input();
		ProvisioningSettings.Limits l = in.settings.limits();
		in.settings = in.settings.with(new ProvisioningSettings.Limits(l.maxStaleShare(), l.minSkill(), l.minCoverage(), l.cooldown(), l.groupPerHour(), l.estatePerHour(), l.blastCount(), l.blastShare(), l.maxMachines(), l.budgetPerHour(),
				l.currency(), List.of(new FreezeWindow(Bed.START.minusSeconds(60), Bed.START.plusSeconds(60), "year end")), 0));
		in.refused("freeze window", "year end");
		in.bed.now = Bed.START.plusSeconds(60);
		in.passed();
	}

	/** Whatever demand, faults and switches do, what was really called never breaks a limit. */
	@Test
	void randomHistoriesNeverBreakALimit() throws Exception {
		long calls = 0;
		for (int seed = 0; seed < 25; seed++) {
			calls += history(seed);
		}
		assertTrue(calls > 100, "the histories must call: " + calls);
	}

	private long history(int seed) throws Exception {
		Random random = new Random(seed);
		Bed bed = new Bed(Files.createDirectory(directory.resolve("history-" + seed)));
		Duration cooldown = Duration.ofMinutes(1 + random.nextInt(10));
		int perHour = 2 + random.nextInt(12);
		int blast = 1 + random.nextInt(5);
		int machines = 3 + random.nextInt(15);
		double budget = .3 + random.nextDouble();
		FreezeWindow freeze = new FreezeWindow(Bed.START.plusSeconds(60L * random.nextInt(200)), Bed.START.plusSeconds(60L * (200 + random.nextInt(100))), "freeze");
		bed.settings = ProvisioningSettings.defaults().withScaleIn(Set.of("*")).with(new ProvisioningSettings.Limits(.45, -.1, .5, cooldown, perHour, 100, blast, .5, machines, budget, "EUR", List.of(freeze), 0));
		bed.group = Bed.group("web", 1, 5 + random.nextInt(20), 1 + random.nextInt(2), bed.group.placement());
		List<Instant> creations = new ArrayList<>();
		boolean killed = false;
		double demand = 300;
		try (bed) {
			bed.open();
			for (int minute = 0; minute < 400; minute++) {
				demand = Math.max(10, demand * Math.exp(.12 * random.nextGaussian()) + (300 - demand) * .01);
				double level = demand;
				bed.demand = ahead -> level;
				bed.spread = 1 + .3 * random.nextDouble();
				bed.stale = random.nextInt(10) == 0 ? random.nextDouble() : 0;
				bed.skill = random.nextInt(20) == 0 ? Double.NaN : .2;
				bed.cloud.loseAnswers = random.nextInt(15) == 0 ? 1 : 0;
				bed.cloud.loseCalls = random.nextInt(15) == 0 ? 1 : 0;
				if (random.nextInt(25) == 0) {
					killed = !killed;
					bed.provisioner.killSwitch(killed, "ada");
				} else if (random.nextInt(40) == 0) {
					bed.crash();
				}
				int before = bed.cloud.log.size();
				int members = bed.members().size();
				bed.run(1);
				List<String> now = bed.cloud.log.subList(before, bed.cloud.log.size());
				String where = "seed " + seed + ", minute " + minute + ": " + now;
				if (killed) {
					assertTrue(now.isEmpty(), where + " with the kill switch on");
				}
				long created = bed.view.plans().stream().filter(plan -> plan.state() == Plan.State.EXECUTING && plan.guards().size() == 12).filter(plan -> bed.view.queue().stream().anyMatch(entry -> entry.plan().equals(plan.id()) && entry.queuedAt().equals(bed.now) && entry.kind() == Action.Kind.CREATE)).mapToLong(Plan::creates).sum();
				if (created > 0) {
					assertFalse(freeze.contains(bed.now), where + " in the freeze window");
					assertTrue(created <= blast, where + " over the blast radius");
					assertTrue(creations.isEmpty() || !creations.get(creations.size() - 1).plus(cooldown).isAfter(bed.now), where + " in the cooldown");
					assertTrue(bed.stale <= .45, where + " on stale inputs");
					for (long i = 0; i < created; i++) {
						creations.add(bed.now);
					}
				}
				assertTrue(creations.stream().filter(at -> at.isAfter(bed.now.minus(Duration.ofHours(1)))).count() <= perHour, where + " over the rate");
				assertTrue(bed.cloud.machines.size() <= machines, where + " over the number of machines");
				assertTrue(bed.cloud.machines.size() * .1 <= budget + 1e-9, where + " over the budget");
				assertTrue(members <= bed.group.max() && bed.base + bed.cloud.machines.size() <= Math.max(bed.group.max(), bed.base), where + " over the maximum");
				assertEquals(bed.cloud.machines.size(), bed.cloud.machines.values().stream().map(machine -> machine.token()).distinct().count(), where + " made twice");
			}
			return bed.creations();
		}
	}

	@Test
	void withoutTheLeaseNothingIsCalledAndItIsAskedBeforeEachCall() {
		OptionalLong[] answer = { OptionalLong.empty() };
		int[] asked = { 0 };
		Lease lease = new Lease() {
			@Override
			public OptionalLong hold() {
				asked[0]++;
				return answer[0];
			}

			@Override
			public String holder() {
				return "other";
			}

			@Override
			public void close() {
				// nothing is held
			}
		};
		Bed bed = new Bed(directory);
		bed.lease = Optional.of(lease);
		bed.demand = minute -> 4 * Bed.SAFE * 1.2;
		bed.run(3);
		assertEquals(0, bed.creations());
		assertEquals("fencing", Guards.refusal(bed.plan().guards()).orElseThrow().guard());
		answer[0] = OptionalLong.of(7);
		int before = asked[0];
		bed.run(1);
		assertEquals(2, bed.creations());
		assertEquals(before + 1 + 2, asked[0], "once a step and once a call");
		bed.close();
	}

	@Test
	void aLeaseThatCannotBeAskedIsNotHeld() {
		Bed bed = new Bed(directory);
		bed.lease = Optional.of(new Lease() {
			@Override
			public OptionalLong hold() throws PluginException {
				throw new PluginException("etcd does not answer.");
			}

			@Override
			public String holder() {
				return "";
			}

			@Override
			public void close() {
				// nothing is held
			}
		});
		bed.demand = minute -> 4 * Bed.SAFE * 1.2;
		bed.run(3);
		assertEquals(0, bed.creations());
		assertTrue(bed.plan().sentence().contains("etcd does not answer"), bed.plan().sentence());
		bed.close();
	}
}
