// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.Need;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.provisioning.cost.Budget;

/**
 * What the planner would do for a group now; becomes a {@link Plan} when it has an id.
 *
 * @param group        the id of the group
 * @param needs        why; empty for a scale-in, and for what a person wants whatever forecasts say
 * @param actions      what
 * @param startBy      the last moment to start
 * @param neededBy     when it is needed
 * @param approveBy    the last moment for an approval
 * @param expires      void after this
 * @param lead         expected lead
 * @param costPerHour  added cost; {@code NaN} where not known
 * @param currency     of the cost; empty where not known
 * @param arithmetic   how the cost came about; may be empty
 * @param alternatives what else was looked at
 * @param basis        the forecasts that it stands on
 * @param stateHash    of what was seen
 * @param observed     whether what is observed now asks for it, with no forecast
 * @param metric       the binding metric; may be empty
 * @param oldCapacity  safe demand of that metric without this
 * @param unit         safe demand of the binding metric of one new member, by account and offer as {@link #key} writes them
 * @param sentence     all that in one sentence
 */
record Draft(String group, List<Need> needs, List<Action> actions, Instant startBy, Instant neededBy, Instant approveBy,
		Instant expires, LeadTimes.Lead lead, double costPerHour, String currency, String arithmetic,
		List<Plan.Alternative> alternatives, List<Plan.Basis> basis, String stateHash, boolean observed, String metric, double oldCapacity, Map<String, Double> unit, String sentence) {
	/** How an offer of an account is written in {@link #unit()}. */
	static String key(String account, String offer) {
		return account + "/" + offer;
	}

	/** Safe demand of the binding metric that one machine of an action adds; 0 where it is not known. */
	double adds(Action action) {
		return unit.getOrDefault(key(action.provider(), action.offer()), 0.);
	}

	/** Safe demand of the binding metric that it adds in all. */
	double adds() {
		return actions.stream().filter(action -> action.kind() == Action.Kind.CREATE).mapToDouble(action -> action.count() * adds(action)).sum();
	}

	/**
	 * What it adds to what is spent.
	 *
	 * @param now     the estate's time
	 * @param horizon how long what ends nowhere is taken to hold
	 */
	Budget.Addition addition(Instant now, Duration horizon) {
		int machines = actions.stream().filter(action -> action.kind() == Action.Kind.CREATE).mapToInt(Action::count).sum();
		return new Budget.Addition(machines, costPerHour, currency, Duration.between(now, until(needs, neededBy, now.plus(horizon))));
	}

	/** When what is needed at a time is needed no more. */
	static Instant until(List<Need> needs, Instant neededBy, Instant horizon) {
		return needs.stream().filter(need -> !need.from().isAfter(neededBy)).flatMap(need -> need.until().stream()).filter(neededBy::isBefore)
				.min(Instant::compareTo).orElse(horizon);
	}

	/** How much it changes: members made, or asked for, or removed (negative). */
	int size() {
		return actions.stream().mapToInt(action -> switch (action.kind()) {
		case CREATE -> action.count();
		case DELETE -> -1;
		case SET_SIZE, RESIZE -> 0;
		}).sum();
	}

	/** The same in other words. */
	Draft saying(String other) {
		return new Draft(group, needs, actions, startBy, neededBy, approveBy, expires, lead, costPerHour, currency, arithmetic, alternatives, basis,
				stateHash, observed, metric, oldCapacity, unit, other);
	}

	/** Whether a person wants it, whatever forecasts say: then it waits for an approval in any mode, and no forecast ends it. */
	boolean isWish() {
		return needs.isEmpty() && !removes();
	}

	boolean removes() {
		return actions.stream().anyMatch(action -> action.kind() == Action.Kind.DELETE);
	}

	Plan toPlan(String id, Plan.State state, Instant createdAt) {
		return new Plan(id, group, state, createdAt, needs, actions, startBy, neededBy, approveBy, expires, lead.median(), lead.p95(),
				lead.observations(), costPerHour, currency, arithmetic, alternatives, basis, List.of(), stateHash, List.of(), sentence);
	}
}
