// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import org.eclipse.ui.IStartup;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;

/** Opens the twin in every window that shows nothing in its middle, since a workbench opens on the twin. */
public final class TwinStartup implements IStartup {
	@Override
	public void earlyStartup() {
		IWorkbench workbench = PlatformUI.getWorkbench();
		workbench.getDisplay().asyncExec(() -> {
			for (IWorkbenchWindow window : workbench.getWorkbenchWindows()) {
				IWorkbenchPage page = window.getActivePage();
				if (page != null && page.getEditorReferences().length == 0) {
					open(page);
				}
			}
		});
	}

	private static void open(IWorkbenchPage page) {
		try {
			page.openEditor(new TwinInput(), TwinEditor.ID, false);
		} catch (PartInitException e) {
			System.getLogger(TwinStartup.class.getName()).log(System.Logger.Level.ERROR, "The twin cannot be opened.", e);
		}
	}
}
