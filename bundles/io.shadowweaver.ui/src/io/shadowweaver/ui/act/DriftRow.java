// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.act;

import java.util.Comparator;
import java.util.List;

import io.shadowweaver.api.provision.Drift;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.ui.core.Formats;

/**
 * A difference between journal and provider in the table.
 *
 * @param drift the difference
 * @param kind  in words
 * @param since when it was first seen
 */
record DriftRow(Drift drift, String kind, String since) {
	/** The oldest first. */
	static final Comparator<DriftRow> OLDEST = Comparator.comparing((DriftRow row) -> row.drift.since()).thenComparing(DriftRow::key);

	/** The rows of an estate. */
	static List<DriftRow> of(WeaverState state) {
		return state.report().drifts().stream().map(drift -> new DriftRow(drift, Formats.words(drift.kind()), Formats.timeAndDistance(drift.since(), state.time()))).toList();
	}

	/** Tells it from others. */
	String key() {
		return drift.kind() + " " + drift.provider() + " " + drift.instance() + " " + drift.token();
	}
}
