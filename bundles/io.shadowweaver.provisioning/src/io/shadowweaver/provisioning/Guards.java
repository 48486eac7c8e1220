// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.GuardOutcome;

/**
 * What stands between a plan and a call. Each guard is a pure function and gives its reason in a sentence: what, how much, the limit, and
 * where it can be told, when it will pass. The first that refuses decides.
 */
final class Guards {
	/** One guard. */
	private interface Guard {
		GuardOutcome check(GuardInput input);
	}

	/** Names of the guards whose refusal passes by itself, so that what a person approved waits for them. */
	private static final Set<String> PASSING = Set.of("cooldown", "rate", "canary", "freeze window");
	private static final Duration HOUR = Duration.ofHours(1);

	private final ProvisioningSettings settings;
	private final List<Guard> all = List.of(this::killSwitch, this::mode, this::freshness, this::skill, this::fencing, this::cooldown,
			this::rate, this::canary, this::blastRadius, this::cap, GuardInput::budget, this::freeze);

	Guards(ProvisioningSettings settings) {
		this.settings = settings;
	}

	/** The outcomes of all, in their order. */
	List<GuardOutcome> run(GuardInput input) {
		return all.stream().map(guard -> guard.check(input)).toList();
	}

	/** The first that refused. */
	static Optional<GuardOutcome> refusal(List<GuardOutcome> outcomes) {
		return outcomes.stream().filter(outcome -> !outcome.passed()).findFirst();
	}

	/** The first that refused, and whose refusal does not pass by itself. */
	static Optional<GuardOutcome> lastingRefusal(List<GuardOutcome> outcomes) {
		return outcomes.stream().filter(outcome -> !outcome.passed() && !PASSING.contains(outcome.guard())).findFirst();
	}

	private ProvisioningSettings.Limits limits(GuardInput in) {
		return settings.limits(in.view().group().id());
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
		double limit = in.draft().removes() ? Math.min(limits(in).maxStaleShare(), settings.scaleIn().maxStaleShare()) : limits(in).maxStaleShare();
		if (stale > limit) {
			return outcome("freshness", false, Texts.percent(stale) + " of the inputs are stale, at most " + Texts.percent(limit) + " may be; it passes when their sources report again.");
		}
		if (in.draft().removes() && in.view().demand().stream().anyMatch(demand -> !Double.isFinite(demand.observedNow()))) {
			return outcome("freshness", false, "Demand is not measured now, and lost metrics never scale in.");
		}
		return outcome("freshness", true, Texts.percent(stale) + " of the inputs are stale, at most " + Texts.percent(limit) + " may be.");
	}

	GuardOutcome skill(GuardInput in) {
		if (in.draft().removes() && in.view().demand().stream().anyMatch(demand -> demand.demand().isEmpty())) {
			return outcome("skill", false, "A demand has no forecast, and what stands in for one can only ask for more.");
		}
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
			if (demand.skill() < limits(in).minSkill()) {
				return outcome("skill", false, "The forecast of " + demand.metric() + " has the skill " + Texts.number(demand.skill()) + ", at least " + Texts.number(limits(in).minSkill()) + " is needed.");
			}
			if (demand.coverage() < limits(in).minCoverage()) {
				return outcome("skill", false, "The 80 % band of " + demand.metric() + " covered " + Texts.percent(demand.coverage()) + ", at least " + Texts.percent(limits(in).minCoverage()) + " is needed.");
			}
		}
		return outcome("skill", true, "Skill and coverage are within their bounds.");
	}

	GuardOutcome fencing(GuardInput in) {
		return in.fence().map(fence -> outcome("fencing", fence.held(), fence.sentence()))
				.orElseGet(() -> outcome("fencing", true, "There is no lease: this is the only engine of the estate."));
	}

	GuardOutcome cooldown(GuardInput in) {
		Duration needed = in.draft().removes() ? settings.scaleIn().cooldown() : patience(limits(in).cooldown(), in.failures());
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
				? outcome("cooldown", false, "The group was acted on " + Texts.span(since) + " ago, " + Texts.span(needed) + " must pass" + (in.failures() > 0 && !in.draft().removes() ? " after " + in.failures() + " plans that failed" : "") + "; it may go on at " + last.get().plus(needed) + ".")
				: outcome("cooldown", true, "The group was acted on " + Texts.span(since) + " ago.");
	}

	/** The cooldown, doubled with each plan that failed wholly, up to an hour. */
	private static Duration patience(Duration cooldown, int failures) {
		Duration longest = cooldown.compareTo(HOUR) > 0 ? cooldown : HOUR;
		Duration wait = cooldown.multipliedBy(1L << Math.min(failures, 10));
		return wait.compareTo(longest) > 0 ? longest : wait;
	}

	GuardOutcome rate(GuardInput in) {
		int more = creates(in.draft());
		int ofGroup = in.madeByGroup().size();
		int ofEstate = in.madeByEstate().size();
		if (more > 0 && ofGroup + more > limits(in).groupPerHour()) {
			return outcome("rate", false, ofGroup + " were made for the group within an hour, with " + more + " more it would be over " + limits(in).groupPerHour() + "; " + passes(in.madeByGroup(), more, limits(in).groupPerHour()));
		}
		if (more > 0 && ofEstate + more > limits(in).estatePerHour()) {
			return outcome("rate", false, ofEstate + " were made in the estate within an hour, with " + more + " more it would be over " + limits(in).estatePerHour() + "; " + passes(in.madeByEstate(), more, limits(in).estatePerHour()));
		}
		return outcome("rate", true, ofGroup + " of " + limits(in).groupPerHour() + " were made for the group and " + ofEstate + " of " + limits(in).estatePerHour() + " in the estate within an hour.");
	}

	private static String passes(List<Instant> made, int more, int limit) {
		return more > limit ? "so many at once are never allowed." : "it may go on at " + made.get(made.size() + more - limit - 1).plus(HOUR) + ".";
	}

	GuardOutcome canary(GuardInput in) {
		Canary.Trial trial = in.trial();
		int most = limits(in).canary();
		if (in.draft().removes()) {
			return outcome("canary", true, "It makes nothing.");
		}
		if (!trial.halted().isEmpty()) {
			return outcome("canary", false, "The group is halted until a person resumes it: " + trial.halted());
		}
		if (most == 0) {
			return outcome("canary", true, "Nothing has to be tried first.");
		}
		if (trial.fresh() == 0) {
			return outcome("canary", true, "What it makes was seen to carry traffic before.");
		}
		if (trial.fresh() + trial.coming() <= most) {
			return outcome("canary", true, "It is the first " + trial.what() + (trial.failed() > 0 ? " since the last one failed." : "."));
		}
		String coming = trial.coming() == 0 ? "" : "; " + trial.coming() + " on the way" + trial.expected().map(at -> ", expected by " + at).orElse("");
		if (trial.failed() > 0) {
			return outcome("canary", false, "The last " + trial.what() + " never carried traffic: at most " + most + " may be on the way until one does" + coming + ".");
		}
		return trial.inTime() ? outcome("canary", false, trial.what() + " was never seen to carry traffic: at most " + most + " may be on the way until one does" + coming + ". From " + in.draft().startBy() + " on it is not waited for.")
				: outcome("canary", true, trial.what() + " was never seen to carry traffic, but the start by " + in.draft().startBy() + " leaves no time to wait for a first one.");
	}

	GuardOutcome blastRadius(GuardInput in) {
		int changed = changed(in);
		int most = Math.max(1, Math.min(limits(in).blastCount(), (int) Math.floor(in.members() * limits(in).blastShare())));
		return outcome("blast radius", changed <= most, changed + " of " + in.members() + " members would change at once, at most " + most + " may (" + limits(in).blastCount() + ", and " + Texts.percent(limits(in).blastShare()) + " of them).");
	}

	GuardOutcome cap(GuardInput in) {
		int after = in.members() + (in.draft().removes() ? -changed(in) : changed(in));
		int max = in.view().group().max();
		int min = in.view().group().min();
		String raised = in.raised().map(one -> " (raised by " + one.person() + " until " + one.until() + ")").orElse("");
		if (!in.draft().removes() && after > max) {
			return outcome("cap", false, "The group would have " + after + " members, its maximum is " + max + raised + "; a person can raise it for a while.");
		}
		if (in.draft().removes() && after < min) {
			return outcome("cap", false, "The group would have " + after + " members, its minimum is " + min + ".");
		}
		int machines = in.machines() + creates(in.draft());
		if (creates(in.draft()) > 0 && machines > limits(in).maxMachines()) {
			return outcome("cap", false, "The estate would have " + machines + " machines of ours, at most " + limits(in).maxMachines() + " may be.");
		}
		return outcome("cap", true, "The group would have " + after + " of " + min + " to " + max + " members" + raised + ".");
	}

	GuardOutcome freeze(GuardInput in) {
		Optional<FreezeWindow> window = limits(in).freezes().stream().filter(one -> one.contains(in.now())).findFirst();
		if (window.isEmpty()) {
			return outcome("freeze window", true, "Nothing is frozen.");
		}
		String until = FreezeWindow.free(limits(in).freezes(), in.now()).map(Instant::toString).orElse("a person ends it");
		return in.thawed().map(one -> outcome("freeze window", true, "Frozen until " + until + " (" + window.get().reason() + "), but " + one.person() + " allows changes until " + one.until() + ": " + one.reason() + "."))
				.orElseGet(() -> outcome("freeze window", false, "Nothing may be changed until " + until + ": " + window.get().reason() + ". A person can allow it, with a reason."));
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
