// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.ui.act.Names;
import io.shadowweaver.ui.act.PlanDecision;
import io.shadowweaver.ui.core.Formats;

/**
 * An entry of the queue in the table.
 *
 * @param entry  the entry
 * @param name   the name of the resource
 * @param what   what is done, with offer and zone
 * @param needBy when it is needed
 * @param eta    when it is expected
 * @param cost   an hour
 * @param said   what happens, in a sentence with times on the wall
 * @param guards what the guards said of its plan; empty where the plan is gone
 * @param late   whether it is expected too late
 */
record EntryRow(QueueEntry entry, String name, String what, String needBy, String eta, String cost, String said, String guards, boolean late) {
	/** What is under way first, the next one needed on top. */
	static final Comparator<EntryRow> URGENT = Comparator.comparing((EntryRow row) -> row.entry.isFinal())
			.thenComparing(row -> row.entry.needBy()).thenComparing(row -> row.entry.token());

	/** The rows of an estate. */
	static List<EntryRow> of(WeaverState state, Names names) {
		Map<String, Plan> plans = state.plans().stream().collect(Collectors.toMap(Plan::id, plan -> plan, (newest, older) -> newest));
		return state.queue().stream().map(entry -> {
			boolean late = !entry.isFinal() && entry.eta().isAfter(entry.needBy());
			return new EntryRow(entry, names.resource(entry.resource()), what(entry, names),
					Formats.timeAndDistance(entry.needBy(), state.time()),
					entry.isFinal() ? Formats.time(entry.eta(), state.time())
							: Formats.timeAndDistance(entry.eta(), state.time()) + (late ? ", too late" : ""),
					Formats.cost(entry.price().perHour(), entry.price().currency()),
					names.said(entry.sentence()), plans.containsKey(entry.plan()) ? names.said(PlanDecision.guards(plans.get(entry.plan()))) : "", late);
		}).toList();
	}

	private static String what(QueueEntry entry, Names names) {
		String what = Formats.words(entry.kind());
		if (entry.kind() == Action.Kind.CREATE) {
			what += " " + names.offer(entry.provider(), entry.offer());
		}
		what = entry.zone().isEmpty() ? what : what + " in " + entry.zone();
		return entry.provider().isEmpty() ? what : what + " at " + names.account(entry.provider());
	}
}
