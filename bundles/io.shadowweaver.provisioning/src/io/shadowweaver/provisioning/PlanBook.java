// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.QueueEntry;

/**
 * The plans of an estate: at most one of a group waits, any number are being carried out, and the last {@value #KEPT} that are
 * over are kept to be shown. One thread.
 */
final class PlanBook {
	private static final int KEPT = 100;

	/**
	 * A plan that waits.
	 *
	 * @param plan       the plan
	 * @param draft      from which it came last
	 * @param approvedBy who approved it; empty for nobody, or not enough
	 * @param grace      until when it is not judged by what is seen, after a restart
	 */
	record Open(Plan plan, Draft draft, String approvedBy, Instant grace) {
		Open(Plan plan, Draft draft, String approvedBy) {
			this(plan, draft, approvedBy, Instant.MIN);
		}

		/** Of which nobody has approved. */
		Open(Plan plan, Draft draft) {
			this(plan, draft, "");
		}
	}

	private final Map<String, Open> open = new TreeMap<>();
	private final Map<String, Plan> executing = new LinkedHashMap<>();
	private final Deque<Plan> closed = new ArrayDeque<>();

	Optional<Open> open(String group) {
		return Optional.ofNullable(open.get(group));
	}

	Collection<Open> open() {
		return List.copyOf(open.values());
	}

	void put(Open waiting) {
		open.put(waiting.plan().group(), waiting);
	}

	/** Ends a plan that waited. */
	void close(Open waiting, Plan.State state, String sentence) {
		open.remove(waiting.plan().group());
		close(waiting.plan().with(state, waiting.plan().guards(), sentence));
	}

	void execute(Open waiting, Plan plan) {
		open.remove(waiting.plan().group());
		executing.put(plan.id(), plan);
	}

	void clear() {
		open.clear();
		executing.clear();
		closed.clear();
	}

	/** Takes up plans of an earlier process whose intents are still on their way. */
	void restore(Collection<Entry> entries) {
		Map<String, List<Entry>> byPlan = new LinkedHashMap<>();
		entries.forEach(entry -> byPlan.computeIfAbsent(entry.intent().plan(), id -> new ArrayList<>()).add(entry));
		byPlan.forEach((id, all) -> {
			if (all.stream().anyMatch(entry -> !entry.isFinal())) {
				Intent first = all.get(0).intent();
				List<Action> actions = all.stream().map(entry -> new Action(entry.intent().kind(), entry.intent().provider(), entry.intent().size(),
						entry.intent().offer(), entry.intent().zone(), entry.intent().kind() == Action.Kind.DELETE ? entry.resource() : "")).toList();
				double cost = all.stream().mapToDouble(entry -> entry.intent().costPerHour()).sum();
				executing.put(id, new Plan(id, first.group(), Plan.State.EXECUTING, first.queuedAt(), List.of(), actions, first.startBy(),
						first.needBy(), first.startBy(), first.expires(), Duration.ZERO, Duration.ZERO, 0, cost, first.price().currency(), "",
						List.of(), List.of(), List.of(), "", List.of(), "Taken up from the journal after a restart; its reasons were not kept."));
			}
		});
	}

	/** Ends those whose intents have all come to their end. */
	List<Plan> settle(Ledger ledger) {
		List<Plan> over = new ArrayList<>();
		for (Plan plan : List.copyOf(executing.values())) {
			List<Entry> entries = ledger.ofPlan(plan.id()).stream().filter(entry -> !cleansUp(entry, plan)).toList();
			if (entries.stream().allMatch(Entry::isFinal)) {
				long good = entries.stream().filter(entry -> entry.is(QueueEntry.State.READY, QueueEntry.State.DELETED)).count();
				boolean done = good == entries.size() && good > 0;
				String rest = entries.stream().filter(entry -> entry.is(QueueEntry.State.FAILED, QueueEntry.State.CANCELLED)).map(Entry::sentence).distinct().findFirst().orElse("");
				Plan end = plan.with(done ? Plan.State.DONE : Plan.State.FAILED, plan.guards(),
						done ? plan.sentence() + " Done." : good + " of " + entries.size() + " came about. " + rest);
				executing.remove(plan.id());
				close(end);
				over.add(end);
			}
		}
		return over;
	}

	/** The removal of what a plan made in vain is no part of what it wanted. */
	private static boolean cleansUp(Entry entry, Plan plan) {
		return entry.intent().kind() == Action.Kind.DELETE && plan.actions().stream().noneMatch(action -> action.kind() == Action.Kind.DELETE);
	}

	private void close(Plan plan) {
		closed.addFirst(plan);
		if (closed.size() > KEPT) {
			closed.removeLast();
		}
	}

	/** All, newest first. */
	List<Plan> all() {
		List<Plan> all = new ArrayList<>(executing.values());
		open.values().forEach(waiting -> all.add(waiting.plan()));
		all.addAll(closed);
		all.sort(Comparator.comparing(Plan::createdAt, Comparator.<Instant>reverseOrder()).thenComparing(Plan::id, Comparator.reverseOrder()));
		return all;
	}
}
