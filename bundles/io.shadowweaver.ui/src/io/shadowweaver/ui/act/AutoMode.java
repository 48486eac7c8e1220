// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.act;

import java.util.List;
import java.util.stream.Collectors;

import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.swt.widgets.Shell;

import io.shadowweaver.api.provision.Promotion;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.ui.core.Formats;

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
		return new MessageDialog(shell, "Automatic provisioning", null, question(state, groups), MessageDialog.WARNING, 1, "Carry out", "Leave it").open() == 0;
	}

	static String question(WeaverState state, List<String> groups) {
		return "Plans for " + groups.stream().map(Names.of(state, List.of())::group).collect(Collectors.joining(", "))
				+ " that pass all guards are carried out without a question, and cost money." + earned(state, groups);
	}

	/** What was measured of the groups, and which have not earned it. */
	private static String earned(WeaverState state, List<String> groups) {
		StringBuilder said = new StringBuilder();
		for (Promotion promotion : state.report().promotions()) {
			if (groups.contains(promotion.group())) {
				said.append("\n\n").append(Names.of(state, List.of()).group(promotion.group())).append(promotion.offered() ? " has earned it: " : " has not earned it yet: ").append(Formats.said(promotion.sentence(), state.time()));
			}
		}
		return said.toString();
	}
}
