// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.provision.QueueEntry.State;

/**
 * Finds out whether a guard was broken, from what the provider was really called for, what persons did, and the settings that held. It
 * has its own arithmetic and uses nothing of the guards. Where it cannot know exactly what a guard saw it takes what favours the guard, so
 * that what it finds is a breach. There is one for each group; what holds for the estate they find out together.
 */
final class Referee {
	/**
	 * What held at a step, before it.
	 *
	 * @param carrying tokens of the machines of ours that are among the members
	 * @param prices   of a machine an hour, by account
	 */
	record Moment(Instant now, ProvisioningSettings settings, boolean killed, Mode mode, double stale, double skill, double coverage, boolean measured, double observed,
			int members, Set<String> carrying, long lease, Map<String, Double> prices, int min, int max) {
		/** Stands for no lease. */
		static final long ALONE = 0;
		/** Stands for somebody else's. */
		static final long LOST = -1;
	}

	/** A freeze window by whole minutes of the week, or once. */
	record Freeze(Instant from, Instant until, int firstMinute, int lastMinute) {
		boolean holds(Instant now) {
			if (from != null) {
				return !now.isBefore(from) && now.isBefore(until);
			}
			ZonedDateTime at = now.atZone(ZoneOffset.UTC);
			int minute = ((at.getDayOfWeek().getValue() - 1) * 24 + at.getHour()) * 60 + at.getMinute();
			return minute >= firstMinute && minute < lastMinute;
		}
	}

	private record Decision(String plan, Instant at, long lease) {
	}

	private record Stay(String token, Instant from, Instant until) {
	}

	private record End(Instant at, boolean ready, String account) {
	}

	private static final long ADOPTED = -2;

	/** All groups' of an estate, in the order in which they are decided for. */
	static final class Estate {
		private final List<Referee> all = new ArrayList<>();
		/** Accounts whose machines were seen to carry traffic. */
		private final Set<String> proven = new HashSet<>();
	}

	private final String group;
	private final Estate estate;
	private final Map<String, String> accounts = new HashMap<>();
	private final List<Freeze> freezes;
	private final Map<String, Decision> decisions = new LinkedHashMap<>();
	private final Map<String, Action.Kind> kinds = new HashMap<>();
	private final Map<String, State> states = new HashMap<>();
	private final Map<String, Plan> plans = new HashMap<>();
	private final Map<String, Set<String>> consents = new HashMap<>();
	private final Set<String> proposed = new HashSet<>();
	private final Set<String> over = new HashSet<>();
	private final Map<String, Stay> stays = new LinkedHashMap<>();
	/** Of machines whose answer was lost and that no list ever named, gone before anybody looked, nobody can know what they cost. */
	private final Set<String> unnamed = new HashSet<>();
	/** Machines that are gone since the last step, and not by our doing. */
	private final Set<String> vanished = new HashSet<>();
	private final List<End> ends = new ArrayList<>();
	private final Set<String> ended = new HashSet<>();
	private final Map<String, Integer> checked = new TreeMap<>();
	private Instant resumed = Instant.MIN;
	private boolean halted;
	private int raisedTo;
	private Instant raisedUntil = Instant.MIN;
	private final Map<String, Instant> thawed = new HashMap<>();
	private Moment moment;

	Referee(String group, Estate estate, List<Freeze> freezes) {
		this.group = group;
		this.estate = estate;
		this.freezes = freezes;
		estate.all.add(this);
	}

	/** How often each rule was looked at where it could have been broken. */
	Map<String, Integer> checked() {
		return checked;
	}

	/** The process was started anew: it takes up what the journal holds under the first fencing number that it gets. */
	void restarted() {
		decisions.replaceAll((token, decision) -> new Decision(decision.plan(), decision.at(), ADOPTED));
	}

	void approve(String plan, String person) {
		Plan known = plans.get(plan);
		if (known != null && !moment.now().isAfter(known.approveBy()) && !person.isBlank()) {
			consents.computeIfAbsent(plan, id -> new TreeSet<>()).add(person.strip().toLowerCase(Locale.ROOT));
		}
	}

	void raise(int max, Instant until) {
		if (!until.isAfter(moment.now().plus(moment.settings().oversight().longestException()))) {
			raisedTo = max;
			raisedUntil = until;
		}
	}

	void thaw(String group, Instant until) {
		if (!until.isAfter(moment.now().plus(moment.settings().oversight().longestException()))) {
			thawed.put(group, until);
		}
	}

	void resume() {
		if (halted) {
			halted = false;
			resumed = moment.now();
		}
	}

	/** The clock was set: what is over happened no later than now. */
	void jumped(Instant now) {
		ends.replaceAll(end -> end.at().isAfter(now) ? new End(now, end.ready(), end.account()) : end);
		resumed = resumed.isAfter(now) ? now : resumed;
	}

	/** What persons do from here on happens at this moment. */
	void begin(Moment at) {
		moment = at;
		if (at.lease() != Moment.LOST) {
			decisions.replaceAll((token, decision) -> decision.lease() == ADOPTED ? new Decision(decision.plan(), decision.at(), at.lease()) : decision);
		}
	}

	/**
	 * Looks at a step.
	 *
	 * @param calls    what the providers were called for in it
	 * @param machines what the providers have after it, by group
	 * @return what was broken; empty for nothing
	 */
	static Optional<String> end(Estate estate, ProvisioningView view, List<String> calls, Map<String, Map<String, Instance>> machines) {
		try {
			Map<Referee, Map<String, State>> before = new HashMap<>();
			for (Referee one : estate.all) {
				before.put(one, Map.copyOf(one.states));
				one.remember(view, machines.get(one.group));
			}
			for (Referee one : estate.all) {
				one.decisions(view, before.get(one));
			}
			for (String call : calls) {
				Referee whose = estate.all.stream().filter(one -> one.states.containsKey(call.split(" ")[1])).findFirst().orElse(estate.all.getFirst());
				whose.call(call, before.get(whose));
			}
			estate.all.forEach(one -> one.waiting(view));
			return Optional.empty();
		} catch (Broken broken) {
			return Optional.of(broken.getMessage());
		}
	}

	private void waiting(ProvisioningView view) {
		view.plans().stream().filter(plan -> plan.group().equals(group)).forEach(plan -> {
			check("expiry", plan.state() != Plan.State.PROPOSED || !moment.now().isAfter(plan.approveBy()), plan.id() + " waits after " + plan.approveBy());
			if (plan.state() == Plan.State.PROPOSED) {
				proposed.add(plan.id());
			} else if (proposed.contains(plan.id()) && (plan.state() == Plan.State.EXPIRED || plan.state() == Plan.State.REJECTED)) {
				over.add(plan.id());
			}
		});
	}

	private static final class Broken extends RuntimeException {
		private static final long serialVersionUID = 1L;

		Broken(String sentence) {
			super(sentence, null, false, false);
		}
	}

	private void check(String rule, boolean kept, String otherwise) {
		checked.merge(rule, 1, Integer::sum);
		if (!kept) {
			throw new Broken(moment.now() + ": " + rule + " was broken: " + otherwise);
		}
	}

	private void remember(ProvisioningView view, Map<String, Instance> machines) {
		Instant now = moment.now();
		view.plans().stream().filter(plan -> plan.group().equals(group)).forEach(plan -> plans.put(plan.id(), plan));
		for (QueueEntry entry : view.queue().stream().filter(one -> one.group().equals(group)).toList()) {
			accounts.put(entry.token(), entry.provider());
			states.put(entry.token(), entry.state());
			kinds.put(entry.token(), entry.kind());
			boolean failed = entry.state() == State.FAILED && entry.resource().startsWith("vm-");
			if (entry.kind() == Action.Kind.CREATE && entry.state() == State.FAILED && !failed) {
				unnamed.add(entry.token());
			}
			if (entry.kind() == Action.Kind.CREATE && (entry.state() == State.READY || failed) && ended.add(entry.token())) {
				ends.add(new End(now, entry.state() == State.READY, entry.provider()));
				if (entry.state() == State.READY) {
					estate.proven.add(entry.provider());
				}
			}
		}
		machines.values().forEach(machine -> {
			if (stays.putIfAbsent(machine.id(), new Stay(machine.token(), machine.createdAt(), Instant.MAX)) == null) {
				long alike = machines.values().stream().filter(other -> other.token().equals(machine.token())).count();
				check("one machine a token", alike == 1, machine.token());
			}
		});
		vanished.clear();
		stays.replaceAll((id, stay) -> {
			if (!stay.until().equals(Instant.MAX) || machines.containsKey(id)) {
				return stay;
			}
			if (view.queue().stream().noneMatch(entry -> entry.kind() == Action.Kind.DELETE && entry.resource().equals("vm-" + id))) {
				vanished.add(id);
			}
			return new Stay(stay.token(), stay.from(), now);
		});
		List<End> last = ends.stream().filter(end -> end.at().isAfter(resumed)).sorted(Comparator.comparing(End::at).thenComparing(End::ready).reversed()).toList();
		int most = moment.settings().oversight().unhealthy();
		halted |= last.size() >= most && last.subList(0, most).stream().noneMatch(End::ready);
	}

	private boolean frozen() {
		return freezes.stream().anyMatch(freeze -> freeze.holds(moment.now())) && thawed.values().stream().noneMatch(moment.now()::isBefore);
	}

	private void call(String line, Map<String, State> before) {
		check("kill switch", !moment.killed(), line);
		check("fencing", moment.lease() != Moment.LOST, line);
		String[] words = line.split(" ");
		if (words[0].equals("create")) {
			Decision decision = decisions.get(words[1]);
			check("journal before call", decision != null, line);
			check("fencing", decision.lease() == moment.lease(), line + " was decided under " + decision.lease() + ", now it is " + moment.lease());
			check("mode", moment.mode() == Mode.AUTO || moment.mode() == Mode.PROPOSE, line + " in " + moment.mode());
			check("freeze window", !frozen(), line);
			check("two unhealthy", !halted, line);
			check("never again while unknown", before.get(words[1]) == null || before.get(words[1]) == State.JOURNALLED || before.get(words[1]) == State.CALLED || before.get(words[1]) == State.UNKNOWN, line);
		}
	}

	private void decisions(ProvisioningView view, Map<String, State> before) {
		Map<String, List<QueueEntry>> fresh = new TreeMap<>();
		view.queue().stream().filter(entry -> entry.group().equals(group) && !decisions.containsKey(entry.token())).forEach(entry -> fresh.computeIfAbsent(entry.plan(), id -> new ArrayList<>()).add(entry));
		fresh.forEach((plan, entries) -> {
			List<QueueEntry> creations = entries.stream().filter(entry -> entry.kind() == Action.Kind.CREATE).toList();
			List<QueueEntry> removals = entries.stream().filter(entry -> entry.kind() == Action.Kind.DELETE && wasReady(entry, before)).toList();
			if (!creations.isEmpty()) {
				permitted(plan);
				creation(plans.get(plan), creations, before);
			}
			if (!removals.isEmpty()) {
				permitted(plan);
				removal(removals);
			}
			entries.forEach(entry -> decisions.put(entry.token(), new Decision(plan, moment.now(), moment.lease())));
		});
	}

	/** Whether it removes what carried load, not what was made in vain. */
	private boolean wasReady(QueueEntry removal, Map<String, State> before) {
		return stays.entrySet().stream().filter(stay -> removal.resource().equals("vm-" + stay.getKey())).anyMatch(stay -> before.get(stay.getValue().token()) == State.READY);
	}

	private void permitted(String plan) {
		check("kill switch", !moment.killed(), plan);
		check("fencing", moment.lease() != Moment.LOST, plan);
		check("mode", moment.mode() == Mode.AUTO || moment.mode() == Mode.PROPOSE, plan + " in " + moment.mode());
		check("freeze window", !frozen(), plan);
		check("what is over stays over", !over.contains(plan), plan);
		if (moment.mode() == Mode.PROPOSE) {
			check("approval", !consents.getOrDefault(plan, Set.of()).isEmpty(), plan + " by nobody");
		}
	}

	private void creation(Plan plan, List<QueueEntry> creations, Map<String, State> before) {
		int count = creations.size();
		Instant now = moment.now();
		ProvisioningSettings settings = moment.settings();
		ProvisioningSettings.Limits limits = settings.limits();
		check("freshness", moment.stale() <= limits.maxStaleShare(), moment.stale() + " are stale");
		boolean demanded = moment.observed() * settings.planning().reactiveHeadroom() > moment.members() * Bed.SAFE * (1 - 1e-9);
		if (!demanded && consents.getOrDefault(plan.id(), Set.of()).isEmpty()) {
			check("forecast quality", moment.skill() >= limits.minSkill() && !(moment.coverage() < limits.minCoverage()), "skill " + moment.skill() + ", coverage " + moment.coverage());
		}
		List<Instant> made = made();
		int failures = failures(before);
		Duration patience = patience(limits.cooldown(), failures);
		made.stream().max(Instant::compareTo).filter(last -> !last.isAfter(now)).ifPresent(last -> check(failures == 0 ? "cooldown" : "cooldown after a failure", !now.isBefore(last.plus(patience)),
				"acted on at " + last + ", " + failures + " plans have failed, " + patience + " must pass"));
		long hour = lately(made) + count;
		check("rate", hour <= limits.groupPerHour(), hour + " in an hour");
		long ofEstate = estate.all.stream().mapToLong(one -> one.lately(one.made())).sum() + count;
		check("rate of the estate", ofEstate <= limits.estatePerHour(), ofEstate + " in an hour");
		check("two unhealthy", !halted, plan.id());
		int comingBefore = coming(before);
		int coming = coming(states) - count(plan);
		canary(plan, creations, before);
		// where the clock was set back, machines that were ready already are not seen; of what somebody has just deleted by hand nobody knows yet
		long unseen = stays.entrySet().stream().filter(one -> one.getValue().until().equals(Instant.MAX) || vanished.contains(one.getKey())).map(Map.Entry::getValue)
				.filter(stay -> states.get(stay.token()) == State.READY && !moment.carrying().contains(stay.token())).count();
		long members = moment.members() + comingBefore + unseen;
		long most = Math.max(1, Math.min(limits.blastCount(), (long) Math.floor(members * limits.blastShare())));
		check("blast radius", count <= most, count + " of " + members + ", at most " + most);
		int max = now.isBefore(raisedUntil) ? Math.max(moment.max(), raisedTo) : moment.max();
		check("cap", moment.members() + coming + count <= max, moment.members() + " + " + coming + " + " + count + " of " + max);
		List<Double> ours = estate.all.stream().flatMap(one -> one.running().stream().map(one::price)).toList();
		check("cap of the estate", ours.size() + count <= limits.maxMachines(), ours.size() + " + " + count);
		double added = creations.stream().mapToDouble(entry -> price(entry.token())).sum();
		budget(plan, added, ours.stream().mapToDouble(Double::doubleValue).sum());
		if (moment.mode() == Mode.PROPOSE && !(added <= settings.oversight().secondPersonAbove()) && settings.oversight().secondPersonAbove() < Double.POSITIVE_INFINITY) {
			check("second person", consents.get(plan.id()).size() > 1, plan.id() + " by " + consents.get(plan.id()));
		}
	}

	/** When machines were meant. */
	private List<Instant> made() {
		return decisions.entrySet().stream().filter(one -> kinds.get(one.getKey()) == Action.Kind.CREATE).map(one -> one.getValue().at()).toList();
	}

	private long lately(List<Instant> made) {
		return made.stream().filter(at -> at.isAfter(moment.now().minus(Duration.ofHours(1))) && !at.isAfter(moment.now())).count();
	}

	private double price(String token) {
		return moment.prices().get(accounts.getOrDefault(token, "cloud"));
	}

	/** How many of the newest plans have made nothing but failures, as far as that was known before the step. */
	private int failures(Map<String, State> before) {
		Map<String, List<State>> byPlan = new LinkedHashMap<>();
		decisions.forEach((token, decision) -> {
			if (kinds.get(token) == Action.Kind.CREATE && before.get(token) != State.CANCELLED) {
				byPlan.computeIfAbsent(decision.plan(), id -> new ArrayList<>()).add(before.get(token));
			}
		});
		int failures = 0;
		for (List<State> states : new ArrayList<>(byPlan.values()).reversed()) {
			if (!states.stream().allMatch(State.FAILED::equals)) {
				return failures;
			}
			failures++;
		}
		return failures;
	}

	/** Twice as long after each failure, to an hour, or to the cooldown where that is longer. */
	private static Duration patience(Duration cooldown, int failures) {
		Duration wait = cooldown;
		for (int i = 0; i < failures; i++) {
			wait = wait.plus(wait);
		}
		Duration hour = Duration.ofHours(1);
		return cooldown.compareTo(hour) > 0 ? cooldown : wait.compareTo(hour) > 0 ? hour : wait;
	}

	/** Those that are not among the members yet. */
	private int coming(Map<String, State> at) {
		return (int) at.entrySet().stream().filter(one -> !moment.carrying().contains(one.getKey()) && kinds.get(one.getKey()) == Action.Kind.CREATE && !isFinal(one.getValue())).count();
	}

	/** Of the new ones those that are not at their end after the step. */
	private int count(Plan plan) {
		return (int) states.entrySet().stream().filter(one -> !decisions.containsKey(one.getKey()) && kinds.get(one.getKey()) == Action.Kind.CREATE && !isFinal(one.getValue())).count();
	}

	private static boolean isFinal(State state) {
		return state == State.READY || state == State.FAILED || state == State.CANCELLED || state == State.DELETED;
	}

	private void canary(Plan plan, List<QueueEntry> creations, Map<String, State> before) {
		int most = moment.settings().limits().canary();
		Set<String> fresh = creations.stream().map(QueueEntry::provider).filter(account -> !estate.proven.contains(account)).collect(Collectors.toSet());
		int count = (int) creations.stream().filter(entry -> fresh.contains(entry.provider())).count();
		int coming = (int) states.entrySet().stream().filter(one -> decisions.containsKey(one.getKey()) && !moment.carrying().contains(one.getKey()) && kinds.get(one.getKey()) == Action.Kind.CREATE
				&& !isFinal(one.getValue()) && fresh.contains(accounts.get(one.getKey()))).count();
		if (most == 0 || count == 0 || count + coming <= most) {
			return;
		}
		boolean failed = ends.stream().anyMatch(end -> !end.ready() && fresh.contains(end.account()) && end.at().isAfter(resumed));
		ProvisioningSettings.Planning planning = moment.settings().planning();
		Instant ready = moment.now().plus(planning.decisionMargin()).plus(coming > 0 ? Duration.ZERO : plan.leadP95().plus(planning.leadMargin()));
		check("canary", !failed && plan.startBy().isBefore(ready), count + " new and " + coming + " coming" + (failed ? " after a failure" : ", start by " + plan.startBy()));
	}

	/** Machines of ours that cost, coming ones included. */
	private Set<String> running() {
		Set<String> tokens = new HashSet<>();
		stays.values().stream().filter(stay -> stay.until().equals(Instant.MAX) && states.get(stay.token()) != State.FAILED && states.get(stay.token()) != State.CANCELLED).forEach(stay -> tokens.add(stay.token()));
		states.forEach((token, state) -> {
			if (kinds.get(token) == Action.Kind.CREATE && !isFinal(state)) {
				tokens.add(token);
			}
		});
		tokens.removeIf(token -> !decisions.containsKey(token));
		return tokens;
	}

	private void budget(Plan plan, double added, double running) {
		var cost = moment.settings().cost();
		double hourCap = Math.min(cost.hourCap().orElse(Double.POSITIVE_INFINITY), moment.settings().limits().budgetPerHour());
		double dayCap = cost.dayCap().orElse(Double.POSITIVE_INFINITY);
		double monthCap = cost.monthCap().orElse(Double.POSITIVE_INFINITY);
		if (hourCap == Double.POSITIVE_INFINITY && dayCap == Double.POSITIVE_INFINITY && monthCap == Double.POSITIVE_INFINITY) {
			return;
		}
		double rate = running + added;
		check("budget", !Double.isNaN(rate), "nobody knows what it costs");
		check("budget of an hour", rate <= hourCap * (1 + 1e-6), rate + " an hour of " + hourCap);
		Instant now = moment.now();
		Instant until = plan.needs().stream().filter(need -> !need.from().isAfter(plan.neededBy())).flatMap(need -> need.until().stream()).filter(plan.neededBy()::isBefore).min(Instant::compareTo)
				.orElse(now.plus(moment.settings().planning().horizon()));
		ZonedDateTime day = now.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS);
		period("hour", now.truncatedTo(ChronoUnit.HOURS), now.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1)), until, rate, hourCap);
		period("day", day.toInstant(), day.plusDays(1).toInstant(), until, rate, dayCap);
		period("month", day.withDayOfMonth(1).toInstant(), day.withDayOfMonth(1).plusMonths(1).toInstant(), until, rate, monthCap);
	}

	/** What was spent in a period by the provider's own list, and what is to be spent in the rest of it. */
	private void period(String name, Instant begin, Instant end, Instant until, double rate, double cap) {
		if (cap == Double.POSITIVE_INFINITY) {
			return;
		}
		Instant now = moment.now();
		double spent = estate.all.stream().flatMap(one -> one.stays.values().stream().filter(stay -> !one.unnamed.contains(stay.token())).map(stay -> hours(later(stay.from(), begin), stay.until().isBefore(now) ? stay.until() : now) * one.price(stay.token())))
				.mapToDouble(Double::doubleValue).sum();
		double rest = rate * hours(now, until.isBefore(end) ? until : end);
		check("budget of the " + name, spent + rest <= cap * (1 + 1e-6), spent + " spent and " + rest + " to come of " + cap);
	}

	private static Instant later(Instant one, Instant other) {
		return one.isAfter(other) ? one : other;
	}

	private static double hours(Instant from, Instant until) {
		return Math.max(0, Duration.between(from, until).toMillis() / 3.6e6);
	}

	private void removal(List<QueueEntry> removals) {
		ProvisioningSettings settings = moment.settings();
		check("scale-in is off", settings.scaleIn().isOn(group), removals.toString());
		check("freshness of a removal", moment.stale() <= Math.min(settings.limits().maxStaleShare(), settings.scaleIn().maxStaleShare()), moment.stale() + " are stale");
		check("lost metrics never scale in", moment.measured(), removals.toString());
		decisions.values().stream().map(Decision::at).max(Instant::compareTo).filter(last -> !last.isAfter(moment.now())).ifPresent(last -> check("cooldown of a removal",
				!moment.now().isBefore(last.plus(settings.scaleIn().cooldown())), "acted on at " + last));
		check("minimum", moment.members() - removals.size() >= moment.min(), moment.members() + " members");
	}
}
