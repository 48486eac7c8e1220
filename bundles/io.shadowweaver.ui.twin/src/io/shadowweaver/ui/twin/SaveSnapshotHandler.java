// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.ui.handlers.HandlerUtil;

/** Saves what the active twin shows as a snapshot. */
public final class SaveSnapshotHandler extends AbstractHandler {
	@Override
	public Object execute(ExecutionEvent event) {
		if (HandlerUtil.getActiveEditor(event) instanceof TwinEditor twin) {
			twin.canvas().ifPresent(canvas -> SnapshotExport.ask(HandlerUtil.getActiveShell(event), canvas, twin.bookmarks()));
		}
		return null;
	}
}
