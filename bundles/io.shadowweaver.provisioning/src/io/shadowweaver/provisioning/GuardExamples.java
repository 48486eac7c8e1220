// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.GuardOutcome;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.topology.DemandTarget;
import io.shadowweaver.api.topology.Placement;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Selector;
import io.shadowweaver.api.topology.Template;
import io.shadowweaver.provisioning.cost.Budget;
import io.shadowweaver.provisioning.cost.CostSettings;

/** What the guards say when they refuse: each is asked about a made-up plan that is just beyond its limit. */
public final class GuardExamples {
	private static final int MEMBERS = 10;
	private static final String METRIC = "cpu";
	private static final ScalingGroup GROUP = new ScalingGroup("web", "Web", Selector.of("tier", "web"), ScalingGroup.Scaling.HORIZONTAL, ScalingGroup.Owner.WEAVER, 1, MEMBERS,
			1, Template.NONE, Placement.ANYWHERE, List.of(new DemandTarget(METRIC, .7)), "traffic", Duration.ZERO);
	private static final LeadTimes.Lead LEAD = new LeadTimes.Lead(Duration.ofMinutes(4), Duration.ofMinutes(8), 0);
	private static final Duration HOUR = Duration.ofHours(1);
	private static final Duration STEP = Duration.ofMinutes(15);
	private static final int STEPS = 8 * 24 * 4;

	private final ProvisioningSettings settings;
	private final ProvisioningSettings.Limits limits;
	private final Instant now;

	private GuardExamples(ProvisioningSettings settings, Instant now) {
		this.settings = settings;
		limits = settings.limits();
		this.now = now;
	}

	/**
	 * The sentences of all guards in the order in which they are asked; one with several limits has one for each.
	 *
	 * @param settings whose limits are exceeded; those of single groups are not looked at
	 * @param now      the estate's time, from which instants in the sentences count
	 * @return refusals; a guard that refuses nothing under these settings passes, and says why
	 */
	public static List<GuardOutcome> of(ProvisioningSettings settings, Instant now) {
		return new GuardExamples(settings, now).all();
	}

	private List<GuardOutcome> all() {
		Guards guards = new Guards(settings);
		int changed = Math.max(1, Math.min(limits.blastCount(), (int) Math.floor(MEMBERS * limits.blastShare()))) + 1;
		int unhealthy = settings.oversight().unhealthy();
		String halted = unhealthy == 1 ? "The last machine was made and never carried traffic." : "The last " + unhealthy + " machines were made and never carried traffic.";
		List<GuardOutcome> said = new ArrayList<>();
		said.add(guards.killSwitch(when(plan -> plan.stopped = "The kill switch is on: nothing new is called.")));
		said.add(guards.mode(when(plan -> plan.view = view(Mode.PROPOSE, 0, 1, 1))));
		said.add(guards.freshness(when(plan -> plan.view = view(Mode.AUTO, (1 + limits.maxStaleShare()) / 2, 1, 1))));
		said.add(guards.skill(when(plan -> plan.view = view(Mode.AUTO, 0, limits.minSkill() - .1, 1))));
		said.add(guards.skill(when(plan -> plan.view = view(Mode.AUTO, 0, 1, limits.minCoverage() - .1))));
		said.add(guards.fencing(when(plan -> plan.fence = Optional.of(new GuardInput.Fence(false, 0, "The lease is held by another engine.")))));
		said.add(guards.cooldown(when(plan -> plan.last = Optional.of(now.minus(limits.cooldown().dividedBy(2))))));
		said.add(guards.rate(when(plan -> plan.byGroup = made(limits.groupPerHour()))));
		said.add(guards.rate(when(plan -> plan.byEstate = made(limits.estatePerHour()))));
		said.add(guards.canary(when(plan -> plan.trial = new Canary.Trial("", limits.canary() + 1, "small", 0, Optional.empty(), 0, true))));
		said.add(guards.canary(when(plan -> plan.trial = new Canary.Trial(halted, 0, "", 0, Optional.empty(), 0, true))));
		said.add(guards.blastRadius(when(plan -> {
			plan.draft = draft(changed);
			plan.members = MEMBERS;
		})));
		said.add(guards.cap(when(plan -> plan.members = MEMBERS)));
		said.add(guards.cap(when(plan -> plan.machines = limits.maxMachines())));
		said.add(budget());
		said.add(freeze());
		return List.copyOf(said);
	}

	private List<Instant> made(int count) {
		return Collections.nCopies(count, now.minus(STEP));
	}

	private GuardInput when(Consumer<Case> change) {
		Case plan = new Case();
		change.accept(plan);
		return plan.input();
	}

	private GuardOutcome budget() {
		CostSettings cost = CostDesk.capped(settings);
		double beyond = Budget.left(List.of(), cost, now, HOUR) * 1.5 + .01;
		return Budget.check(List.of(), new Budget.Addition(1, beyond, cost.currency(), HOUR), cost, now);
	}

	private GuardOutcome freeze() {
		for (FreezeWindow window : limits.freezes()) {
			Instant at = window.from().filter(now::isBefore).orElse(now);
			for (int i = 0; i < STEPS; i++, at = at.plus(STEP)) {
				if (window.contains(at)) {
					Instant inside = at;
					return new Guards(settings).freeze(when(plan -> plan.at = inside));
				}
			}
		}
		FreezeWindow window = new FreezeWindow(now, now.plus(HOUR), "the reason that the window has");
		ProvisioningSettings frozen = settings.with(new ProvisioningSettings.Limits(limits.maxStaleShare(), limits.minSkill(), limits.minCoverage(), limits.cooldown(), limits.groupPerHour(),
				limits.estatePerHour(), limits.blastCount(), limits.blastShare(), limits.maxMachines(), limits.budgetPerHour(), limits.currency(), List.of(window), limits.canary()));
		return new Guards(frozen).freeze(when(plan -> plan.at = now));
	}

	private GroupView view(Mode mode, double stale, double skill, double coverage) {
		Bands flat = new Bands(now, new long[] { HOUR.toMillis() }, new float[Levels.COUNT]);
		return new GroupView(GROUP, mode, List.of(), List.of(), List.of(new DemandView(METRIC, flat, 0, skill, coverage)), stale);
	}

	private Draft draft(int count) {
		return new Draft(GROUP.id(), List.of(), List.of(new Action(Action.Kind.CREATE, "cloud", count, "small", "", "")), now.plus(HOUR), now.plus(HOUR), now, now.plus(HOUR), LEAD, 0, "", "",
				List.of(), List.of(), "", false, METRIC, 0, Map.of(), "");
	}

	/** A plan that every guard lets pass, with one thing changed. */
	private final class Case {
		private Instant at = now;
		private String stopped = "";
		private GroupView view = view(Mode.AUTO, 0, 1, 1);
		private Draft draft = draft(1);
		private Optional<GuardInput.Fence> fence = Optional.empty();
		private Optional<Instant> last = Optional.empty();
		private List<Instant> byGroup = List.of();
		private List<Instant> byEstate = List.of();
		private int members = 1;
		private int machines;
		private Canary.Trial trial = Canary.Trial.NONE;

		GuardInput input() {
			return new GuardInput(at, stopped, view, "", draft, fence, last, Optional.empty(), 0, byGroup, byEstate, members, machines, trial, Optional.empty(), Optional.empty(),
					new GuardOutcome("budget", true, ""));
		}
	}
}
