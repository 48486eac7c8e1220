// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.wizard;

import java.util.List;

import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.jface.dialogs.Dialog;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.layout.TableColumnLayout;
import org.eclipse.jface.viewers.ColumnWeightData;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.ui.core.Estates;
import io.shadowweaver.ui.core.Servers;

/** The servers that the workbench is attached to, how the connections are, and leaving one. */
public final class ServersDialog extends Dialog {
	private static final int DETACH = IDialogConstants.CLIENT_ID + 1;
	private static final int WIDTH = 720;
	private static final int HEIGHT = 220;

	private final Servers servers;
	private Table table;
	private Button detach;
	private List<Servers.Attached> shown = List.of();

	/**
	 * @param servers those that are attached
	 */
	public ServersDialog(Shell parent, Servers servers) {
		super(parent);
		this.servers = servers;
		setShellStyle(getShellStyle() | SWT.RESIZE);
	}

	@Override
	protected void configureShell(Shell shell) {
		super.configureShell(shell);
		shell.setText("Attached servers");
	}

	@Override
	protected Control createDialogArea(Composite parent) {
		Composite area = (Composite) super.createDialogArea(parent);
		area.setLayout(new GridLayout());
		new Label(area, SWT.WRAP).setText("Estates of these servers stand beside those of this workbench. They go on there when it is closed or detached.");
		Composite holder = new Composite(area, SWT.NONE);
		GridData data = new GridData(SWT.FILL, SWT.FILL, true, true);
		data.widthHint = WIDTH;
		data.heightHint = HEIGHT;
		holder.setLayoutData(data);
		TableColumnLayout columns = new TableColumnLayout();
		holder.setLayout(columns);
		table = new Table(holder, SWT.BORDER | SWT.FULL_SELECTION | SWT.SINGLE);
		table.setHeaderVisible(true);
		column(columns, "Server", 30);
		column(columns, "Connection", 70);
		table.addListener(SWT.Selection, event -> enable());
		Display display = table.getDisplay();
		Runnable end = servers.listen(() -> {
			if (!display.isDisposed()) {
				display.asyncExec(this::refresh);
			}
		});
		table.addDisposeListener(event -> end.run());
		refresh();
		return area;
	}

	private void column(TableColumnLayout columns, String name, int weight) {
		TableColumn column = new TableColumn(table, SWT.NONE);
		column.setText(name);
		columns.setColumnData(column, new ColumnWeightData(weight));
	}

	private void refresh() {
		if (table.isDisposed()) {
			return;
		}
		int selected = table.getSelectionIndex();
		shown = servers.list();
		table.removeAll();
		for (Servers.Attached one : shown) {
			new TableItem(table, SWT.NONE).setText(new String[] { one.address().uri().toString(), one.link().sentence() });
		}
		table.setSelection(Math.min(selected, shown.size() - 1));
		enable();
	}

	private void enable() {
		if (detach != null) {
			detach.setEnabled(table.getSelectionIndex() >= 0);
		}
	}

	@Override
	protected void createButtonsForButtonBar(Composite parent) {
		detach = createButton(parent, DETACH, "&Detach", false);
		createButton(parent, IDialogConstants.OK_ID, IDialogConstants.CLOSE_LABEL, true);
		enable();
	}

	@Override
	protected void buttonPressed(int button) {
		if (button == DETACH) {
			Servers.Attached left = shown.get(table.getSelectionIndex());
			Estates.later("Detach from " + left.address().name(), () -> detach(left));
		} else {
			super.buttonPressed(button);
		}
	}

	private IStatus detach(Servers.Attached left) {
		try {
			servers.detach(left.id());
			return Status.OK_STATUS;
		} catch (PluginException e) {
			return Status.error(left.address().name() + " could not be left: " + e.getMessage(), e);
		}
	}
}
