// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import java.util.Comparator;
import java.util.List;

import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.ui.act.Names;
import io.shadowweaver.ui.act.PlanDecision;
import io.shadowweaver.ui.core.Formats;

/**
 * A plan in the table.
 *
 * @param plan    the plan
 * @param sentence the plan in one sentence, with times on the wall
 * @param group   the name of the group
 * @param state   in words; how far it has come
 * @param startBy the last moment to start
 * @param neededBy when it is needed
 * @param approveBy the last moment for an approval; empty where none is waited for
 * @param approvals who approved it, and what is still waited for
 * @param guards  how many passed, or which refused
 */
record PlanRow(Plan plan, String sentence, String group, String state, String startBy, String neededBy, String approveBy, String approvals, String guards) {
	/** Those that wait for a person first, then those under way. */
	static final Comparator<PlanRow> URGENT = Comparator.comparingInt((PlanRow row) -> rank(row.plan.state()))
			.thenComparing(row -> row.plan.startBy()).thenComparing(row -> row.plan.id());

	/** The rows of an estate. */
	static List<PlanRow> of(WeaverState state, Names names) {
		return state.plans().stream().map(plan -> new PlanRow(plan, names.said(plan.sentence()), names.group(plan.group()), Formats.words(plan.state()),
					Formats.timeAndDistance(plan.startBy(), state.time()), Formats.timeAndDistance(plan.neededBy(), state.time()),
					plan.state() == Plan.State.PROPOSED ? Formats.timeAndDistance(plan.approveBy(), state.time()) : "",
					PlanDecision.approvals(plan), names.said(PlanDecision.guards(plan)))).toList();
	}

	private static int rank(Plan.State state) {
		return switch (state) {
		case PROPOSED -> 0;
		case APPROVED -> 1;
		case EXECUTING -> 2;
		case REFUSED -> 3;
		case FAILED -> 4;
		case OBSERVED -> 5;
		case DONE -> 6;
		case REJECTED -> 7;
		case EXPIRED -> 8;
		};
	}
}
