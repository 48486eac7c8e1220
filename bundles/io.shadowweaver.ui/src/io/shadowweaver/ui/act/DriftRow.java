// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.act;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.shadowweaver.api.provision.Drift;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.ui.core.Formats;

/**
 * A difference between journal and provider in the table.
 *
 * @param drift the difference
 * @param kind  in words
 * @param account the name of the account
 * @param group the name of the group that it was made for
 * @param said  what is different, in a sentence with times on the wall
 * @param since when it was first seen
 */
record DriftRow(Drift drift, String kind, String account, String group, String said, String since) {
	/** The oldest first. */
	static final Comparator<DriftRow> OLDEST = Comparator.comparing((DriftRow row) -> row.drift.since()).thenComparing(DriftRow::key);

	/** The rows of an estate. */
	static List<DriftRow> of(WeaverState state, Names names) {
		return state.report().drifts().stream().map(drift -> new DriftRow(drift, Formats.words(drift.kind()), names.account(drift.provider()), names.group(drift.group()), names.said(drift.sentence()), Formats.timeAndDistance(drift.since(), state.time()))).toList();
	}

	/** Whether a person can decide what becomes of it: only of what is there and what the journal does not know. */
	boolean isOpen() {
		return drift.kind() == Drift.Kind.ORPHAN && !drift.instance().isEmpty();
	}

	/**
	 * What a person is asked before a machine joins a group.
	 *
	 * @param groups the names of the groups, not empty
	 */
	DecisionDialog.Decision adoption(List<String> groups) {
		return new DecisionDialog.Decision("Adopt " + drift.instance(), "Adopt", List.of(said, "It joins the group that is chosen, with its cost and its review date, and may be "
				+ "removed again by scale-in where that is on."), Optional.of(new DecisionDialog.Choice("Group", groups, group)), person -> "");
	}

	/** What a person is asked before a machine is removed. */
	DecisionDialog.Decision removal() {
		return DecisionDialog.Decision.byAnybody("Delete " + drift.instance() + " at " + account + "?", "Delete",
				List.of(said, "The machine " + drift.instance() + " of the account " + account + " is deleted at the provider. This cannot be undone."));
	}

	/** Tells it from others. */
	String key() {
		return drift.kind() + " " + drift.provider() + " " + drift.instance() + " " + drift.token();
	}
}
