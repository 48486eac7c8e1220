// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.commands;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.handlers.HandlerUtil;

import io.shadowweaver.ui.core.Servers;
import io.shadowweaver.ui.wizard.ServersDialog;

/** Shows the servers that the workbench is attached to. */
public final class ServersHandler extends AbstractHandler {
	@Override
	public Object execute(ExecutionEvent event) {
		new ServersDialog(HandlerUtil.getActiveShell(event), PlatformUI.getWorkbench().getService(Servers.class)).open();
		return null;
	}
}
