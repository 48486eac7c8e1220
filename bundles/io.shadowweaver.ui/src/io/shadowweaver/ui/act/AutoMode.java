// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.act;

import java.util.List;
import java.util.stream.Collectors;

import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.swt.widgets.Shell;

import io.shadowweaver.api.provision.Promotion;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.ScalingGroup;

/** The question before groups act without one. */
public final class AutoMode {
	private AutoMode() {
	}

	/**
	 * Asks whether plans of groups may be carried out without a question; with what was measured of them.
	 *
	 * @param groups their ids, not empty
	 * @return whether they may
	 */
	public static boolean isConfirmed(Shell shell, WeaverState state, List<String> groups) {
		return MessageDialog.open(MessageDialog.WARNING, shell, "Automatic provisioning", question(state, groups), 0, "Carry out", "Leave it") == 0;
	}

	static String question(WeaverState state, List<String> groups) {
		return "Plans for " + groups.stream().map(group -> name(state, group)).collect(Collectors.joining(", "))
				+ " that pass all guards are carried out without a question, and cost money." + earned(state, groups);
	}

	/** What was measured of the groups, and which have not earned it. */
	private static String earned(WeaverState state, List<String> groups) {
		StringBuilder said = new StringBuilder();
		for (Promotion promotion : state.report().promotions()) {
			if (groups.contains(promotion.group())) {
				said.append("\n\n").append(name(state, promotion.group())).append(promotion.offered() ? " has earned it: " : " has not earned it yet: ").append(promotion.sentence());
			}
		}
		return said.toString();
	}

	/** The name of a group; its id where it is not known any more. */
	public static String name(WeaverState state, String group) {
		ScalingGroup known = state.topology().groups().get(group);
		return known == null ? group : known.name();
	}
}
