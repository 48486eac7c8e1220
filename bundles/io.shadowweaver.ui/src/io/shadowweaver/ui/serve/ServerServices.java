// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.serve;

import java.time.Clock;

import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchListener;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.services.AbstractServiceFactory;
import org.eclipse.ui.services.IServiceLocator;

import io.shadowweaver.ui.core.Estates;
import io.shadowweaver.ui.core.Palettes;
import io.shadowweaver.ui.core.PlatformBackend;

/** Makes the API server of the workbench, once, and ends it with the workbench. Called on the UI thread. */
public final class ServerServices extends AbstractServiceFactory {
	private static final String NODE = "api";
	private EmbeddedServer server;

	@Override
	public Object create(@SuppressWarnings("rawtypes") Class type, IServiceLocator parent, IServiceLocator locator) {
		if (type != EmbeddedServer.class) {
			return null;
		}
		if (server == null) {
			server = make(PlatformUI.getWorkbench());
		}
		return server;
	}

	private static EmbeddedServer make(IWorkbench workbench) {
		Estates estates = workbench.getService(Estates.class);
		EmbeddedServer made = new EmbeddedServer(InstanceScope.INSTANCE.getNode(Palettes.NODE).node(NODE), PlatformBackend.workspace(), estates::backend, Clock.systemUTC());
		workbench.addWorkbenchListener(new IWorkbenchListener() {
			@Override
			public boolean preShutdown(IWorkbench closing, boolean forced) {
				return true;
			}

			@Override
			public void postShutdown(IWorkbench closing) {
				made.close();
			}
		});
		return made;
	}
}
