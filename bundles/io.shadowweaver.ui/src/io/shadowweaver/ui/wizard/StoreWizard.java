// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.wizard;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.wizard.IWizardPage;
import org.eclipse.jface.wizard.Wizard;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.INewWizard;
import org.eclipse.ui.IWorkbench;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.engine.Connection;
import io.shadowweaver.platform.ArchiveStores;
import io.shadowweaver.platform.ContributionInfo;
import io.shadowweaver.platform.Points;
import io.shadowweaver.ui.core.Backend;
import io.shadowweaver.ui.core.Estates;

/** Sets up a store that archives can go to, or changes one: kind, settings. Nothing is kept before it is finished. */
public final class StoreWizard extends Wizard implements INewWizard {
	private static final String TITLE = "No store can be set up now";

	private Estates estates;
	private Optional<ArchiveStores> stores = Optional.empty();
	private List<ContributionInfo> kinds = List.of();
	private Optional<Connection> changed = Optional.empty();
	private ChoosePage choose;
	private StorePage settings;

	@Override
	public void init(IWorkbench workbench, IStructuredSelection selection) {
		estates = workbench.getService(Estates.class);
		stores = estates.backend().flatMap(Backend::archiveStores);
		kinds = estates.backend().map(Backend::contributions).orElse(List.of()).stream().filter(one -> one.point().equals(Points.STORES)).toList();
		setWindowTitle("New store for archives");
		setNeedsProgressMonitor(true);
	}

	/** Makes it a wizard that changes a store; after {@link #init} and before it is opened. */
	public void change(Connection store) {
		changed = Optional.of(store);
		setWindowTitle("Edit store for archives");
	}

	/**
	 * Why there are no stores to set up or show.
	 *
	 * @return empty where they can be
	 */
	public static Optional<String> excuse(Estates estates) {
		if (estates.backend().isEmpty()) {
			return Optional.of(estates.why());
		}
		return estates.backend().flatMap(Backend::archiveStores).isPresent() ? Optional.empty()
				: Optional.of("The estates that are shown are those of another process, which has stores of its own: set them up there.");
	}

	private Optional<ContributionInfo> kind(Connection store) {
		return kinds.stream().filter(one -> one.id().equals(store.type())).findFirst();
	}

	@Override
	public void addPages() {
		Optional<String> excuse = excuse(estates).or(() -> changed.filter(store -> kind(store).isEmpty())
				.map(store -> "The plug-in '" + store.type() + "' is not installed: Help > Install New Software."));
		if (excuse.isPresent()) {
			addPage(new ExcusePage(TITLE, excuse.get()));
			return;
		}
		choose = new ChoosePage("Where do archives go?", "Stores are plug-ins: Help > Install New Software adds those of clouds, the Plug-ins view says how each is doing.", kinds, one -> "store");
		settings = new StorePage(stores.orElseThrow());
		if (changed.isEmpty()) {
			addPage(choose);
		}
		addPage(settings);
	}

	@Override
	public void createPageControls(Composite parent) {
		super.createPageControls(parent);
		if (settings != null) {
			changed.ifPresent(store -> settings.show(kind(store).orElseThrow(), store));
		}
	}

	@Override
	public IWizardPage getNextPage(IWizardPage page) {
		if (page != choose || page == null) {
			return null;
		}
		choose.chosen().ifPresent(settings::show);
		return settings;
	}

	@Override
	public boolean canFinish() {
		return settings != null && (changed.isPresent() || choose.isPageComplete()) && settings.isPageComplete();
	}

	@Override
	public boolean performFinish() {
		String id = settings.id();
		String type = settings.type();
		String name = settings.storeName();
		Map<String, String> values = settings.settings();
		try {
			getContainer().run(true, false, monitor -> {
				monitor.beginTask("Keeping " + name, -1);
				try {
					stores.orElseThrow().save(id, type, name, values);
				} catch (PluginException e) {
					throw new InvocationTargetException(e);
				}
			});
			return true;
		} catch (InvocationTargetException e) {
			((WizardPage) getContainer().getCurrentPage()).setErrorMessage(e.getCause().getMessage());
			return false;
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			return false;
		}
	}
}
