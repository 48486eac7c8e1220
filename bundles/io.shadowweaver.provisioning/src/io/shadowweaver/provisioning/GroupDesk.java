// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.GuardOutcome;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.topology.Template;

/**
 * Decides for one group after the other: makes, keeps, replaces and ends its plan, by its mode, and carries out what is due. One
 * thread.
 */
final class GroupDesk {
	/** What all groups share at a step. */
	record Round(Instant now, Map<String, Snapshot> snapshots, String stopped, Optional<GuardInput.Fence> fence) {
	}

	private record Rejection(Instant at, int size) {
	}

	private final String estate;
	private final ProvisioningSettings settings;
	private final Ledger ledger;
	private final Recorder recorder;
	private final PlanBook book;
	private final Verdicts verdicts;
	private final CostDesk costs;
	private final Planner planner;
	private final ScaleInPlanner scaleIn;
	private final Guards guards;
	private final Map<String, String> approvals = new HashMap<>();
	private final Map<String, String> rejections = new HashMap<>();
	private final Map<String, Rejection> rejected = new HashMap<>();
	private Instant time = Instant.EPOCH;

	GroupDesk(String estate, ProvisioningSettings settings, Ledger ledger, Recorder recorder, PlanBook book, Verdicts verdicts, CostDesk costs) {
		this.estate = estate;
		this.settings = settings;
		this.ledger = ledger;
		this.recorder = recorder;
		this.book = book;
		this.verdicts = verdicts;
		this.costs = costs;
		planner = new Planner(settings);
		scaleIn = new ScaleInPlanner(settings);
		guards = new Guards(settings, (draft, now) -> costs.budget(draft.addition(now, settings.planning().horizon()), now));
	}

	void approve(String plan, String person) {
		approvals.put(plan, person);
	}

	void reject(String plan, String person) {
		rejections.put(plan, person);
	}

	/** Decisions of persons that met no plan that waits: forgotten, and said. */
	List<String> unmet() {
		List<String> unmet = new ArrayList<>();
		approvals.forEach((plan, person) -> unmet.add("There is no plan " + plan + " that waits for the approval of " + person + "."));
		rejections.forEach((plan, person) -> unmet.add("There is no plan " + plan + " that " + person + " could reject."));
		approvals.clear();
		rejections.clear();
		return unmet;
	}

	/**
	 * Decides for a group.
	 *
	 * @return what is in the way of its need, for the operator; empty for nothing
	 */
	String step(GroupView view, Round round) {
		time = round.now();
		String group = view.group().id();
		Optional<PlanBook.Open> open = book.open(group);
		if (view.mode() == Mode.OFF) {
			open.ifPresent(waiting -> end(waiting, Plan.State.EXPIRED, "The group was switched off.", "mode"));
			return "";
		}
		Map<String, List<Offer>> offers = new HashMap<>();
		round.snapshots().forEach((account, snapshot) -> offers.put(account, snapshot.offers()));
		List<Entry> ofGroup = ledger.of(group);
		Coming coming = Coming.of(view, ofGroup);
		Planner.Result result = planner.scaleOut(view, coming, costs.market(offers), notYetMade(), ledger.leads(), round.now());
		List<Template> templates = view.group().templates();
		if (result.draft().isEmpty() && !result.trouble().isEmpty() && !templates.isEmpty() && templates.stream().noneMatch(template -> offers.containsKey(template.provider()))) {
			return "it needs more members, and " + templates.stream().map(Template::provider).collect(Collectors.joining(", ", "the account ", "")) + " has not answered yet";
		}
		List<Entry> ours = ofGroup.stream().filter(Entry::isOurs).toList();
		Optional<Draft> draft = result.draft();
		if (draft.isEmpty() && result.trouble().isEmpty()) {
			draft = scaleIn.scaleIn(view, coming, removable(ofGroup, ours), round.now());
		} else {
			scaleIn.forget(group);
		}
		decide(view, draft, new Context(coming, offers, ours), round);
		return result.trouble();
	}

	private record Context(Coming coming, Map<String, List<Offer>> offers, List<Entry> ours) {
	}

	/** Ours that no intent removes already. */
	private static List<Entry> removable(List<Entry> ofGroup, List<Entry> ours) {
		return ours.stream().filter(entry -> ofGroup.stream().noneMatch(other -> other.intent().target().equals(entry.token()) && !other.is(QueueEntry.State.FAILED, QueueEntry.State.CANCELLED))).toList();
	}

	private List<Entry> notYetMade() {
		return ledger.entries().stream().filter(entry -> entry.creates() && entry.is(QueueEntry.State.JOURNALLED, QueueEntry.State.CALLED, QueueEntry.State.UNKNOWN)).toList();
	}

	private void decide(GroupView view, Optional<Draft> draft, Context context, Round round) {
		Optional<PlanBook.Open> open = book.open(view.group().id());
		boolean personal = open.isPresent() && (open.get().plan().state() == Plan.State.PROPOSED || !open.get().approvedBy().isEmpty());
		boolean waits = personal && open.get().approvedBy().isEmpty();
		if (personal && (view.mode() == Mode.OBSERVE || view.mode() == Mode.AUTO && waits)) {
			end(open.get(), Plan.State.EXPIRED, "The group is in mode " + view.mode().name().toLowerCase(Locale.ROOT) + " now.", "mode");
			open = Optional.empty();
		} else if (personal) {
			open = person(open.get(), view, draft, context, round);
			if (open.isPresent()) {
				return;
			}
		}
		if (draft.isEmpty()) {
			open.ifPresent(waiting -> end(waiting, Plan.State.EXPIRED, "A newer forecast of demand asks for it no more.", "forecast"));
			return;
		}
		boolean same = open.isPresent() && open.get().draft().removes() == draft.get().removes();
		if (open.isPresent() && !same) {
			end(open.get(), Plan.State.EXPIRED, "The need has turned.", "forecast");
		}
		String id = same ? open.get().plan().id() : ledger.nextPlan(view.group().id());
		Instant created = same ? open.get().plan().createdAt() : round.now();
		switch (view.mode()) {
		case OBSERVE -> observe(draft.get(), id, created, round);
		case PROPOSE -> propose(view, draft.get(), ledger, context, round);
		case AUTO -> automatic(view, draft.get(), id, created, context, round);
		case OFF -> throw new IllegalStateException("a group that is off has no plan");
		}
	}

	private void observe(Draft draft, String id, Instant created, Round round) {
		Plan plan = draft.toPlan(id, Plan.State.OBSERVED, created);
		book.put(new PlanBook.Open(plan, draft, ""));
		if (isDue(plan, round.now())) {
			verdicts.watch(plan, draft);
		}
	}

	private void propose(GroupView view, Draft draft, Ledger ids, Context context, Round round) {
		Rejection before = rejected.get(draft.group());
		if (before != null && round.now().isBefore(before.at().plus(settings.planning().rejectHold())) && draft.size() <= before.size()) {
			return;
		}
		book.open(draft.group()).ifPresent(waiting -> end(waiting, Plan.State.EXPIRED, "Replaced by a plan that waits for a person.", "mode"));
		Plan plan = draft.toPlan(ids.nextPlan(draft.group()), Plan.State.PROPOSED, round.now());
		List<GuardOutcome> outcomes = guards.run(input(view, draft, context, round, ""));
		book.put(new PlanBook.Open(plan.with(Plan.State.PROPOSED, outcomes, plan.sentence()), draft, ""));
		recorder.fact(new JournalRecord.Decided(round.now(), plan.id(), Plan.State.PROPOSED, "planner", plan.sentence()));
	}

	private void automatic(GroupView view, Draft draft, String id, Instant created, Context context, Round round) {
		List<GuardOutcome> outcomes = guards.run(input(view, draft, context, round, ""));
		Optional<GuardOutcome> refusal = Guards.refusal(outcomes);
		Plan plan = draft.toPlan(id, Plan.State.APPROVED, created);
		if (refusal.isPresent()) {
			plan = plan.with(Plan.State.REFUSED, outcomes, draft.sentence() + " Refused by " + refusal.get().guard() + ": " + refusal.get().sentence());
		} else {
			plan = plan.with(Plan.State.APPROVED, outcomes, draft.sentence());
		}
		PlanBook.Open waiting = new PlanBook.Open(plan, draft, "");
		book.put(waiting);
		if (refusal.isEmpty() && isDue(plan, round.now())) {
			execute(waiting, view, context, round, "the guards");
		}
	}

	/**
	 * A plan that waits for a person, or was approved by one. It is kept as the person sees it until the need is larger, gone, or the
	 * state that it saw has moved.
	 *
	 * @return empty when it is over or carried out
	 */
	private Optional<PlanBook.Open> person(PlanBook.Open waiting, GroupView view, Optional<Draft> draft, Context context, Round round) {
		Plan plan = waiting.plan();
		Instant now = round.now();
		String rejecter = rejections.remove(plan.id());
		if (rejecter != null) {
			approvals.remove(plan.id());
			rejected.put(plan.group(), new Rejection(now, waiting.draft().size()));
			end(waiting, Plan.State.REJECTED, "Rejected by " + rejecter + ".", rejecter);
			return Optional.empty();
		}
		String approver = approvals.remove(plan.id());
		boolean approved = !waiting.approvedBy().isEmpty();
		String asked = approver == null ? "" : approver + " approved it, but ";
		if (!approved && now.isAfter(plan.approveBy())) {
			end(waiting, Plan.State.EXPIRED, asked.isEmpty() ? "Nobody approved it by " + plan.approveBy() + "; nothing was called." : asked + "it had expired at " + plan.approveBy() + "; nothing was called.", "time");
			return Optional.empty();
		}
		if (approved && now.isAfter(plan.expires())) {
			end(waiting, Plan.State.EXPIRED, "Approved by " + waiting.approvedBy() + ", but it could not be carried out by " + plan.expires() + ": " + plan.sentence(), "time");
			return Optional.empty();
		}
		if (!plan.stateHash().equals(StateHash.of(view, context.coming()))) {
			end(waiting, Plan.State.EXPIRED, asked + "what it saw has moved: members, group or what is coming are others now.", "state");
			return Optional.empty();
		}
		if (draft.isEmpty()) {
			end(waiting, Plan.State.EXPIRED, asked + "a newer forecast of demand asks for it no more.", "forecast");
			return Optional.empty();
		}
		if (!approved && approver == null && (draft.get().removes() != waiting.draft().removes() || draft.get().size() > waiting.draft().size()
				|| asks(draft.get()) > asks(waiting.draft()))) {
			end(waiting, Plan.State.EXPIRED, "Replaced: a newer forecast asks for more.", "forecast");
			return Optional.empty();
		}
		if (approver != null) {
			List<GuardOutcome> outcomes = guards.run(input(view, waiting.draft(), context, round, approver));
			Optional<GuardOutcome> refusal = Guards.refusal(outcomes);
			if (refusal.isPresent()) {
				PlanBook.Open judged = new PlanBook.Open(plan.with(Plan.State.REFUSED, outcomes, plan.sentence()), waiting.draft(), "");
				end(judged, Plan.State.REFUSED, approver + " approved it, but it was refused by " + refusal.get().guard() + ": " + refusal.get().sentence(), refusal.get().guard());
				return Optional.empty();
			}
			String sentence = waiting.draft().sentence() + " Approved by " + approver + ".";
			waiting = new PlanBook.Open(plan.with(Plan.State.APPROVED, outcomes, sentence), waiting.draft(), approver);
			recorder.fact(new JournalRecord.Decided(now, plan.id(), Plan.State.APPROVED, approver, sentence));
			book.put(waiting);
		}
		return waiting.approvedBy().isEmpty() || !isDue(plan, now) ? Optional.of(waiting) : approvedAndDue(waiting, view, context, round);
	}

	private Optional<PlanBook.Open> approvedAndDue(PlanBook.Open waiting, GroupView view, Context context, Round round) {
		List<GuardOutcome> outcomes = guards.run(input(view, waiting.draft(), context, round, waiting.approvedBy()));
		Optional<GuardOutcome> refusal = Guards.refusal(outcomes);
		String sentence = waiting.draft().sentence() + " Approved by " + waiting.approvedBy() + "."
				+ refusal.map(outcome -> " It waits for " + outcome.guard() + ": " + outcome.sentence()).orElse("");
		PlanBook.Open judged = new PlanBook.Open(waiting.plan().with(Plan.State.APPROVED, outcomes, sentence), waiting.draft(), waiting.approvedBy());
		book.put(judged);
		if (refusal.isPresent()) {
			return Optional.of(judged);
		}
		execute(judged, view, context, round, waiting.approvedBy());
		return book.open(view.group().id());
	}

	private void execute(PlanBook.Open waiting, GroupView view, Context context, Round round, String by) {
		Plan plan = waiting.plan().with(Plan.State.EXECUTING, waiting.plan().guards(), waiting.plan().sentence());
		List<JournalRecord> records = new ArrayList<>();
		records.add(new JournalRecord.Decided(round.now(), plan.id(), Plan.State.EXECUTING, by, plan.sentence()));
		for (Intent intent : Intents.of(estate, plan, waiting.draft(), view, context.offers(), context.ours(), round.now())) {
			records.add(new JournalRecord.Intended(round.now(), intent));
		}
		if (recorder.intend(records)) {
			book.execute(waiting, plan);
			costs.see(ledger.ofPlan(plan.id()), round.now());
		} else {
			book.put(new PlanBook.Open(waiting.plan().with(Plan.State.REFUSED, waiting.plan().guards(), waiting.draft().sentence() + " Not carried out: " + recorder.trouble()),
					waiting.draft(), waiting.approvedBy()));
		}
	}

	private boolean isDue(Plan plan, Instant now) {
		return !now.isBefore(plan.startBy().minus(settings.planning().decisionMargin()));
	}

	private void end(PlanBook.Open waiting, Plan.State state, String sentence, String by) {
		book.close(waiting, state, waiting.draft().sentence() + " " + sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1));
		if (waiting.plan().state() == Plan.State.PROPOSED || !waiting.approvedBy().isEmpty()) {
			recorder.fact(new JournalRecord.Decided(time, waiting.plan().id(), state, by, sentence));
		}
	}

	/** The size that an external owner is asked for; 0 for other plans. */
	private static int asks(Draft draft) {
		return draft.actions().stream().filter(action -> action.kind() == Action.Kind.SET_SIZE).mapToInt(Action::count).sum();
	}

	private GuardInput input(GroupView view, Draft draft, Context context, Round round, String approvedBy) {
		Instant now = round.now();
		Instant hourAgo = now.minus(Duration.ofHours(1));
		List<Entry> ofGroup = ledger.of(view.group().id());
		List<Entry> machines = ledger.entries().stream().filter(entry -> entry.isOurs() || entry.isComing()).toList();
		Optional<Instant> lastAction = ofGroup.stream().filter(entry -> entry.intent().kind() != Action.Kind.DELETE).map(entry -> entry.intent().queuedAt()).max(Instant::compareTo);
		Optional<Instant> lastRemoval = ofGroup.stream().filter(entry -> entry.intent().kind() == Action.Kind.DELETE).map(entry -> entry.intent().queuedAt()).max(Instant::compareTo);
		List<Entry> made = ledger.entries().stream().filter(entry -> entry.creates() && entry.intent().queuedAt().isAfter(hourAgo) && !entry.intent().queuedAt().isAfter(now)).toList();
		int madeByGroup = (int) made.stream().filter(entry -> entry.intent().group().equals(view.group().id())).count();
		int members = context.coming().members(view.ready());
		return new GuardInput(now, round.stopped(), view, approvedBy, draft, round.fence(), lastAction, lastRemoval, failures(ofGroup),
				madeByGroup, made.size(), members, machines.size(), machines.stream().mapToDouble(entry -> entry.intent().costPerHour()).sum(),
				machines.stream().map(entry -> entry.intent().price().currency()).filter(currency -> !currency.isEmpty()).findFirst().orElse(""));
	}

	/** Plans that failed wholly, since one last brought a member. */
	private static int failures(List<Entry> ofGroup) {
		int failures = 0;
		String plan = "";
		for (int i = ofGroup.size() - 1; i >= 0; i--) {
			Entry entry = ofGroup.get(i);
			if (entry.intent().kind() == Action.Kind.DELETE || entry.is(QueueEntry.State.CANCELLED)) {
				continue;
			}
			if (!entry.is(QueueEntry.State.FAILED)) {
				break;
			}
			if (!entry.intent().plan().equals(plan)) {
				failures++;
				plan = entry.intent().plan();
			}
		}
		return failures;
	}
}
