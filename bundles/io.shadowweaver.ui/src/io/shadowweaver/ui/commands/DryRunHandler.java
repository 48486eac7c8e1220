// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.commands;

import java.util.List;
import java.util.Optional;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.swt.widgets.Shell;

import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.ui.act.DryRunDialog;
import io.shadowweaver.ui.act.Names;
import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.Item;

/** Shows what the selected plan would do if it were carried out now. */
public final class DryRunHandler extends EstateHandler {
	@Override
	protected void run(ExecutionEvent event, Shell shell, EstateHandle estate, String person) {
		List<String> ids = selected(Item.Kind.PLAN);
		Optional<Plan> plan = estate.state().plans().stream().filter(one -> ids.contains(one.id()) && one.isOpen() && one.state() != Plan.State.EXECUTING).findFirst();
		if (plan.isEmpty()) {
			MessageDialog.openInformation(shell, "Nothing to try", "The selected plan is over or being carried out. What waits can be tried without changing anything.");
			return;
		}
		new DryRunDialog(shell, plan.get(), Names.of(estate.state(), estate.automation().accounts()), estate.automation().dryRun(plan.get().id())).open();
	}
}
