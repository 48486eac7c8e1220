// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.commands;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.widgets.Shell;

import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.engine.GroupSettings;
import io.shadowweaver.ui.act.GroupDialog;
import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.Estates;
import io.shadowweaver.ui.core.Item;

/** Edits what is decided of the selected scaling group. */
public final class GroupHandler extends EstateHandler {
	@Override
	protected void run(ExecutionEvent event, Shell shell, EstateHandle estate, String person) {
		selected(Item.Kind.GROUP).stream().map(estate.state().topology().groups()::get).filter(java.util.Objects::nonNull).findFirst().ifPresent(group -> edit(shell, estate, group));
	}

	private static void edit(Shell shell, EstateHandle estate, ScalingGroup group) {
		GroupSettings before = estate.automation().groups().stream().filter(one -> one.group().equals(group.id())).findFirst().orElseGet(() -> GroupSettings.of(group.id()));
		GroupDialog dialog = new GroupDialog(shell, group, before, estate.automation().accounts());
		if (dialog.open() == Window.OK) {
			GroupSettings decided = dialog.result();
			Estates.later("Decide on group " + group.name(), () -> estate.automation().group(decided));
		}
	}
}
