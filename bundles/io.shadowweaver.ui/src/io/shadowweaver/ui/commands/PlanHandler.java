// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.commands;

import java.util.List;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.widgets.Shell;

import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.ui.act.DecisionDialog;
import io.shadowweaver.ui.act.PlanDecision;
import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.Estates;
import io.shadowweaver.ui.core.Item;

/** Approves or rejects the selected plans that wait for a person; the parameter of the command says which. */
public final class PlanHandler extends EstateHandler {
	private static final String PARAMETER = "io.shadowweaver.ui.command.plan.decision";

	@Override
	protected void run(ExecutionEvent event, Shell shell, EstateHandle estate, String person) throws ExecutionException {
		boolean approve = "approve".equals(event.getParameter(PARAMETER));
		List<String> ids = selected(Item.Kind.PLAN);
		List<Plan> waiting = estate.state().plans().stream().filter(plan -> ids.contains(plan.id()) && plan.state() == Plan.State.PROPOSED).toList();
		if (waiting.isEmpty()) {
			MessageDialog.openInformation(shell, "Nothing to decide",
					"None of the selected plans waits for a person. Plans wait where the mode of their group is 'propose'.");
			return;
		}
		DecisionDialog dialog = new DecisionDialog(shell, PlanDecision.of(waiting, approve, estate.state().time()), person);
		if (dialog.open() == Window.OK) {
			String who = dialog.person();
			for (Plan plan : waiting) {
				Estates.later((approve ? "Approve" : "Reject") + " plan", () -> {
					if (approve) {
						estate.approve(plan.id(), who);
					} else {
						estate.reject(plan.id(), who);
					}
				});
			}
		}
	}
}
