// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import org.eclipse.ui.IStartup;
import org.eclipse.ui.IWindowListener;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;

/** Opens the twin in every window that shows nothing in its middle, since a workbench opens on the twin; in windows that are opened later, too. */
public final class TwinStartup implements IStartup {
	@Override
	public void earlyStartup() {
		IWorkbench workbench = PlatformUI.getWorkbench();
		workbench.getDisplay().asyncExec(() -> {
			for (IWorkbenchWindow window : workbench.getWorkbenchWindows()) {
				fill(window);
			}
			workbench.addWindowListener(new Opened());
		});
	}

	private static void fill(IWorkbenchWindow window) {
		IWorkbenchPage page = window.getActivePage();
		if (page != null && page.getEditorReferences().length == 0) {
			open(page);
		}
	}

	/** Fills each new window, as soon as it is whole. */
	private static final class Opened implements IWindowListener {
		@Override
		public void windowOpened(IWorkbenchWindow window) {
			window.getShell().getDisplay().asyncExec(() -> {
				if (window.getShell() != null && !window.getShell().isDisposed()) {
					fill(window);
				}
			});
		}

		@Override
		public void windowActivated(IWorkbenchWindow window) {
			// it has what it has
		}

		@Override
		public void windowDeactivated(IWorkbenchWindow window) {
			// it has what it has
		}

		@Override
		public void windowClosed(IWorkbenchWindow window) {
			// its twin goes with it
		}
	}

	private static void open(IWorkbenchPage page) {
		try {
			page.openEditor(new TwinInput(), TwinEditor.ID, false);
		} catch (PartInitException e) {
			System.getLogger(TwinStartup.class.getName()).log(System.Logger.Level.ERROR, "The twin cannot be opened.", e);
		}
	}
}
