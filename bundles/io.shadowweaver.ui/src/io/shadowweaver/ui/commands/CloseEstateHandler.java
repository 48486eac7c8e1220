// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.commands;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.PlatformUI;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.ui.core.Attachment;
import io.shadowweaver.ui.core.Backend;
import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.Estates;

/** Stops the active estate and forgets its connections; detaches from the server where it runs elsewhere; closes a snapshot. */
public final class CloseEstateHandler extends EstateHandler {
	@Override
	protected void run(ExecutionEvent event, Shell shell, EstateHandle estate, String person) {
		if (estate.snapshot().isPresent()) {
			// its file stays, so there is nothing to ask
			Backend backend = PlatformUI.getWorkbench().getService(Estates.class).backend().orElseThrow();
			Estates.later("Close " + estate.name(), () -> disconnect(backend, estate));
			return;
		}
		if (estate.attachment().isPresent()) {
			leave(shell, estate, estate.attachment().get());
			return;
		}
		long flying = estate.state().queue().stream().filter(entry -> !entry.isFinal()).count();
		String question = "'" + estate.name() + "' is no longer watched and its connections are forgotten; its history stays on the disk."
				+ (flying == 0 ? "" : " " + flying + " on the way are finished by the provider, but no longer listed.");
		if (MessageDialog.open(MessageDialog.WARNING, shell, "Close estate", question, 0, "Close it", "Leave it") == 0) {
			Backend backend = PlatformUI.getWorkbench().getService(Estates.class).backend().orElseThrow();
			Estates.later("Close " + estate.name(), () -> disconnect(backend, estate));
		}
	}

	private static void leave(Shell shell, EstateHandle estate, Attachment where) {
		String question = "'" + estate.name() + "' runs on " + where.server() + " and goes on there. Detach from that server? None of its estates is shown any more, and its key is forgotten.";
		if (MessageDialog.open(MessageDialog.QUESTION, shell, "Detach", question, 0, "Detach", "Stay attached") == 0) {
			Backend backend = PlatformUI.getWorkbench().getService(Estates.class).backend().orElseThrow();
			Estates.later("Detach from " + where.server(), () -> disconnect(backend, estate));
		}
	}

	private static IStatus disconnect(Backend backend, EstateHandle estate) {
		try {
			backend.disconnect(estate.id());
			return Status.OK_STATUS;
		} catch (PluginException e) {
			return Status.error(estate.name() + " could not be closed: " + e.getMessage(), e);
		}
	}
}
