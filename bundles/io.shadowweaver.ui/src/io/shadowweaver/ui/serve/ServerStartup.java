// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.serve;

import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IStartup;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.PlatformUI;

/** Lets the API listen when the workbench has opened, where it is switched on. */
public final class ServerStartup implements IStartup {
	@Override
	public void earlyStartup() {
		IWorkbench workbench = PlatformUI.getWorkbench();
		Display display = workbench.getDisplay();
		if (!display.isDisposed()) {
			display.asyncExec(() -> {
				EmbeddedServer server = workbench.isClosing() ? null : workbench.getService(EmbeddedServer.class);
				if (server != null && server.isOn()) {
					server.start();
				}
			});
		}
	}
}
