// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.provision;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.shadowweaver.api.metric.SeriesId;

/**
 * What should be done for a group, and why. Immutable: what has become of it is in {@link State} of the newest copy.
 *
 * @param id           unique in the estate
 * @param group        the id of the group
 * @param state        where it is
 * @param createdAt    when it was made
 * @param needs        why; empty for a scale-in, and for what a person wants whatever forecasts say
 * @param actions      what, in this order
 * @param startBy      the last moment to start
 * @param neededBy     when the capacity is needed
 * @param approveBy    the last moment for an approval; after it the plan expires and says so
 * @param expires      when the plan is void in any case
 * @param leadMedian   expected time from call to first healthy traffic
 * @param leadP95      the same at the 95th percentile
 * @param leadCount    on how many observations the lead stands; 0 means the declared prior
 * @param costPerHour  added (or saved: negative) cost; {@code NaN} where a price is not known
 * @param currency     of the cost
 * @param arithmetic   how the cost came about, for the operator; empty where there is nothing to add up
 * @param alternatives what else was looked at
 * @param basis        the forecasts that it stands on; empty where what is observed asked for it
 * @param approvals    who approved it, in order
 * @param stateHash    of what the plan saw; when that has moved, the plan is refused
 * @param guards       outcome of each guard, all of them in their order; empty before they ran, and after a restart
 * @param sentence     the plan in one sentence
 */
public record Plan(String id, String group, State state, Instant createdAt, List<Need> needs, List<Action> actions,
		Instant startBy, Instant neededBy, Instant approveBy, Instant expires, Duration leadMedian, Duration leadP95,
		int leadCount, double costPerHour, String currency, String arithmetic, List<Alternative> alternatives,
		List<Basis> basis, List<Approval> approvals, String stateHash, List<GuardOutcome> guards, String sentence) {
	/** Where a plan is. */
	public enum State {
		/** Made, in a group that only observes. */
		OBSERVED,
		/** Waits for a person. */
		PROPOSED,
		/** Passed all guards. */
		APPROVED,
		/** Its calls are made or being made. */
		EXECUTING,
		/** All that it wanted is there. */
		DONE,
		/** A guard refused it; made again when that may have changed. */
		REFUSED,
		/** A person rejected it. */
		REJECTED,
		/** Nobody approved it in time, or what it saw has moved. */
		EXPIRED,
		/** Some of its calls failed for good. */
		FAILED
	}

	/** Checks and copies. */
	public Plan {
		Objects.requireNonNull(id, "id");
		Objects.requireNonNull(group, "group");
		Objects.requireNonNull(state, "state");
		needs = List.copyOf(needs);
		actions = List.copyOf(actions);
		alternatives = List.copyOf(alternatives);
		basis = List.copyOf(basis);
		approvals = List.copyOf(approvals);
		guards = List.copyOf(guards);
		if (actions.isEmpty()) {
			throw new IllegalArgumentException("plan " + id + " does nothing");
		}
	}

	/** The same in another state, with the outcome of the guards. */
	public Plan with(State newState, List<GuardOutcome> outcomes, String newSentence) {
		return new Plan(id, group, newState, createdAt, needs, actions, startBy, neededBy, approveBy, expires, leadMedian, leadP95,
				leadCount, costPerHour, currency, arithmetic, alternatives, basis, approvals, stateHash, outcomes, newSentence);
	}

	/** The same with one more approval. */
	public Plan approved(Approval approval) {
		List<Approval> more = new ArrayList<>(approvals);
		more.add(approval);
		return new Plan(id, group, state, createdAt, needs, actions, startBy, neededBy, approveBy, expires, leadMedian, leadP95,
				leadCount, costPerHour, currency, arithmetic, alternatives, basis, more, stateHash, guards, sentence);
	}

	/** Whether anything of it may still happen. */
	public boolean isOpen() {
		return state == State.OBSERVED || state == State.PROPOSED || state == State.APPROVED || state == State.EXECUTING
				|| state == State.REFUSED;
	}

	/** How many members it creates. */
	public int creates() {
		return actions.stream().filter(action -> action.kind() == Action.Kind.CREATE).mapToInt(Action::count).sum();
	}

	/**
	 * A forecast that a plan stands on.
	 *
	 * @param series   the series that is forecast
	 * @param issuedAt when; with the series this names the forecast
	 * @param model    the model and its version
	 * @param skill    against seasonal naive; {@code NaN} while not measured
	 * @param coverage measured share of past values inside the 80 % band; {@code NaN} while not measured
	 */
	public record Basis(SeriesId series, Instant issuedAt, String model, double skill, double coverage) {
	}

	/**
	 * A person's consent.
	 *
	 * @param person who
	 * @param at     when
	 */
	public record Approval(String person, Instant at) {
	}

	/**
	 * Another way that was looked at.
	 *
	 * @param sentence    what it was
	 * @param costPerHour what it would cost; {@code NaN} when not known
	 * @param reason      why it lost
	 */
	public record Alternative(String sentence, double costPerHour, String reason) {
	}
}
