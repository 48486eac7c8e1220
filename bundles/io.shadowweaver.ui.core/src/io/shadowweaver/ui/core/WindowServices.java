// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;

import org.eclipse.core.runtime.preferences.IEclipsePreferences;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.INullSelectionListener;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchListener;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.services.AbstractServiceFactory;
import org.eclipse.ui.services.IServiceLocator;
import org.osgi.service.prefs.BackingStoreException;
import org.osgi.service.prefs.Preferences;

import io.shadowweaver.api.plugin.PluginException;

/**
 * Makes what windows share, once for the workbench and at the first use, and ends it with the workbench. Named in the
 * extension point {@code org.eclipse.ui.services}; called on the UI thread.
 */
public final class WindowServices extends AbstractServiceFactory {
	private static final IEclipsePreferences PREFERENCES = InstanceScope.INSTANCE.getNode(Palettes.NODE);
	private static final String ACTIVE = "estate";
	private static final String SERVERS = "servers";
	private static final String SCENARIOS = "scenarios";
	private static final String FILTERS = "filters";
	private Shared shared;

	private record Shared(Estates estates, Servers servers, EstateFeed feed, Selection selection, TimeCursor cursor, Scenarios scenarios, Palettes palettes, LogBook log, SearchFilter filter, Snapshots snapshots) {
	}

	@Override
	public Object create(@SuppressWarnings("rawtypes") Class type, IServiceLocator parent, IServiceLocator locator) {
		if (shared == null) {
			shared = make(PlatformUI.getWorkbench());
		}
		return type == Estates.class ? shared.estates
				: type == EstateFeed.class ? shared.feed
						: type == Snapshots.class ? shared.snapshots
						: type == Servers.class ? shared.servers
						: type == Selection.class ? shared.selection
								: type == TimeCursor.class ? shared.cursor
										: type == Scenarios.class ? shared.scenarios
										: type == SearchFilter.class ? shared.filter
										: type == Palettes.class ? shared.palettes : type == LogBook.class ? shared.log : null;
	}

	private static void remember(String estate) {
		PREFERENCES.put(ACTIVE, estate);
		flush("The active estate");
	}

	private static void flush(String what) {
		try {
			PREFERENCES.flush();
		} catch (BackingStoreException e) {
			System.getLogger(WindowServices.class.getName()).log(System.Logger.Level.WARNING, what + " could not be remembered.", e);
		}
	}

	private static Backend open(Servers servers, Snapshots snapshots) throws PluginException {
		Backend engine = PlatformBackend.open();
		servers.openKept();
		return new AttachedBackend(engine, servers, snapshots);
	}

	private static Map<String, String> filters() {
		Map<String, String> filters = new TreeMap<>();
		try {
			Preferences node = PREFERENCES.node(FILTERS);
			for (String name : node.keys()) {
				filters.put(name, node.get(name, ""));
			}
		} catch (BackingStoreException e) {
			System.getLogger(WindowServices.class.getName()).log(System.Logger.Level.WARNING, "The kept filters could not be read.", e);
		}
		return filters;
	}

	private static void remember(Map<String, String> filters) {
		try {
			Preferences node = PREFERENCES.node(FILTERS);
			node.clear();
			filters.forEach(node::put);
		} catch (BackingStoreException e) {
			System.getLogger(WindowServices.class.getName()).log(System.Logger.Level.WARNING, "The filters could not be kept.", e);
		}
		flush("Filters");
	}

	private static Shared make(IWorkbench workbench) {
		Display display = workbench.getDisplay();
		LogBook log = new LogBook();
		Selection selection = new Selection();
		TimeCursor cursor = new TimeCursor();
		Servers servers = new Servers(PREFERENCES.node(SERVERS), new ServerKeys(), Clock.systemUTC());
		Snapshots snapshots = new Snapshots();
		Estates estates = new Estates(display, () -> open(servers, snapshots), PREFERENCES.get(ACTIVE, ""), WindowServices::remember);
		Scenarios scenarios = new Scenarios(display, estates, new ScenarioStore(PlatformBackend.workspace().map(folder -> folder.resolve(SCENARIOS))));
		SearchFilter filter = new SearchFilter(filters(), WindowServices::remember);
		EstateFeed feed = new EstateFeed(display, estates, selection, cursor, scenarios, filter);
		Palettes palettes = new Palettes(workbench);
		workbench.addWorkbenchListener(new IWorkbenchListener() {
			@Override
			public boolean preShutdown(IWorkbench closing, boolean forced) {
				return true;
			}

			@Override
			public void postShutdown(IWorkbench closing) {
				feed.close();
				scenarios.close();
				servers.close();
				estates.close();
				log.close();
			}
		});
		INullSelectionListener foreign = (part, chosen) -> {
			var items = SelectionBridge.items(chosen);
			if (!items.isEmpty()) {
				selection.select(items);
			}
		};
		for (IWorkbenchWindow window : workbench.getWorkbenchWindows()) {
			window.getSelectionService().addSelectionListener(foreign);
		}
		return new Shared(estates, servers, feed, selection, cursor, scenarios, palettes, log, filter, snapshots);
	}
}
