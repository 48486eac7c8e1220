// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.act;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.provisioning.FreezeWindow;
import io.shadowweaver.provisioning.GroupLimits;
import io.shadowweaver.provisioning.ProvisioningSettings;
import io.shadowweaver.ui.core.Formats;

/** What a person is told before a guard's no is set aside for a while. Pure. */
public final class Permits {
	private static final String HALTED = "HALTED";

	private Permits() {
	}

	/** The question before automation of a halted group goes on; empty where it is not halted. */
	public static Optional<DecisionDialog.Decision> resumption(WeaverState state, ScalingGroup group) {
		Status status = state.statuses().get("provisioning:group:" + group.id());
		if (status == null || !status.detail().equals(HALTED)) {
			return Optional.empty();
		}
		return Optional.of(DecisionDialog.Decision.byAnybody("Let automation of " + group.name() + " go on?", "Resume",
				List.of(Formats.said(status.sentence(), state.time()), "Halted since " + Formats.timeAndDistance(status.since(), state.time()) + ".",
						"What failed before counts no more; machines of a kind that never carried traffic are still tried first, as the guard 'canary' says.")));
	}

	/** How many members a group has, and may have. */
	public static String members(WeaverState state, ScalingGroup group) {
		return group.name() + " has " + state.topology().members(group.id()).size() + " members, coming ones included; " + group.min() + " to " + group.max() + " are allowed.";
	}

	/** What is frozen now and until when. */
	public static String frozen(WeaverState state, ProvisioningSettings settings, ScalingGroup group) {
		List<FreezeWindow> windows = new ArrayList<>(settings.limits().freezes());
		windows.addAll(settings.groups().getOrDefault(group.id(), GroupLimits.NONE).freezes());
		List<String> now = windows.stream().filter(window -> window.contains(state.time()))
				.map(window -> "Frozen until " + window.end(state.time()).map(end -> Formats.timeAndDistance(end, state.time())).orElse("a person ends it") + ": " + window.reason() + ".").toList();
		return now.isEmpty() ? "Nothing is frozen for " + group.name() + " now; what begins while it lasts is set aside too." : String.join("\n", now);
	}
}
