// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.wizard;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Optional;

import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.wizard.IWizardPage;
import org.eclipse.jface.wizard.Wizard;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.INewWizard;
import org.eclipse.ui.IWorkbench;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.platform.ContributionInfo;
import io.shadowweaver.platform.Points;
import io.shadowweaver.ui.core.Backend;
import io.shadowweaver.ui.core.ConnectionDraft;
import io.shadowweaver.ui.core.Estates;

/** Makes a connection to a metric source or a provider, or changes one: kind, settings, groups. Nothing is made before it is finished. */
public final class ConnectionWizard extends Wizard implements INewWizard {
	private Estates estates;
	private Optional<Backend> backend = Optional.empty();
	private Optional<ConnectionDraft> changed = Optional.empty();
	private ChoosePage choose;
	private SettingsPage settings;
	private GroupsPage groups;

	@Override
	public void init(IWorkbench workbench, IStructuredSelection selection) {
		estates = workbench.getService(Estates.class);
		backend = estates.backend();
		setWindowTitle("New connection");
		setNeedsProgressMonitor(true);
	}

	/** Makes it a wizard that changes a connection; before it is opened. */
	public void change(ConnectionDraft connection) {
		changed = Optional.of(connection);
		setWindowTitle("Edit connection");
	}

	@Override
	public void createPageControls(Composite parent) {
		super.createPageControls(parent);
		changed.ifPresent(draft -> info(draft).ifPresent(info -> settings.show(info, draft)));
	}

	private Optional<ContributionInfo> info(ConnectionDraft draft) {
		return choices().stream().filter(one -> one.point().equals(draft.point()) && one.id().equals(draft.type())).findFirst();
	}

	private List<ContributionInfo> choices() {
		return backend.orElseThrow().contributions().stream().filter(one -> one.point().equals(Points.SOURCES) || one.point().equals(Points.PROVIDERS)).toList();
	}

	@Override
	public void addPages() {
		if (backend.isEmpty()) {
			addPage(new ExcusePage("No connection can be made now", estates.why()));
			return;
		}
		if (changed.isPresent() && info(changed.get()).isEmpty()) {
			addPage(new ExcusePage("No connection can be made now", "The plug-in '" + changed.get().type() + "' is not installed: Help > Install New Software."));
			return;
		}
		choose = new ChoosePage("What is connected?",
				"Metric sources and providers are plug-ins: Help > Install New Software adds more, the Plug-ins view says how each is doing.", choices(),
				one -> one.point().equals(Points.PROVIDERS) ? "provider" : "metric source");
		groups = new GroupsPage(backend.get());
		settings = new SettingsPage(backend.get(), groups);
		groups.settings(settings::settings);
		if (changed.isEmpty()) {
			addPage(choose);
		}
		addPage(settings);
		addPage(groups);
	}

	@Override
	public IWizardPage getNextPage(IWizardPage page) {
		if (page == choose) {
			choose.chosen().ifPresent(source -> {
				settings.show(source);
				if (GroupsPage.isFor(source)) {
					groups.show(source);
				}
			});
			return settings;
		}
		return page == settings && changed.isEmpty() && choose.chosen().filter(GroupsPage::isFor).isPresent() ? groups : null;
	}

	@Override
	public boolean canFinish() {
		return settings != null && (changed.isPresent() || choose.isPageComplete()) && settings.isPageComplete();
	}

	@Override
	public boolean performFinish() {
		ConnectionDraft draft = settings.draft();
		String[] made = new String[1];
		try {
			getContainer().run(true, false, monitor -> {
				monitor.beginTask("Connecting " + draft.name(), -1);
				try {
					made[0] = backend.orElseThrow().connect(draft);
				} catch (PluginException e) {
					throw new InvocationTargetException(e);
				}
			});
			estates.activate(made[0]);
			return true;
		} catch (InvocationTargetException e) {
			((WizardPage) getContainer().getCurrentPage()).setErrorMessage(e.getCause().getMessage());
			return false;
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/** The page on which the kind is chosen, for tests. */
	ChoosePage choosePage() {
		return choose;
	}

	/** The page with the settings, for tests. */
	SettingsPage settingsPage() {
		return settings;
	}
}
