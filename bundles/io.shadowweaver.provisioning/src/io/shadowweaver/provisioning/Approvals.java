// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.GuardOutcome;
import io.shadowweaver.api.provision.Plan;

/**
 * What persons decide of plans that wait for them. All guards run again at an approval and at the call; a plan that nobody approves is
 * asked for again, louder each time, and never approved by itself. One thread.
 */
final class Approvals {
	private record Rejection(Instant at, int size) {
	}

	private final GroupDesk desk;
	private final Map<String, List<String>> given = new LinkedHashMap<>();
	private final Map<String, String> refused = new LinkedHashMap<>();
	private final Map<String, Rejection> rejected = new HashMap<>();
	private final Map<String, Integer> unanswered = new HashMap<>();
	private final List<String> notes = new ArrayList<>();

	Approvals(GroupDesk desk) {
		this.desk = desk;
	}

	void approve(String plan, String person) {
		given.computeIfAbsent(plan, id -> new ArrayList<>()).add(person);
	}

	void reject(String plan, String person) {
		refused.put(plan, person);
	}

	/** Decisions of persons that changed nothing, such as those on plans that do not wait: forgotten, and said. */
	List<String> unmet() {
		List<String> unmet = new ArrayList<>(notes);
		given.forEach((plan, persons) -> persons.forEach(person -> unmet.add("There is no plan " + plan + " that waits for the approval of " + person + ".")));
		refused.forEach((plan, person) -> unmet.add("There is no plan " + plan + " that " + person + " could reject."));
		given.clear();
		refused.clear();
		notes.clear();
		return unmet;
	}

	/** Whether a person rejected a plan at least as large a short while ago. */
	boolean isRejected(Draft draft, Instant now) {
		Rejection before = rejected.get(draft.group());
		return before != null && now.isBefore(before.at().plus(desk.settings().planning().rejectHold())) && draft.size() <= before.size();
	}

	/** As a person is asked for it: louder where it was asked for in vain. */
	Draft asked(Draft draft) {
		int before = unanswered.getOrDefault(draft.group(), 0);
		return before == 0 ? draft : draft.saying("Asked for the " + (before + 1) + ". time, nobody answered before: " + draft.sentence());
	}

	/** That a group lacks what nobody approved. */
	Optional<GroupDesk.Trouble> unanswered(GroupView view, Optional<Draft> draft, Instant now) {
		if (draft.isEmpty()) {
			unanswered.remove(view.group().id());
		}
		int times = unanswered.getOrDefault(view.group().id(), 0);
		return times == 0 ? Optional.empty() : Optional.of(new GroupDesk.Trouble(true, "UNAPPROVED", view.group().name() + " needs a decision: " + times
				+ (times == 1 ? " plan" : " plans") + " for it expired because nobody approved. Nothing is done without a person; it is needed by " + draft.get().neededBy() + "."));
	}

	/** The persons who approved a plan. */
	static String names(Plan plan) {
		return plan.approvals().stream().map(Plan.Approval::person).collect(Collectors.joining(" and "));
	}

	/**
	 * A plan that waits for a person, or was approved by one. It is kept as the person sees it until the need is larger, gone, or the
	 * state that it saw has moved.
	 *
	 * @param draft what would be planned now
	 * @return empty when it is over or carried out
	 */
	Optional<PlanBook.Open> decide(PlanBook.Open before, GroupView view, Optional<Draft> draft, GroupDesk.Context context, GroupDesk.Round round) {
		Plan plan = before.plan();
		String rejecter = refused.remove(plan.id());
		if (rejecter != null) {
			given.remove(plan.id());
			rejected.put(plan.group(), new Rejection(round.now(), before.draft().size()));
			unanswered.remove(plan.group());
			desk.end(before, Plan.State.REJECTED, "Rejected by " + rejecter + ".", rejecter);
			return Optional.empty();
		}
		List<String> persons = Optional.ofNullable(given.remove(plan.id())).orElse(List.of());
		if (isOver(before, persons, round.now())) {
			return Optional.empty();
		}
		boolean moved = !plan.stateHash().equals(StateHash.of(view, context.coming()));
		if (round.now().isBefore(before.grace()) && (moved || draft.isEmpty() && !before.draft().isWish())) {
			// after a restart members and forecasts have to be found again first
			persons.forEach(person -> approve(plan.id(), person));
			return Optional.of(before);
		}
		if (isOutdated(before, persons, moved, draft)) {
			return Optional.empty();
		}
		PlanBook.Open waiting = new PlanBook.Open(plan, before.draft(), before.approvedBy());
		for (String person : persons) {
			Optional<PlanBook.Open> after = approved(waiting, person, view, context, round);
			if (after.isEmpty()) {
				return after;
			}
			waiting = after.get();
		}
		desk.book().put(waiting);
		return waiting.approvedBy().isEmpty() || !desk.isDue(plan, round.now()) ? Optional.of(waiting) : due(waiting, view, context, round);
	}

	/** Ends a plan that waits when its time is over, also where nothing else can be decided of its group now. */
	void expire(PlanBook.Open waiting, Instant now) {
		if (waiting.plan().state() == Plan.State.PROPOSED || !waiting.approvedBy().isEmpty()) {
			isOver(waiting, given.getOrDefault(waiting.plan().id(), List.of()), now);
		}
	}

	private boolean isOver(PlanBook.Open waiting, List<String> persons, Instant now) {
		Plan plan = waiting.plan();
		boolean approved = !waiting.approvedBy().isEmpty();
		if (approved && now.isAfter(plan.expires())) {
			desk.end(waiting, Plan.State.EXPIRED, "Approved by " + waiting.approvedBy() + ", but it could not be carried out by " + plan.expires() + ": " + plan.sentence(), "time");
			return true;
		}
		if (approved || !now.isAfter(plan.approveBy())) {
			return false;
		}
		if (!persons.isEmpty()) {
			desk.end(waiting, Plan.State.EXPIRED, persons.getFirst() + " approved it, but it had expired at " + plan.approveBy() + "; nothing was called.", "time");
			return true;
		}
		boolean wish = waiting.draft().isWish();
		if (!wish) {
			unanswered.merge(plan.group(), 1, Integer::sum);
		}
		String who = plan.approvals().isEmpty() ? "Nobody approved it by " : "Only " + names(plan) + " approved it, and no second person by ";
		desk.end(waiting, Plan.State.EXPIRED, who + plan.approveBy() + "; nothing was called." + (wish ? " Ask for it again if it is still wanted." : " It is asked for again as long as it is needed."), "time");
		return true;
	}

	private boolean isOutdated(PlanBook.Open waiting, List<String> persons, boolean moved, Optional<Draft> draft) {
		String asked = persons.isEmpty() ? "" : persons.getFirst() + " approved it, but ";
		if (moved) {
			desk.end(waiting, Plan.State.EXPIRED, asked + "what it saw has moved: members, group or what is coming are others now.", "state");
			return true;
		}
		if (waiting.draft().isWish() && draft.map(Draft::removes).orElse(true)) {
			return false;
		}
		if (draft.isEmpty()) {
			desk.end(waiting, Plan.State.EXPIRED, asked + "a newer forecast of demand asks for it no more.", "forecast");
			return true;
		}
		Draft newer = draft.get();
		Draft older = waiting.draft();
		if (waiting.approvedBy().isEmpty() && persons.isEmpty() && (newer.removes() != older.removes() || newer.size() > older.size() || asks(newer) > asks(older))) {
			desk.end(waiting, Plan.State.EXPIRED, "Replaced: a newer forecast asks for more.", "forecast");
			return true;
		}
		return false;
	}

	/** One person approves: it is refused by the guards, waits for a second person, or for its time. */
	private Optional<PlanBook.Open> approved(PlanBook.Open waiting, String person, GroupView view, GroupDesk.Context context, GroupDesk.Round round) {
		Plan plan = waiting.plan();
		if (plan.approvals().stream().anyMatch(one -> same(one.person(), person))) {
			notes.add(person + " has approved the plan " + plan.id() + " already" + (waiting.approvedBy().isEmpty() ? "; the second person must be another one." : "."));
			return Optional.of(waiting);
		}
		String persons = plan.approvals().isEmpty() ? person : names(plan) + " and " + person;
		List<GuardOutcome> outcomes = desk.outcomes(view, waiting.draft(), context, round, persons);
		Optional<GuardOutcome> refusal = Guards.lastingRefusal(outcomes);
		if (refusal.isPresent()) {
			PlanBook.Open judged = new PlanBook.Open(plan.with(Plan.State.REFUSED, outcomes, plan.sentence()), waiting.draft());
			desk.end(judged, Plan.State.REFUSED, person + " approved it, but it was refused by " + refusal.get().guard() + ": " + refusal.get().sentence(), refusal.get().guard());
			return Optional.empty();
		}
		unanswered.remove(plan.group());
		Plan consented = plan.approved(new Plan.Approval(person, round.now()));
		desk.recorder().fact(new JournalRecord.Consented(round.now(), plan.id(), person));
		String second = consented.approvals().size() > 1 || !waiting.approvedBy().isEmpty() ? "" : second(waiting.draft(), desk.settings());
		Plan.State state = second.isEmpty() ? Plan.State.APPROVED : Plan.State.PROPOSED;
		String sentence = waiting.draft().sentence() + " Approved by " + persons + "." + (second.isEmpty() ? waits(outcomes) : " " + second);
		desk.recorder().fact(new JournalRecord.Decided(round.now(), plan.id(), state, person, sentence));
		return Optional.of(new PlanBook.Open(consented.with(state, outcomes, sentence), waiting.draft(), second.isEmpty() ? persons : ""));
	}

	private static boolean same(String one, String other) {
		return one.strip().equalsIgnoreCase(other.strip());
	}

	/** Why a second person must approve as well; empty for no reason. */
	private static String second(Draft draft, ProvisioningSettings settings) {
		double above = settings.secondPersonAbove(draft.group());
		if (above == Double.POSITIVE_INFINITY || draft.removes()) {
			return "";
		}
		double cost = settings.cost().convert(draft.costPerHour(), draft.currency());
		if (Double.isNaN(cost)) {
			return "A second person must approve it too, since nobody knows what it costs, and over " + Texts.money(above, settings.cost().currency()) + " an hour two are needed.";
		}
		return cost <= above ? "" : "A second person must approve it too, since it costs " + Texts.money(cost, settings.cost().currency()) + " an hour, over " + Texts.money(above, settings.cost().currency()) + ".";
	}

	private static String waits(List<GuardOutcome> outcomes) {
		return Guards.refusal(outcomes).map(outcome -> " It waits for " + outcome.guard() + ": " + outcome.sentence()).orElse("");
	}

	private Optional<PlanBook.Open> due(PlanBook.Open waiting, GroupView view, GroupDesk.Context context, GroupDesk.Round round) {
		List<GuardOutcome> outcomes = desk.outcomes(view, waiting.draft(), context, round, waiting.approvedBy());
		String sentence = waiting.draft().sentence() + " Approved by " + waiting.approvedBy() + "." + waits(outcomes);
		PlanBook.Open judged = new PlanBook.Open(waiting.plan().with(Plan.State.APPROVED, outcomes, sentence), waiting.draft(), waiting.approvedBy());
		desk.book().put(judged);
		if (Guards.refusal(outcomes).isPresent()) {
			return Optional.of(judged);
		}
		desk.execute(judged, view, context, round, waiting.approvedBy());
		return desk.book().open(view.group().id());
	}

	/** The size that an external owner is asked for; 0 for other plans. */
	private static int asks(Draft draft) {
		return draft.actions().stream().filter(action -> action.kind() == Action.Kind.SET_SIZE).mapToInt(Action::count).sum();
	}
}
