// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.wizard;

import java.lang.reflect.InvocationTargetException;

import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.wizard.Wizard;
import org.eclipse.ui.INewWizard;
import org.eclipse.ui.IWorkbench;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.client.ServerAddress;
import io.shadowweaver.ui.core.Estates;
import io.shadowweaver.ui.core.Servers;

/** Attaches the workbench to a server, whose estates stand beside its own from then on. Nothing is kept before it is finished. */
public final class AttachWizard extends Wizard implements INewWizard {
	private Servers servers;
	private Estates estates;
	private AttachPage page;

	@Override
	public void init(IWorkbench workbench, IStructuredSelection selection) {
		servers = workbench.getService(Servers.class);
		estates = workbench.getService(Estates.class);
		setWindowTitle("Attach to server");
		setNeedsProgressMonitor(true);
	}

	@Override
	public void addPages() {
		page = new AttachPage(servers);
		addPage(page);
	}

	@Override
	public boolean performFinish() {
		ServerAddress address = page.address();
		String key = page.key();
		String[] id = new String[1];
		try {
			getContainer().run(true, false, monitor -> {
				monitor.beginTask("Attaching to " + address.name(), -1);
				try {
					id[0] = servers.attach(address, key);
				} catch (PluginException e) {
					throw new InvocationTargetException(e);
				}
			});
			estates.activateServer(id[0]);
			return true;
		} catch (InvocationTargetException e) {
			page.setErrorMessage(e.getCause().getMessage());
			return false;
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/** Its page, for tests. */
	AttachPage page() {
		return page;
	}
}
