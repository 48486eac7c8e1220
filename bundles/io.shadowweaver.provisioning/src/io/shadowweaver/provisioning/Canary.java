// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.topology.Template;

/**
 * What was never seen to carry traffic is tried with few machines first, as long as that leaves time for the others. Machines are of one
 * kind when they are made the same way: account, offer, image, user data.
 */
final class Canary {
	/**
	 * What is known of the kinds of machines that a draft would make.
	 *
	 * @param halted   why nothing is made until a person resumes the group; empty for not halted
	 * @param fresh    how many machines of the draft are of a kind that never carried traffic
	 * @param what     these kinds, for the operator
	 * @param coming   machines of these kinds on their way
	 * @param expected when the last of those is expected to be ready
	 * @param failed   machines of these kinds that never carried traffic, since a person last looked
	 * @param inTime   whether waiting for a first one leaves time for the others
	 */
	record Trial(String halted, int fresh, String what, int coming, Optional<Instant> expected, int failed, boolean inTime) {
		/** Nothing is tried. */
		static final Trial NONE = new Trial("", 0, "", 0, Optional.empty(), 0, false);
	}

	private final ProvisioningSettings settings;

	Canary(ProvisioningSettings settings) {
		this.settings = settings;
	}

	static String kind(Intent intent) {
		return intent.request() == null ? "" : kind(intent.provider(), intent.offer(), intent.request().image(), intent.request().userData());
	}

	private static String kind(GroupView view, Action action) {
		Template template = view.group().template(action.provider());
		return kind(action.provider(), action.offer(), template.image(), template.userData());
	}

	private static String kind(String account, String offer, String image, String userData) {
		return StateHash.hex(String.join("|", account, offer, Objects.toString(image, ""), Objects.toString(userData, "")), 16);
	}

	Trial trial(GroupView view, Draft draft, Ledger ledger, Instant now) {
		String group = view.group().id();
		String halted = ledger.standing().halted(group).map(JournalRecord.Halted::sentence).orElse("");
		List<Action> fresh = draft.actions().stream().filter(isFresh(view, ledger)).toList();
		if (fresh.isEmpty()) {
			return new Trial(halted, 0, "", 0, Optional.empty(), 0, false);
		}
		Set<String> kinds = new HashSet<>();
		fresh.forEach(action -> kinds.add(kind(view, action)));
		List<Entry> tried = ledger.of(group).stream().filter(entry -> entry.creates() && kinds.contains(kind(entry.intent()))).toList();
		List<Entry> coming = tried.stream().filter(Entry::isComing).toList();
		Optional<Instant> expected = coming.stream().map(entry -> Progress.of(entry, ledger.leads(), now).eta()).max(Instant::compareTo);
		int failed = (int) tried.stream().filter(entry -> isUnhealthy(entry) && entry.since().isAfter(ledger.standing().resumed(group))).count();
		Instant ready = coming.isEmpty() ? now.plus(toReady(draft)) : now.plus(settings.planning().decisionMargin());
		return new Trial(halted, fresh.stream().mapToInt(Action::count).sum(), String.join(", ", fresh.stream().map(Action::offer).distinct().toList()),
				coming.size(), expected, failed, draft.isWish() || !draft.startBy().isBefore(ready));
	}

	/**
	 * The part of a draft that is tried first; the draft itself where nothing has to be tried, where there is no time for it, or where all
	 * that is new waits for what is being tried.
	 *
	 * @param offers by account, to say what the part costs
	 */
	Draft first(GroupView view, Draft draft, Ledger ledger, Map<String, List<Offer>> offers, Instant now) {
		int most = settings.limits(view.group().id()).canary();
		Trial trial = trial(view, draft, ledger, now);
		int allowed = most - trial.coming();
		boolean tries = trial.inTime() && trial.coming() == 0 || trial.failed() > 0;
		if (most == 0 || trial.fresh() <= allowed || !tries) {
			return draft;
		}
		List<Action> actions = new ArrayList<>();
		int left = Math.max(0, allowed);
		for (Action action : draft.actions()) {
			boolean fresh = isFresh(view, ledger).test(action);
			int count = fresh ? Math.min(left, action.count()) : action.count();
			left -= fresh ? count : 0;
			if (count > 0) {
				actions.add(new Action(action.kind(), action.provider(), count, action.offer(), action.zone(), action.resource()));
			}
		}
		if (actions.isEmpty()) {
			return draft;
		}
		double cost = actions.stream().mapToDouble(action -> action.count() * price(action, offers)).sum();
		int tried = actions.stream().mapToInt(Action::count).sum();
		String why = " First " + tried + " of " + draft.size() + ": " + trial.what() + " was never seen to carry traffic here; " + (draft.isWish() ? "ask for the rest when it does." : "the rest follows when it does.");
		Instant startBy = trial.inTime() ? draft.startBy().minus(toReady(draft)) : draft.startBy();
		Instant approveBy = now.plus(settings.planning().approvalWait());
		return new Draft(draft.group(), draft.needs(), actions, startBy, draft.neededBy(), startBy.isAfter(approveBy) ? startBy : approveBy, draft.expires(), draft.lead(),
				cost, Double.isNaN(cost) ? "" : draft.currency(), draft.arithmetic() + " That is for all " + draft.size() + ".", draft.alternatives(), draft.basis(), draft.stateHash(), draft.observed(),
				draft.metric(), draft.oldCapacity(), draft.unit(), draft.sentence() + why);
	}

	private Duration toReady(Draft draft) {
		return draft.lead().p95().plus(settings.planning().leadMargin()).plus(settings.planning().decisionMargin());
	}

	private static Predicate<Action> isFresh(GroupView view, Ledger ledger) {
		return action -> action.kind() == Action.Kind.CREATE && !ledger.standing().isProven(kind(view, action));
	}

	private static double price(Action action, Map<String, List<Offer>> offers) {
		return offers.getOrDefault(action.provider(), List.of()).stream().filter(offer -> offer.id().equals(action.offer())).mapToDouble(Offer::pricePerHour).findFirst().orElse(Double.NaN);
	}

	/** Why a group has to be halted now: the last machines were made and never carried traffic; empty for no reason. */
	Optional<String> halt(String group, Ledger ledger) {
		if (ledger.standing().halted(group).isPresent()) {
			return Optional.empty();
		}
		List<Entry> ended = ledger.of(group).stream().filter(entry -> entry.readyAt() != null && entry.creates() || isUnhealthy(entry))
				.filter(entry -> ended(entry).isAfter(ledger.standing().resumed(group))).sorted(Comparator.comparing(Canary::ended).reversed()).toList();
		int most = settings.oversight().unhealthy();
		if (ended.size() < most || !ended.subList(0, most).stream().allMatch(Canary::isUnhealthy)) {
			return Optional.empty();
		}
		Entry last = ended.get(0);
		return Optional.of("The last " + (most == 1 ? "machine was" : most + " machines were") + " made and never carried traffic, the last one " + last.instance() + " (" + last.sentence().replaceAll("[.\\s]+$", "") + ").");
	}

	/** It was made, and it failed before it carried traffic. */
	private static boolean isUnhealthy(Entry entry) {
		return entry.creates() && entry.is(QueueEntry.State.FAILED) && !entry.instance().isEmpty();
	}

	private static Instant ended(Entry entry) {
		return entry.readyAt() != null ? entry.readyAt() : entry.since();
	}
}
