// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.preferences;

import java.util.List;
import java.util.Optional;

import org.eclipse.core.runtime.Status;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.preference.PreferencePage;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.window.Window;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPreferencePage;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.engine.Connection;
import io.shadowweaver.platform.ArchiveStores;
import io.shadowweaver.platform.ContributionInfo;
import io.shadowweaver.platform.Points;
import io.shadowweaver.ui.core.Backend;
import io.shadowweaver.ui.core.Estates;
import io.shadowweaver.ui.wizard.StoreWizard;

/** The stores that archives can go to: set up, listed, changed, forgotten. Each holds at once, whatever is done with the page. Files are used in Jobs. */
public final class ArchivesPage extends PreferencePage implements IWorkbenchPreferencePage {
	private static final String[] HEADS = { "Name", "Kind", "Where" };
	private static final int[] WIDTHS = { 150, 140, 280 };
	private static final int ROWS = 8;

	private IWorkbench workbench;
	private Estates estates;
	private Table table;
	private Label why;
	private Button make;
	private Button edit;
	private Button remove;

	/** What is done with the stores; it blocks. */
	@FunctionalInterface
	private interface Work {
		void run(ArchiveStores stores) throws PluginException;
	}

	@Override
	public void init(IWorkbench of) {
		workbench = of;
		estates = of.getService(Estates.class);
		noDefaultAndApplyButton();
		setDescription("Where archives of estates go. 'weave archive --data WORKSPACE ESTATE --to NAME' knows them by their names.");
	}

	@Override
	protected Control createContents(Composite parent) {
		Composite all = new Composite(parent, SWT.NONE);
		all.setLayout(new GridLayout());
		table = new Table(all, SWT.BORDER | SWT.FULL_SELECTION);
		table.setHeaderVisible(true);
		GridData wide = new GridData(SWT.FILL, SWT.FILL, true, true);
		wide.heightHint = ROWS * table.getItemHeight();
		table.setLayoutData(wide);
		for (int i = 0; i < HEADS.length; i++) {
			TableColumn column = new TableColumn(table, SWT.LEFT);
			column.setText(HEADS[i]);
			column.setWidth(WIDTHS[i]);
		}
		table.addListener(SWT.Selection, event -> enable());
		table.addListener(SWT.DefaultSelection, event -> edit());
		why = new Label(all, SWT.WRAP);
		GridData lines = new GridData(SWT.FILL, SWT.CENTER, true, false);
		lines.widthHint = 400;
		why.setLayoutData(lines);
		Composite buttons = new Composite(all, SWT.NONE);
		buttons.setLayout(new RowLayout());
		make = button(buttons, "New…", "Sets up a store, with a test of it", () -> open(Optional.empty()));
		edit = button(buttons, "Edit…", "Changes the selected store, with a test of it", this::edit);
		remove = button(buttons, "Remove", "Forgets the selected store and its secrets; what lies in it stays there", this::remove);
		enable();
		read();
		return all;
	}

	private static Button button(Composite parent, String text, String tip, Runnable pressed) {
		Button button = new Button(parent, SWT.PUSH);
		button.setText(text);
		button.setToolTipText(tip);
		button.addListener(SWT.Selection, event -> pressed.run());
		return button;
	}

	private Optional<ArchiveStores> stores() {
		return estates.backend().flatMap(Backend::archiveStores);
	}

	private void enable() {
		boolean one = table.getSelectionCount() > 0;
		make.setEnabled(stores().isPresent());
		edit.setEnabled(one);
		remove.setEnabled(one);
	}

	private Optional<Connection> selected() {
		return table.getSelectionCount() == 0 ? Optional.empty() : Optional.of((Connection) table.getSelection()[0].getData());
	}

	private void edit() {
		selected().ifPresent(store -> open(Optional.of(store)));
	}

	private void open(Optional<Connection> store) {
		StoreWizard wizard = new StoreWizard();
		wizard.init(workbench, StructuredSelection.EMPTY);
		store.ifPresent(wizard::change);
		if (new WizardDialog(getShell(), wizard).open() == Window.OK) {
			read();
		}
	}

	private void read() {
		work("Reading the stores for archives", stores -> {
			// they are read after each work
		});
	}

	private void remove() {
		Connection store = selected().orElseThrow();
		if (MessageDialog.openConfirm(getShell(), "Remove store", "The store '" + store.name() + "' is forgotten, with its secrets. The archives in it stay where they are.")) {
			work("Removing the store " + store.name(), stores -> stores.remove(store.id()));
		}
	}

	/** Works in a Job, then shows which stores there are, or why there are none. */
	private void work(String what, Work work) {
		Optional<String> excuse = StoreWizard.excuse(estates);
		if (excuse.isPresent()) {
			show(List.of(), excuse);
			return;
		}
		ArchiveStores stores = stores().orElseThrow();
		Display display = table.getDisplay();
		why.setText("");
		Estates.later(what, () -> {
			List<Connection> found = List.of();
			Optional<String> problem = Optional.empty();
			try {
				work.run(stores);
				found = stores.list();
			} catch (PluginException e) {
				problem = Optional.of(e.getMessage());
			}
			List<Connection> all = found;
			Optional<String> said = problem.or(() -> all.isEmpty() ? Optional.of("No store has been set up yet: New… does it. Without one, 'weave archive' takes a directory or the settings of a store on its command line.") : Optional.empty());
			if (!display.isDisposed()) {
				display.asyncExec(() -> show(all, said));
			}
			return Status.OK_STATUS;
		});
	}

	private void show(List<Connection> stores, Optional<String> said) {
		if (table.isDisposed()) {
			return;
		}
		table.removeAll();
		for (Connection store : stores) {
			TableItem item = new TableItem(table, SWT.NONE);
			item.setData(store);
			item.setText(new String[] { store.name(), kind(store), StoreText.where(store) });
		}
		why.setText(said.orElse(""));
		why.getParent().layout();
		enable();
	}

	private String kind(Connection store) {
		return estates.backend().map(Backend::contributions).orElse(List.of()).stream().filter(one -> one.point().equals(Points.STORES) && one.id().equals(store.type())).findFirst()
				.map(ContributionInfo::name).orElse(store.type() + " (not installed)");
	}
}
