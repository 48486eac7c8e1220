// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.rest;

import java.util.List;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.server.Estates;
import io.shadowweaver.server.Problem;

/** What a caller decides on plans and alerts, over REST or as an agent. What cannot be decided is a {@link Problem}. */
public final class Decisions {
	private final Estates estates;

	/** Over the open estates. */
	public Decisions(Estates estates) {
		this.estates = estates;
	}

	/**
	 * Approves a plan between two ticks; all guards run again.
	 *
	 * @param match  as {@code If-Match}: the plan that was read; {@code null} for the plan as it is
	 * @param person who approves it
	 */
	public void approve(String estate, String plan, String match, String person) {
		Weaver weaver = estates.get(estate);
		check(plan(weaver, plan), match, Plan.State.PROPOSED);
		weaver.automation().approve(plan, person);
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
