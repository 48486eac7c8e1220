// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.commands;

import java.util.List;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.swt.widgets.Shell;

import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.Promotion;
import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.Estates;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Item;

/** Sets how far automation may go for the selected groups. */
public final class ModeHandler extends EstateHandler {
	private static final String PARAMETER = "io.shadowweaver.ui.command.groupMode.mode";

	@Override
	protected void run(ExecutionEvent event, Shell shell, EstateHandle estate, String person) {
		Mode mode = Mode.valueOf(event.getParameter(PARAMETER));
		List<String> groups = selected(Item.Kind.GROUP);
		if (mode == Mode.AUTO && MessageDialog.open(MessageDialog.WARNING, shell, "Automatic provisioning",
				"Plans for " + String.join(", ", groups) + " that pass all guards are carried out without a question, and cost money." + earned(estate.state().report().promotions(), groups), 0,
				"Carry out", "Leave it") != 0) {
			return;
		}
		for (String group : groups) {
			Estates.later("Set " + group + " to " + Formats.words(mode), () -> estate.mode(group, mode));
		}
	}

	/** What was measured of the groups, and which have not earned it. */
	static String earned(List<Promotion> promotions, List<String> groups) {
		StringBuilder said = new StringBuilder();
		for (Promotion promotion : promotions) {
			if (groups.contains(promotion.group())) {
				said.append("\n\n").append(promotion.group()).append(promotion.offered() ? " has earned it: " : " has not earned it yet: ").append(promotion.sentence());
			}
		}
		return said.toString();
	}
}
