// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.rest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.provisioning.Proposal;
import io.shadowweaver.provisioning.Wish;
import io.shadowweaver.server.Changes;
import io.shadowweaver.server.Estates;
import io.shadowweaver.server.Problem;

/** What a caller decides on plans and alerts, over REST or as an agent. What cannot be decided is a {@link Problem}. */
public final class Decisions {
	private static final int LONGEST = 200;

	private final Estates estates;
	private final Changes changes;

	/** Over the open estates, and what was proposed through tools. */
	public Decisions(Estates estates, Changes changes) {
		this.estates = estates;
		this.changes = changes;
	}

	/**
	 * Proposes more members of a group: a plan that passes all guards and waits for the approval of somebody else.
	 *
	 * @param by       when they are wanted; {@code null} for as soon as can be
	 * @param why      for who approves it
	 * @param person   who wants them
	 * @param patience how long the next tick is waited for
	 * @return the plan, or why there is none
	 */
	public Proposal propose(String estate, String group, int count, String by, String why, String person, Duration patience) throws InterruptedException {
		Weaver weaver = estates.get(estate);
		WeaverState state = weaver.state();
		if (!state.topology().groups().containsKey(group)) {
			throw Problem.exception(404, "The estate " + estate + " has no group '" + group + "'.");
		}
		Instant ready = Moments.at(by, state);
		if (count < 1 || ready.isBefore(state.time())) {
			throw Problem.exception(422, "count must be positive, and by no time before " + state.time() + ".");
		}
		String reason = why.strip();
		if (reason.isEmpty() || reason.length() > LONGEST || reason.chars().anyMatch(Character::isISOControl)) {
			throw Problem.exception(422, "why must be a sentence of up to " + LONGEST + " characters.");
		}
		Wish wish = new Wish(group, List.of(new Wish.Part(count, Map.of(), Optional.empty())), ready, reason);
		return Waiting.of(weaver.automation().propose(wish, person), patience, 409);
	}

	/**
	 * Approves a plan between two ticks; all guards run again. Who has proposed it through a tool may not.
	 *
	 * @param match  as {@code If-Match}: the plan that was read; {@code null} for the plan as it is
	 * @param person who approves it
	 */
	public void approve(String estate, String plan, String match, String person) {
		Weaver weaver = estates.get(estate);
		check(plan(weaver, plan), match, Plan.State.PROPOSED);
		if (own(estate, plan, person)) {
			throw Problem.exception(403, "The plan " + plan + " was proposed by " + person + ": somebody else has to approve it.");
		}
		weaver.automation().approve(plan, person);
	}

	private boolean own(String estate, String plan, String person) {
		try {
			return changes.hasProposed(person, estate, plan);
		} catch (IOException e) {
			throw new UncheckedIOException("who has proposed the plan " + plan + " cannot be read", e);
		}
	}

	/**
	 * Rejects a plan between two ticks.
	 *
	 * @param match  as {@code If-Match}: the plan that was read; {@code null} for the plan as it is
	 * @param person who rejects it
	 */
	public void reject(String estate, String plan, String match, String person) {
		Weaver weaver = estates.get(estate);
		check(plan(weaver, plan), match, Plan.State.PROPOSED, Plan.State.APPROVED);
		weaver.automation().reject(plan, person);
	}

	/** Notes between two ticks that somebody has seen an alert. */
	public void acknowledge(String estate, String id, String person) {
		Weaver weaver = estates.get(estate);
		Alert alert = weaver.state().alerts().stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow(() -> Problem.exception(404, "The estate " + estate + " has no alert '" + id + "'."));
		if (!alert.isActive()) {
			throw Problem.exception(409, "The alert '" + id + "' is withdrawn.");
		}
		weaver.acknowledge(id, person);
	}

	/** A plan, open or closed lately. */
	static Plan plan(Weaver weaver, String id) {
		return weaver.state().plans().stream().filter(one -> one.id().equals(id)).findFirst()
				.orElseThrow(() -> Problem.exception(404, "The estate " + weaver.config().id() + " has no plan '" + id + "'."));
	}

	private static void check(Plan plan, String match, Plan.State... states) {
		if (match != null && !Tags.match(match, plan)) {
			throw Problem.exception(412, "The plan " + plan.id() + " has changed since you have read it: it is " + plan.state() + ".");
		}
		if (!List.of(states).contains(plan.state())) {
			throw Problem.exception(409, "The plan " + plan.id() + " is " + plan.state() + ".");
		}
	}
}
