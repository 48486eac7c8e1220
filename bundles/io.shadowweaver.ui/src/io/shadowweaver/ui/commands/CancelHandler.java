// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.commands;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.swt.widgets.Shell;

import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.Estates;
import io.shadowweaver.ui.core.Item;

/** Cancels the selected entries of the queue that were not called yet. */
public final class CancelHandler extends EstateHandler {
	@Override
	protected void run(ExecutionEvent event, Shell shell, EstateHandle estate, String person) {
		boolean called = false;
		for (String token : selected(Item.Kind.ENTRY)) {
			boolean journalled = estate.state().queue().stream()
					.anyMatch(entry -> entry.token().equals(token) && entry.state() == QueueEntry.State.JOURNALLED);
			called |= !journalled;
			if (journalled) {
				Estates.later("Cancel entry", () -> estate.cancel(token, person));
			}
		}
		if (called) {
			MessageDialog.openInformation(shell, "Called already",
					"What the provider was asked for cannot be cancelled here: it is finished first, so that nothing is lost sight of.");
		}
	}
}
