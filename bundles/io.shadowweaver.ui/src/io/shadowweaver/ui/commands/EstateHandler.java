// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.commands;

import java.util.List;
import java.util.Optional;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.handlers.HandlerUtil;

import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.Estates;
import io.shadowweaver.ui.core.Item;
import io.shadowweaver.ui.core.Selection;

/** A command on the active estate. */
public abstract class EstateHandler extends AbstractHandler {
	@Override
	public final Object execute(ExecutionEvent event) throws ExecutionException {
		Estates estates = PlatformUI.getWorkbench().getService(Estates.class);
		Shell shell = HandlerUtil.getActiveShell(event);
		Optional<EstateHandle> estate = estates.active();
		if (estate.isEmpty()) {
			MessageDialog.openInformation(shell, "No estate", estates.why());
		} else {
			run(event, shell, estate.get(), estates.person());
		}
		return null;
	}

	/**
	 * Does it; on the UI thread, so what blocks is a Job.
	 *
	 * @param event  the command with its parameters
	 * @param shell  for questions
	 * @param estate the active one
	 * @param person whose name is written beside it
	 */
	protected abstract void run(ExecutionEvent event, Shell shell, EstateHandle estate, String person) throws ExecutionException;

	/** The ids of the selected items of a kind. */
	protected static List<String> selected(Item.Kind kind) {
		return PlatformUI.getWorkbench().getService(Selection.class).items().stream().filter(item -> item.kind() == kind).map(Item::id).toList();
	}
}
