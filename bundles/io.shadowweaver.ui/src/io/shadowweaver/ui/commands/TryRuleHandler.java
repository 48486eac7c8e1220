// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.commands;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.handlers.HandlerUtil;

import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.Item;
import io.shadowweaver.ui.trial.TrialView;

/** Tries the rule that is chosen in its view on the past; where a group is selected elsewhere, on that one. */
public final class TryRuleHandler extends EstateHandler {
	@Override
	protected void run(ExecutionEvent event, Shell shell, EstateHandle estate, String person) throws ExecutionException {
		boolean fromView = HandlerUtil.getActivePart(event) instanceof TrialView;
		TrialView view;
		try {
			view = (TrialView) HandlerUtil.getActiveWorkbenchWindowChecked(event).getActivePage().showView(TrialView.ID);
		} catch (PartInitException e) {
			throw new ExecutionException("The view of the trial could not be opened.", e);
		}
		if (!fromView) {
			selected(Item.Kind.GROUP).stream().findFirst().ifPresent(view::choose);
		}
		if (view.tryRule(estate).isEmpty()) {
			MessageDialog.openInformation(shell, "No group", "There is no scaling group yet; the rule can be tried as soon as one has arrived.");
		}
	}
}
