// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.handlers.HandlerUtil;

/** Opens the twin of the active window, or brings it to the front. */
public final class OpenTwinHandler extends AbstractHandler {
	@Override
	public Object execute(ExecutionEvent event) throws ExecutionException {
		try {
			HandlerUtil.getActiveWorkbenchWindowChecked(event).getActivePage().openEditor(new TwinInput(), TwinEditor.ID);
			return null;
		} catch (PartInitException e) {
			throw new ExecutionException("The twin cannot be opened: " + e.getMessage(), e);
		}
	}
}
