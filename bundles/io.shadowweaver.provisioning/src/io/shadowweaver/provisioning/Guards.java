// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;

import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.GuardOutcome;

/** What stands between a plan and a call. Each guard is a pure function and gives its reason in a sentence; the first that refuses decides. */
final class Guards {
	/** One guard. */
	private interface Guard {
		GuardOutcome check(GuardInput input);
	}

	private static final Duration HOUR = Duration.ofHours(1);

	private final ProvisioningSettings.Limits limits;
	private final ProvisioningSettings.ScaleIn scaleIn;
	private final List<Guard> all = List.of(this::killSwitch, this::mode, this::freshness, this::skill, this::fencing, this::cooldown,
			this::rate, this::blastRadius, this::cap, this::budget, this::freeze);

	private final Optional<BiFunction<Draft, Instant, GuardOutcome>> money;

	/** With the limit on what an hour may cost alone. */
	Guards(ProvisioningSettings settings) {
		this(settings, null);
	}

	/**
	 * @param money the guard of the money, which knows what was spent; {@code null} for the limit on an hour alone
	 */
	Guards(ProvisioningSettings settings, BiFunction<Draft, Instant, GuardOutcome> money) {
		this.money = Optional.ofNullable(money);
		limits = settings.limits();
		scaleIn = settings.scaleIn();
	}

	/** The outcomes in order, up to and with the first that refused. */
	List<GuardOutcome> run(GuardInput input) {
		List<GuardOutcome> outcomes = new ArrayList<>();
		for (Guard guard : all) {
			GuardOutcome outcome = guard.check(input);
			outcomes.add(outcome);
			if (!outcome.passed()) {
				break;
			}
		}
		return outcomes;
	}

	/** The guard that refused. */
	static Optional<GuardOutcome> refusal(List<GuardOutcome> outcomes) {
		return outcomes.stream().filter(outcome -> !outcome.passed()).findFirst();
	}

	GuardOutcome killSwitch(GuardInput in) {
		return outcome("kill switch", in.stopped().isEmpty(), in.stopped().isEmpty() ? "It is off." : in.stopped());
	}

	GuardOutcome mode(GuardInput in) {
		return switch (in.view().mode()) {
		case OFF, OBSERVE -> outcome("mode", false, "The group is in mode " + in.view().mode().name().toLowerCase(Locale.ROOT) + ": nothing is called.");
		case PROPOSE -> outcome("mode", !in.approvedBy().isEmpty(), in.approvedBy().isEmpty() ? "It waits for the approval of a person." : "Approved by " + in.approvedBy() + ".");
		case AUTO -> outcome("mode", true, in.approvedBy().isEmpty() ? "The group is in mode auto." : "Approved by " + in.approvedBy() + ".");
		};
	}

	GuardOutcome freshness(GuardInput in) {
		double stale = in.view().staleShare();
		double limit = in.draft().removes() ? Math.min(limits.maxStaleShare(), scaleIn.maxStaleShare()) : limits.maxStaleShare();
		if (stale > limit) {
			return outcome("freshness", false, Texts.percent(stale) + " of the inputs are stale, at most " + Texts.percent(limit) + " may be.");
		}
		if (in.draft().removes() && in.view().demand().stream().anyMatch(demand -> !Double.isFinite(demand.observedNow()))) {
			return outcome("freshness", false, "Demand is not measured now, and lost metrics never scale in.");
		}
		return outcome("freshness", true, Texts.percent(stale) + " of the inputs are stale.");
	}

	GuardOutcome skill(GuardInput in) {
		if (in.draft().observed()) {
			return outcome("skill", true, "What is observed now asks for it, whatever the forecast.");
		}
		if (!in.approvedBy().isEmpty()) {
			return outcome("skill", true, "A person has judged the forecast.");
		}
		for (DemandView demand : in.view().demand()) {
			boolean concerned = in.draft().removes() || in.draft().metric().isEmpty() || demand.metric().equals(in.draft().metric());
			if (!concerned || demand.demand().isEmpty()) {
				continue;
			}
			if (Double.isNaN(demand.skill())) {
				return outcome("skill", false, "The skill of the forecast of " + demand.metric() + " is not measured yet.");
			}
			if (demand.skill() < limits.minSkill()) {
				return outcome("skill", false, "The forecast of " + demand.metric() + " has the skill " + Texts.number(demand.skill()) + ", at least " + Texts.number(limits.minSkill()) + " is needed.");
			}
			if (demand.coverage() < limits.minCoverage()) {
				return outcome("skill", false, "The 80 % band of " + demand.metric() + " covered " + Texts.percent(demand.coverage()) + ", at least " + Texts.percent(limits.minCoverage()) + " is needed.");
			}
		}
		return outcome("skill", true, "Skill and coverage are within their bounds.");
	}

	GuardOutcome fencing(GuardInput in) {
		return in.fence().map(fence -> outcome("fencing", fence.held(), fence.sentence()))
				.orElseGet(() -> outcome("fencing", true, "There is no lease: this is the only engine of the estate."));
	}

	GuardOutcome cooldown(GuardInput in) {
		Duration needed = in.draft().removes() ? scaleIn.cooldown() : patience(in.failures());
		Optional<Instant> last = in.lastAction();
		if (in.draft().removes() && in.lastRemoval().isPresent() && (last.isEmpty() || in.lastRemoval().get().isAfter(last.get()))) {
			last = in.lastRemoval();
		}
		// an estate whose time was set back must not wait for ever
		if (last.isEmpty() || last.get().isAfter(in.now())) {
			return outcome("cooldown", true, "The group was not acted on before.");
		}
		Duration since = Duration.between(last.get(), in.now());
		return since.compareTo(needed) < 0
				? outcome("cooldown", false, "The group was acted on " + Texts.span(since) + " ago, " + Texts.span(needed) + " must pass.")
				: outcome("cooldown", true, "The group was acted on " + Texts.span(since) + " ago.");
	}

	/** The cooldown, doubled with each plan that failed wholly, up to an hour. */
	private Duration patience(int failures) {
		Duration longest = limits.cooldown().compareTo(HOUR) > 0 ? limits.cooldown() : HOUR;
		Duration wait = limits.cooldown().multipliedBy(1L << Math.min(failures, 10));
		return wait.compareTo(longest) > 0 ? longest : wait;
	}

	GuardOutcome rate(GuardInput in) {
		int more = creates(in.draft());
		if (more > 0 && in.madeByGroup() + more > limits.groupPerHour()) {
			return outcome("rate", false, in.madeByGroup() + " were made for the group within an hour, with " + more + " more it would be over " + limits.groupPerHour() + ".");
		}
		if (more > 0 && in.madeByEstate() + more > limits.estatePerHour()) {
			return outcome("rate", false, in.madeByEstate() + " were made in the estate within an hour, with " + more + " more it would be over " + limits.estatePerHour() + ".");
		}
		return outcome("rate", true, in.madeByGroup() + " were made for the group and " + in.madeByEstate() + " in the estate within an hour.");
	}

	GuardOutcome blastRadius(GuardInput in) {
		int changed = changed(in);
		int most = Math.max(1, Math.min(limits.blastCount(), (int) Math.floor(in.members() * limits.blastShare())));
		return outcome("blast radius", changed <= most, changed + " of " + in.members() + " members would change at once, at most " + most + " may.");
	}

	GuardOutcome cap(GuardInput in) {
		int after = in.members() + (in.draft().removes() ? -changed(in) : changed(in));
		int max = in.view().group().max();
		int min = in.view().group().min();
		if (!in.draft().removes() && after > max) {
			return outcome("cap", false, "The group would have " + after + " members, its maximum is " + max + ".");
		}
		if (in.draft().removes() && after < min) {
			return outcome("cap", false, "The group would have " + after + " members, its minimum is " + min + ".");
		}
		int machines = in.machines() + creates(in.draft());
		if (creates(in.draft()) > 0 && machines > limits.maxMachines()) {
			return outcome("cap", false, "The estate would have " + machines + " machines of ours, at most " + limits.maxMachines() + " may be.");
		}
		return outcome("cap", true, "The group would have " + after + " of " + min + " to " + max + " members.");
	}

	GuardOutcome budget(GuardInput in) {
		if (money.isPresent()) {
			return money.get().apply(in.draft(), in.now());
		}
		if (limits.budgetPerHour() == Double.POSITIVE_INFINITY) {
			return outcome("budget", true, "There is no budget.");
		}
		if (creates(in.draft()) == 0) {
			return outcome("budget", true, "It makes nothing.");
		}
		double after = in.costPerHour() + in.draft().costPerHour();
		if (Double.isNaN(after)) {
			return outcome("budget", false, "A price is not known, so nobody can say whether it is within the budget of " + Texts.money(limits.budgetPerHour(), limits.currency()) + " an hour.");
		}
		if (!in.draft().currency().equals(limits.currency()) || !in.currency().isEmpty() && !in.currency().equals(limits.currency())) {
			return outcome("budget", false, "The budget is in " + limits.currency() + " and the price in " + in.draft().currency() + ".");
		}
		return outcome("budget", after <= limits.budgetPerHour(), "Our machines would cost " + Texts.money(after, limits.currency()) + " an hour of " + Texts.money(limits.budgetPerHour(), limits.currency()) + ".");
	}

	GuardOutcome freeze(GuardInput in) {
		for (FreezeWindow window : limits.freezes()) {
			if (window.contains(in.now())) {
				return outcome("freeze window", false, "Nothing may be changed until " + window.until() + ": " + window.reason() + ".");
			}
		}
		return outcome("freeze window", true, "Nothing is frozen.");
	}

	private static int creates(Draft draft) {
		return draft.actions().stream().filter(action -> action.kind() == Action.Kind.CREATE).mapToInt(Action::count).sum();
	}

	/** How many members would change. */
	private static int changed(GuardInput in) {
		return in.draft().actions().stream().mapToInt(action -> switch (action.kind()) {
		case CREATE -> action.count();
		case SET_SIZE -> Math.abs(action.count() - in.members());
		case DELETE, RESIZE -> 1;
		}).sum();
	}

	private static GuardOutcome outcome(String guard, boolean passed, String sentence) {
		return new GuardOutcome(guard, passed, sentence);
	}
}
