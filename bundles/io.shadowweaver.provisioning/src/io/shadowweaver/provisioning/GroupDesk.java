// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
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
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Template;

/**
 * Decides for one group after the other: makes, keeps, replaces and ends its plan, by its mode, and carries out what is due. One
 * thread.
 */
final class GroupDesk {
	/** What all groups share at a step. */
	record Round(Instant now, Map<String, Snapshot> snapshots, String stopped, Optional<GuardInput.Fence> fence) {
		Map<String, List<Offer>> offers() {
			Map<String, List<Offer>> offers = new HashMap<>();
			snapshots.forEach((account, snapshot) -> offers.put(account, snapshot.offers()));
			return offers;
		}
	}

	/**
	 * What is in the way of a group's need.
	 *
	 * @param urgent whether somebody has to act now
	 * @param detail a short word
	 */
	record Trouble(boolean urgent, String detail, String sentence) {
		/** Whether capacity is lacking and nothing can be planned. */
		boolean isOfNeed() {
			return detail.equals("NEED");
		}

		/** With what else is to be said. */
		Trouble with(String more) {
			return new Trouble(urgent, detail, sentence + more);
		}
	}

	/** What a plan of a group stands on beside the view. */
	record Context(Coming coming, Map<String, List<Offer>> offers, List<Entry> ours) {
	}

	/** How long after a restart a plan that waits is not judged by members and forecasts, which have to be found again first. */
	private static final Duration GRACE = Duration.ofMinutes(10);

	private final String estate;
	private final Ledger ledger;
	private final Recorder recorder;
	private final PlanBook book;
	private final CostDesk costs;
	private final Approvals approvals = new Approvals(this);
	private final ScaleInPlanner scaleIn;
	private final Map<String, Mode> modes = new HashMap<>();
	/** By group, what an earlier process observed last. */
	private final Map<String, JournalRecord.Watched> observed = new HashMap<>();
	private ProvisioningSettings settings;
	private Planner planner;
	private Guards guards;
	private Canary canary;
	private Instant time = Instant.EPOCH;

	GroupDesk(String estate, ProvisioningSettings settings, Ledger ledger, Recorder recorder, PlanBook book, CostDesk costs) {
		this.estate = estate;
		this.ledger = ledger;
		this.recorder = recorder;
		this.book = book;
		this.costs = costs;
		scaleIn = new ScaleInPlanner(settings);
		settings(settings);
	}

	/** From now on decides by these. */
	void settings(ProvisioningSettings other) {
		settings = other;
		planner = new Planner(other);
		guards = new Guards(other);
		canary = new Canary(other);
		scaleIn.settings(other);
	}

	ProvisioningSettings settings() {
		return settings;
	}

	Approvals approvals() {
		return approvals;
	}

	/** Takes up plans that waited for persons, or were observed, when the process ended. */
	void restore(Instant now) {
		observed.clear();
		ledger.watched().forEach(one -> observed.put(one.group(), one));
		for (JournalRecord.Proposed one : ledger.waiting().all()) {
			boolean approved = one.plan().state() == Plan.State.APPROVED;
			String by = approved ? Approvals.names(one.plan()) : "";
			book.put(new PlanBook.Open(one.plan(), WaitingPlans.draft(one), by, now.plus(GRACE)));
		}
	}

	/** The clock was set: what was true for a while may not have been. */
	void jumped() {
		scaleIn.jumped();
	}

	/** Ends plans of groups that are there no more. */
	void gone(Collection<String> groups, Instant now) {
		time = now;
		modes.keySet().retainAll(groups);
		book.open().stream().filter(open -> !groups.contains(open.plan().group()) && !now.isBefore(open.grace()))
				.forEach(open -> end(open, Plan.State.EXPIRED, "The group " + open.plan().group() + " is there no more.", "topology"));
	}

	/**
	 * Decides for a group.
	 *
	 * @return what is in the way of its need, for the operator
	 */
	Optional<Trouble> step(GroupView seen, Round round) {
		time = round.now();
		modes.put(seen.group().id(), seen.mode());
		GroupView view = raised(seen, round.now());
		String group = view.group().id();
		Optional<PlanBook.Open> open = book.open(group);
		canary.halt(group, ledger).ifPresent(sentence -> recorder.fact(new JournalRecord.Halted(round.now(), group, sentence)));
		if (view.mode() == Mode.OFF) {
			open.ifPresent(waiting -> end(waiting, Plan.State.EXPIRED, "The group was switched off.", "mode"));
			return Optional.empty();
		}
		Context context = context(view, round);
		Planner.Result result = planner.scaleOut(view, context.coming(), costs.market(context.offers()), ledger.notYetMade(), ledger.leads(), round.now());
		List<Template> templates = view.group().templates();
		if (result.draft().isEmpty() && !result.trouble().isEmpty() && !templates.isEmpty() && templates.stream().noneMatch(template -> context.offers().containsKey(template.provider()))) {
			open.ifPresent(waiting -> approvals.expire(waiting, round.now()));
			return Optional.of(need(view, "it needs more members, and " + templates.stream().map(Template::provider).collect(Collectors.joining(", ", "the account ", "")) + " has not answered yet"));
		}
		Optional<Draft> draft = result.draft().map(whole -> canary.first(view, whole, ledger, context.offers(), round.now()));
		if (draft.isEmpty() && result.trouble().isEmpty()) {
			draft = scaleIn.scaleIn(view, context.coming(), removable(ledger.of(group), context.ours()), round.now());
		} else {
			scaleIn.forget(group);
		}
		decide(view, draft, context, round);
		return trouble(view, draft, result.trouble(), round.now());
	}

	private Optional<Trouble> trouble(GroupView view, Optional<Draft> draft, String trouble, Instant now) {
		if (!trouble.isEmpty()) {
			return Optional.of(need(view, trouble));
		}
		Optional<JournalRecord.Halted> halted = ledger.standing().halted(view.group().id());
		if (halted.isPresent()) {
			return Optional.of(new Trouble(true, "HALTED", view.group().name() + " is halted until a person resumes it: " + halted.get().sentence()));
		}
		return approvals.unanswered(view, draft, now);
	}

	private static Trouble need(GroupView view, String trouble) {
		return new Trouble(false, "NEED", view.group().name() + " lacks capacity, and nothing can be planned: " + trouble + ".");
	}

	private Context context(GroupView view, Round round) {
		List<Entry> ofGroup = ledger.of(view.group().id());
		return new Context(Coming.of(view, ofGroup), round.offers(), ofGroup.stream().filter(Entry::isOurs).toList());
	}

	/** With the maximum that holds now. */
	private GroupView raised(GroupView view, Instant now) {
		ScalingGroup group = view.group();
		Optional<JournalRecord.Raised> raised = ledger.standing().raised(group.id(), now).filter(one -> one.max() > group.max());
		return raised.isEmpty() ? view : new GroupView(new ScalingGroup(group.id(), group.name(), group.members(), group.scaling(), group.owner(), group.min(), raised.get().max(),
				group.step(), group.templates(), group.placement(), group.demand(), group.readinessCheck(), group.drain()), view.mode(), view.liveMembers(), view.capacities(), view.demand(), view.staleShare());
	}

	/** Ours that no intent removes already. */
	private static List<Entry> removable(List<Entry> ofGroup, List<Entry> ours) {
		return ours.stream().filter(entry -> ofGroup.stream().noneMatch(other -> other.intent().target().equals(entry.token()) && !other.is(QueueEntry.State.FAILED, QueueEntry.State.CANCELLED))).toList();
	}

	private void decide(GroupView view, Optional<Draft> draft, Context context, Round round) {
		Optional<PlanBook.Open> open = book.open(view.group().id());
		boolean personal = open.isPresent() && (open.get().plan().state() == Plan.State.PROPOSED || !open.get().approvedBy().isEmpty());
		boolean waits = personal && open.get().approvedBy().isEmpty();
		boolean wish = personal && open.get().draft().isWish();
		if (wish && waits && view.mode() == Mode.AUTO && draft.filter(newer -> !newer.removes()).isPresent()) {
			end(open.get(), Plan.State.EXPIRED, "Replaced: a forecast asks for more, and that goes first.", "forecast");
			open = Optional.empty();
		} else if (personal && (view.mode() == Mode.OBSERVE || view.mode() == Mode.AUTO && waits && !wish)) {
			end(open.get(), Plan.State.EXPIRED, "The group is in mode " + view.mode().name().toLowerCase(Locale.ROOT) + " now.", "mode");
			open = Optional.empty();
		} else if (personal) {
			open = approvals.decide(open.get(), view, draft, context, round);
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
		Optional<JournalRecord.Watched> before = same || draft.get().removes() ? Optional.empty() : observedBefore(view);
		String id = same ? open.get().plan().id() : before.map(JournalRecord.Watched::plan).orElseGet(() -> ledger.nextPlan(view.group().id()));
		Instant created = same ? open.get().plan().createdAt() : before.map(JournalRecord.Watched::at).orElse(round.now());
		switch (view.mode()) {
		case OBSERVE -> observe(draft.get(), id, created, round);
		case PROPOSE -> propose(view, draft.get(), context, round);
		case AUTO -> automatic(view, draft.get(), id, created, context, round);
		case OFF -> throw new IllegalStateException("a group that is off has no plan");
		}
	}

	/** The plan that an earlier process observed: its need goes on, so that it is not judged twice. */
	private Optional<JournalRecord.Watched> observedBefore(GroupView view) {
		JournalRecord.Watched before = observed.remove(view.group().id());
		return Optional.ofNullable(before).filter(one -> view.mode() == Mode.OBSERVE && ledger.isWatched(one.plan()));
	}

	private void observe(Draft draft, String id, Instant created, Round round) {
		Plan plan = draft.toPlan(id, Plan.State.OBSERVED, created);
		book.put(new PlanBook.Open(plan, draft));
		if (isDue(plan, round.now())) {
			watch(plan, draft, round.now());
		}
	}

	private void watch(Plan plan, Draft draft, Instant now) {
		if (plan.creates() > 0 && !ledger.isWatched(plan.id())) {
			recorder.fact(new JournalRecord.Watched(now, plan.id(), plan.group(), draft.metric(), draft.oldCapacity(), draft.adds(), plan.neededBy(), plan.currency()));
		}
	}

	/**
	 * Plans what a person wants, and proposes it. It waits for an approval in any mode in which something may be made.
	 *
	 * @param person who wants it; empty to see only what would be proposed
	 */
	Proposal propose(Wish wish, GroupView seen, Round round, String person) {
		GroupView view = raised(seen, round.now());
		String name = view.group().name();
		if (view.mode() == Mode.OFF || view.mode() == Mode.OBSERVE) {
			return Proposal.none(wish, name + " is in mode " + view.mode().name().toLowerCase(Locale.ROOT) + ": nothing is proposed for it.");
		}
		Context context = context(view, round);
		Planner.Result result = new WishPlanner(settings).plan(wish, new WishPlanner.Case(view, context.coming(), costs.market(context.offers()), ledger.notYetMade(), ledger.leads(), round.now()));
		if (result.draft().isEmpty()) {
			return Proposal.none(wish, "Nothing can be planned for " + name + ": " + result.trouble() + ".");
		}
		Draft draft = canary.first(view, result.draft().get(), ledger, context.offers(), round.now());
		Optional<PlanBook.Open> open = book.open(view.group().id());
		boolean decided = open.isPresent() && (!open.get().approvedBy().isEmpty() || open.get().plan().state() == Plan.State.APPROVED);
		boolean covered = open.isPresent() && !open.get().draft().removes() && open.get().draft().size() >= draft.size();
		if (decided || covered) {
			return Proposal.none(wish, "The plan " + open.get().plan().id() + (decided ? " of " + name + " is decided and not carried out yet; ask again after it." : " that waits asks for as many for " + name + "."));
		}
		if (approvals.isRejected(draft, round.now())) {
			return Proposal.none(wish, "As many for " + name + " were rejected a short while ago.");
		}
		if (person.isEmpty()) {
			return Proposal.of(wish, draft.toPlan("", Plan.State.PROPOSED, round.now()).with(Plan.State.PROPOSED, outcomes(view, draft, context, round, "a person"), draft.sentence()));
		}
		recorder.fact(new JournalRecord.Noted(round.now(), person + " asked for " + wish.count() + " more members of " + view.group().id() + ": " + wish.reason() + "."));
		propose(view, draft, context, round);
		return Proposal.of(wish, book.open(view.group().id()).orElseThrow().plan());
	}

	private void propose(GroupView view, Draft draft, Context context, Round round) {
		if (approvals.isRejected(draft, round.now())) {
			return;
		}
		book.open(draft.group()).ifPresent(waiting -> end(waiting, Plan.State.EXPIRED, "Replaced by a plan that waits for a person.", "mode"));
		Draft asked = approvals.asked(draft);
		Plan plan = asked.toPlan(ledger.nextPlan(draft.group()), Plan.State.PROPOSED, round.now()).with(Plan.State.PROPOSED, outcomes(view, draft, context, round, ""), asked.sentence());
		book.put(new PlanBook.Open(plan, asked));
		recorder.fact(new JournalRecord.Proposed(round.now(), plan, draft.observed(), draft.metric(), draft.oldCapacity(), draft.unit()));
		recorder.fact(new JournalRecord.Decided(round.now(), plan.id(), Plan.State.PROPOSED, "planner", plan.sentence()));
	}

	private void automatic(GroupView view, Draft draft, String id, Instant created, Context context, Round round) {
		List<GuardOutcome> outcomes = outcomes(view, draft, context, round, "");
		Optional<GuardOutcome> refusal = Guards.refusal(outcomes);
		Plan plan = draft.toPlan(id, Plan.State.APPROVED, created);
		plan = refusal.isPresent() ? plan.with(Plan.State.REFUSED, outcomes, draft.sentence() + " Refused by " + refusal.get().guard() + ": " + refusal.get().sentence())
				: plan.with(Plan.State.APPROVED, outcomes, draft.sentence());
		PlanBook.Open waiting = new PlanBook.Open(plan, draft);
		book.put(waiting);
		if (refusal.isEmpty() && isDue(plan, round.now())) {
			execute(waiting, view, context, round, "the guards");
		}
	}

	List<GuardOutcome> outcomes(GroupView view, Draft draft, Context context, Round round, String approvedBy) {
		return guards.run(input(view, draft, context, round, approvedBy));
	}

	/** Writes what is to be called; it is called when it is on the disk. */
	void execute(PlanBook.Open waiting, GroupView view, Context context, Round round, String by) {
		Plan plan = waiting.plan().with(Plan.State.EXECUTING, waiting.plan().guards(), waiting.plan().sentence());
		List<JournalRecord> records = new ArrayList<>();
		records.add(new JournalRecord.Decided(round.now(), plan.id(), Plan.State.EXECUTING, by, plan.sentence()));
		for (Intent intent : intents(plan, waiting.draft(), view, context, round)) {
			records.add(new JournalRecord.Intended(round.now(), intent, round.fence().map(GuardInput.Fence::number).orElse(0L)));
		}
		if (recorder.intend(records)) {
			book.execute(waiting, plan);
			costs.see(ledger.ofPlan(plan.id()), round.now());
		} else {
			book.put(new PlanBook.Open(waiting.plan().with(Plan.State.REFUSED, waiting.plan().guards(), waiting.draft().sentence() + " Not carried out: " + recorder.trouble()),
					waiting.draft(), waiting.approvedBy(), waiting.grace()));
		}
	}

	private List<Intent> intents(Plan plan, Draft draft, GroupView view, Context context, Round round) {
		return Intents.of(estate, plan, draft, view, context.offers(), context.ours(), settings.oversight().review(), round.now());
	}

	/**
	 * Why what was journalled before must not be called now: the guards ran when it was decided, and a freeze window may have begun or the
	 * group may have been halted or switched off since. What was made in vain, and what a person removes, may go at any time.
	 *
	 * @return empty when it may be called
	 */
	String held(Entry entry, Instant now) {
		String group = entry.intent().group();
		boolean removes = entry.intent().kind() == Action.Kind.DELETE;
		if (removes && ledger.find(entry.intent().target()).map(Entry::readyAt).isEmpty()) {
			return "";
		}
		Mode mode = modes.getOrDefault(group, Mode.AUTO);
		if (!removes && (mode == Mode.OFF || mode == Mode.OBSERVE)) {
			return "The group is in mode " + mode.name().toLowerCase(Locale.ROOT) + " now.";
		}
		Optional<JournalRecord.Halted> halted = removes ? Optional.empty() : ledger.standing().halted(group);
		if (halted.isPresent()) {
			return "The group is halted until a person resumes it: " + halted.get().sentence();
		}
		boolean frozen = settings.limits(group).freezes().stream().anyMatch(window -> window.contains(now)) && ledger.standing().thawed(group, now).isEmpty();
		return frozen ? "A freeze window has begun since it was decided." : "";
	}

	boolean isDue(Plan plan, Instant now) {
		return !now.isBefore(plan.startBy().minus(settings.planning().decisionMargin()));
	}

	void end(PlanBook.Open waiting, Plan.State state, String sentence, String by) {
		book.close(waiting, state, waiting.draft().sentence() + " " + sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1));
		if (ledger.waiting().holds(waiting.plan().id())) {
			recorder.fact(new JournalRecord.Decided(time, waiting.plan().id(), state, by, sentence));
		}
	}

	PlanBook book() {
		return book;
	}

	Recorder recorder() {
		return recorder;
	}

	/**
	 * What a plan that waits would do now, with what all guards say, what it costs, what it leaves of quotas, and how it is undone. The
	 * exact calls are added by who can ask the accounts. Changes nothing.
	 *
	 * @param views by group
	 * @return empty where no such plan waits
	 */
	Optional<DryRuns.Rehearsal> rehearse(String id, Map<String, GroupView> views, Round round) {
		Optional<PlanBook.Open> open = book.open().stream().filter(one -> one.plan().id().equals(id) && views.containsKey(one.plan().group())).findFirst();
		return open.map(waiting -> {
			GroupView view = raised(views.get(waiting.plan().group()), round.now());
			Context context = context(view, round);
			boolean given = (view.mode() == Mode.PROPOSE || waiting.draft().isWish()) && waiting.approvedBy().isEmpty();
			List<GuardOutcome> outcomes = outcomes(view, waiting.draft(), context, round, given ? "a person, as this dry run takes for given" : waiting.approvedBy());
			return DryRuns.of(waiting.plan(), intents(waiting.plan(), waiting.draft(), view, context, round), outcomes, context.offers(), round.now());
		});
	}

	private GuardInput input(GroupView view, Draft draft, Context context, Round round, String approvedBy) {
		Instant now = round.now();
		String group = view.group().id();
		Instant hourAgo = now.minus(Duration.ofHours(1));
		List<Entry> ofGroup = ledger.of(group);
		Optional<Instant> lastAction = ofGroup.stream().filter(entry -> entry.intent().kind() != Action.Kind.DELETE).map(entry -> entry.intent().queuedAt()).max(Instant::compareTo);
		Optional<Instant> lastRemoval = ofGroup.stream().filter(entry -> entry.intent().kind() == Action.Kind.DELETE).map(entry -> entry.intent().queuedAt()).max(Instant::compareTo);
		List<Instant> made = ofGroup.stream().filter(Entry::creates).map(entry -> entry.intent().queuedAt()).filter(at -> at.isAfter(hourAgo)).sorted().toList();
		return new GuardInput(now, round.stopped(), view, approvedBy, draft, round.fence(), lastAction, lastRemoval, failures(ofGroup),
				times(made, now), times(ledger.creationsAfter(hourAgo), now), context.coming().members(view.ready()), ledger.machines(),
				canary.trial(view, draft, ledger, now), ledger.standing().raised(group, now).filter(one -> one.max() == view.group().max()), ledger.standing().thawed(group, now),
				costs.budget(draft.addition(now, settings.planning().horizon()), now));
	}

	/** What was made before the clock was set back counts as made now. */
	private static List<Instant> times(List<Instant> made, Instant now) {
		return made.isEmpty() || !made.getLast().isAfter(now) ? made : made.stream().map(at -> at.isAfter(now) ? now : at).toList();
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
